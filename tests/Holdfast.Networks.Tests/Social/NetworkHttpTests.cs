using System.Net;
using Holdfast.Networks.Social;
using Holdfast.Testing;

namespace Holdfast.Networks.Tests.Social;

public sealed class NetworkHttpTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly NetworkHttp _http = new(TimeProvider.System);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", true)]
    [InlineData("POST", false)]
    [InlineData("DELETE", false)]
    [InlineData("PUT", true)]
    public async Task A_writing_request_whose_connection_is_closed_goes_out_once_and_is_lost(string method, bool body)
    {
        await using var server = new RawServer(r => r.Line.StartsWith("GET", StringComparison.Ordinal) ? RawServer.Ok("{}") : null);
        await _http.ReadAsync(new(HttpMethod.Get, server.Address), Cancel);
        var gate = Departure.Free();
        using var request = new HttpRequestMessage(new(method), server.Address) { Content = body ? new StringContent("{}") : null };
        var lost = Assert.IsType<Exchange.Lost>(await _http.WriteAsync(request, gate, Cancel));
        Assert.Equal(NetworkFailure.ConnectionLost, lost.Failure.Kind);
        Assert.Single(server.Requests, r => r.Line.StartsWith(method, StringComparison.Ordinal));
        Assert.Equal(1, gate.Asked);
    }

    [Fact]
    public async Task Nothing_arrives_when_the_gate_says_no()
    {
        await using var server = new RawServer(_ => RawServer.Ok("{}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent("{}") };
        Assert.IsType<Exchange.Stopped>(await _http.WriteAsync(request, Departure.Shut(), Cancel));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nothing_arrives_when_the_gate_cannot_say()
    {
        await using var server = new RawServer(_ => RawServer.Ok("{}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent("{}") };
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _http.WriteAsync(request, new Departure(_ => throw new InvalidOperationException("no database")), Cancel));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_writing_request_cannot_be_passed_off_as_a_reading_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "http://127.0.0.1:9/");
        await Assert.ThrowsAsync<ArgumentException>(() => _http.ReadAsync(request, Cancel));
    }

    [Fact]
    public async Task What_could_not_connect_was_not_sent()
    {
        var server = new RawServer(_ => null);
        var address = server.Address;
        await server.DisposeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}") };
        var failure = Assert.IsType<Exchange.NotSent>(await _http.WriteAsync(request, Departure.Free(), Cancel)).Failure;
        Assert.Equal((NetworkFailure.Unreachable, true), (failure.Kind, failure.Retryable));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_on_and_may_have_it()
    {
        var time = new FakeTime(Noon);
        await using var server = new RawServer(_ =>
        {
            time.Advance(NetworkHttp.WholeLimit + TimeSpan.FromSeconds(1));
            return "";
        });
        using var http = new NetworkHttp(time);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent("{}") };
        var lost = Assert.IsType<Exchange.Lost>(await http.WriteAsync(request, Departure.Free(), Cancel));
        Assert.Equal(NetworkFailure.TimedOut, lost.Failure.Kind);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        await using var server = new RawServer(_ => RawServer.Says("302 Found", headers: "location: http://127.0.0.1:9/\r\n"));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address);
        var answer = Assert.IsType<Exchange.Answered>(await _http.WriteAsync(request, Departure.Free(), Cancel)).Answer;
        Assert.Equal(NetworkFailure.Refused, answer.Failure(null, Noon).Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var server = new RawServer(_ => RawServer.Ok(new string('x', NetworkHttp.MaxAnswer + 1)));
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        Assert.Equal(NetworkFailure.NotUnderstood, Assert.IsType<Exchange.NotSent>(await _http.ReadAsync(request, Cancel)).Failure.Kind);
    }

    [Fact]
    public async Task A_half_answer_to_a_writing_request_is_lost()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 200 OK\r\ncontent-length: 900\r\nconnection: close\r\n\r\n{");
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address);
        Assert.IsType<Exchange.Lost>(await _http.WriteAsync(request, Departure.Free(), Cancel));
    }

    [Theory]
    [InlineData("http://192.0.2.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task A_password_never_travels_in_the_clear(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var gate = Departure.Free();
        Assert.Equal(NetworkFailure.NotAllowed, Assert.IsType<Exchange.NotSent>(await _http.WriteAsync(request, gate, Cancel)).Failure.Kind);
        Assert.Equal(0, gate.Asked);
    }

    [Theory]
    [InlineData("retry-after: 90", 90)]
    [InlineData("retry-after: Mon, 02 Mar 2026 12:01:00 GMT", 60)]
    [InlineData("retry-after: Mon, 02 Mar 2026 11:01:00 GMT", 0)]
    [InlineData("retry-after: 99999999", 86_400)]
    [InlineData("ratelimit-reset: 1772452830", 30)]
    [InlineData("x-ratelimit-reset: 2026-03-02T12:05:00.000Z", 300)]
    [InlineData("x: y", null)]
    public async Task What_a_network_asks_us_to_wait_is_read(string header, int? seconds)
    {
        await using var server = new RawServer(_ => RawServer.Says("429 Too Many Requests", headers: header + "\r\n"));
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        var failure = Assert.IsType<Exchange.Answered>(await _http.ReadAsync(request, Cancel)).Answer.Failure(null, Noon);
        Assert.Equal((NetworkFailure.RateLimited, true, seconds), (failure.Kind, failure.Retryable, (int?)failure.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.TooManyRequests, false)]
    public void A_server_that_stumbled_may_have_done_it(HttpStatusCode status, bool maybe) =>
        Assert.Equal(maybe, new Answer(status, new HttpResponseMessage().Headers, null, default).MayHaveBeenDone());

    public void Dispose() => _http.Dispose();
}
