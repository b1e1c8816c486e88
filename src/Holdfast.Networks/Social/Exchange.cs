using System.Net;
using System.Net.Http.Headers;

namespace Holdfast.Networks.Social;

/// <summary>What became of one request to a network.</summary>
internal abstract record Exchange
{
    private Exchange()
    {
    }

    /// <summary>It answered, whatever it said; a redirect is an answer too and never followed.</summary>
    public sealed record Answered(Answer Answer) : Exchange;

    /// <summary>No byte reached the other side.</summary>
    public sealed record NotSent(Failure Failure) : Exchange;

    /// <summary>It may have arrived and been acted on; nobody said so.</summary>
    public sealed record Lost(Failure Failure) : Exchange;

    /// <summary>The gate said no: nothing left.</summary>
    public sealed record Stopped : Exchange;
}

/// <summary>A whole answer, within the size limit that was asked for.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string? ContentType, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
