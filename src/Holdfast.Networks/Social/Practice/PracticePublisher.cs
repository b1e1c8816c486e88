using System.Net.Http.Headers;
using System.Text.Json;
using Holdfast.Core.Publishing;

namespace Holdfast.Networks.Social.Practice;

/// <summary>
/// The built-in network for the demo and for trying things out: real HTTP to a <see cref="PracticeServer"/>. It takes a key once and
/// can be asked.
/// </summary>
public sealed class PracticePublisher(NetworkHttp http) : IPublisher
{
    public const string Name = "practice";

    private const int MaxText = 500;

    public string Network => Name;

    public Task<Outcome<SignedIn>> SignInAsync(SignIn signIn, CancellationToken cancel) =>
        Task.FromResult<Outcome<SignedIn>>(new SignedIn(signIn.Name, signIn.Name, signIn.Name, signIn.Password));

    public Task<Outcome<NetworkLimits>> LimitsAsync(AccountAccess account, CancellationToken cancel) =>
        Task.FromResult<Outcome<NetworkLimits>>(new NetworkLimits(new TextRule(TextCount.Graphemes, MaxText), 4, 8_000_000, 1_500, ["image/jpeg", "image/png"]));

    public async Task<SendOutcome> SendAsync(AccountAccess account, OutgoingPost post, IDeparture departure, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, account, "/posts");
        var body = JsonSerializer.SerializeToUtf8Bytes(new PracticePost(post.Key, account.NetworkId, post.Text, post.ReplyTo?.Id), JsonSerializerOptions.Web);
        request.Content = new ByteArrayContent(body);
        return await WriteAsync(request, departure, answer => answer.IsSuccess ? Reference(answer, account) : null, cancel);
    }

    public Task<FindOutcome> FindAsync(AccountAccess account, OutgoingPost post, CancellationToken cancel) => FindAsync(account, post.Key, cancel);

    public async Task<SendOutcome> DeleteAsync(AccountAccess account, PostReference post, IDeparture departure, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Delete, account, $"/posts/{post.Id}");
        return await WriteAsync(request, departure, answer => answer.IsSuccess || answer.Status == System.Net.HttpStatusCode.NotFound ? post : null, cancel);
    }

    public Task<FindOutcome> LookAsync(AccountAccess account, PostReference post, CancellationToken cancel) => FindAsync(account, post.Id, cancel);

    /// <param name="done">What stands there, or stood, when this answer says that it was done; else null.</param>
    private async Task<SendOutcome> WriteAsync(HttpRequestMessage request, IDeparture departure, Func<Answer, PostReference?> done, CancellationToken cancel) =>
        await http.WriteAsync(request, departure, cancel) switch
        {
            Exchange.Stopped => new SendOutcome.Stopped(),
            Exchange.NotSent not => new SendOutcome.Rejected(not.Failure),
            Exchange.Lost lost => new SendOutcome.Unknown(lost.Failure.Detail),
            Exchange.Answered { Answer: var answer } when done(answer) is { } there => new SendOutcome.Sent(there),
            Exchange.Answered { Answer: var answer } when answer.MayHaveBeenDone() => new SendOutcome.Unknown(answer.Failure(null, http.Now).Detail),
            Exchange.Answered { Answer: var answer } => new SendOutcome.Rejected(answer.Failure(null, http.Now)),
            var other => new SendOutcome.Unknown(other.ToString()),
        };

    private async Task<FindOutcome> FindAsync(AccountAccess account, string key, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, account, $"/posts/{key}");
        return await http.ReadAsync(request, cancel) switch
        {
            Exchange.Answered { Answer: { IsSuccess: true } answer } => new FindOutcome.Found(Reference(answer, account)),
            Exchange.Answered { Answer.Status: System.Net.HttpStatusCode.NotFound } => new FindOutcome.NotThere(),
            Exchange.Answered { Answer: var answer } => new FindOutcome.CannotTell(answer.Failure(null, http.Now).Detail),
            Exchange.NotSent not => new FindOutcome.CannotTell(not.Failure.Detail),
            var other => new FindOutcome.CannotTell(other.ToString()),
        };
    }

    private static HttpRequestMessage Request(HttpMethod method, AccountAccess account, string path) =>
        new(method, new Uri(account.Server, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", account.Secret) } };

    private static PostReference Reference(Answer answer, AccountAccess account)
    {
        var id = JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString()!;
        return new PostReference(id, Url: new Uri(account.Server, $"/posts/{id}").ToString());
    }
}
