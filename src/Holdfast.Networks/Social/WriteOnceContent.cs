using System.Net;

namespace Holdfast.Networks.Social;

/// <summary>
/// The body of a request that must not go out twice. .NET's connection pool sends a request again by itself on another connection when
/// the first was closed without an answer; for a body that can be written only once it cannot, and the caller is told instead.
/// </summary>
internal sealed class WriteOnceContent : HttpContent
{
    private readonly HttpContent? _inner;
    private bool _written;

    public WriteOnceContent(HttpContent? inner)
    {
        _inner = inner;
        foreach (var (name, values) in inner?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_written)
        {
            throw new IOException("The connection was lost, and what was being sent is not sent again without asking.");
        }

        _written = true;
        return _inner?.CopyToAsync(stream, context, cancellationToken) ?? Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner is null ? 0 : _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
