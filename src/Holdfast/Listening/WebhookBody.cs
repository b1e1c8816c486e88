using System.Globalization;
using System.Text.Json;
using Holdfast.Core;
using Holdfast.Core.Listening;

namespace Holdfast.Listening;

/// <summary>One element of a delivery: a post, or why it is none.</summary>
internal sealed record WebhookItem(string? NetworkId, IntakeItem? Item, UnreadableItem? Unreadable, IReadOnlyList<Refusal> Refusals);

/// <summary>The elements in their order.</summary>
internal sealed record WebhookDelivery(IReadOnlyList<WebhookItem> Items);

/// <summary>Reads a delivery: one post, an array of posts, or <c>{"posts":[…]}</c>. Each post stands or falls alone.</summary>
internal sealed class WebhookBody(string network, string delivery, Func<PostId> newId, DateTimeOffset now)
{
    private const int MaxDepth = 32;
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    public Result<WebhookDelivery> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = MaxDepth });
            var root = document.RootElement;
            var posts = root switch
            {
                { ValueKind: JsonValueKind.Array } => root.EnumerateArray().ToList(),
                { ValueKind: JsonValueKind.Object } when root.TryFind("posts", out var list) =>
                    list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : null,
                { ValueKind: JsonValueKind.Object } => [root],
                _ => null,
            };
            return posts switch
            {
                null => IntakeRefusals.NotPosts,
                { Count: 0 } => IntakeRefusals.NoPosts,
                { Count: > IntakeSubmission.MaxItems } => IntakeRefusals.TooManyPosts(posts.Count),
                _ => new WebhookDelivery([.. posts.Select(Read)]),
            };
        }
        catch (JsonException e)
        {
            return IntakeRefusals.NotJson(e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
        }
    }

    private WebhookItem Read(JsonElement element, int index)
    {
        var raw = System.Text.Encoding.UTF8.GetBytes(element.GetRawText());
        var refusals = new List<Refusal>();
        var post = element.ValueKind == JsonValueKind.Object ? ToPost(new(element, refusals)) : null;
        if (post is null && refusals.Count == 0)
        {
            refusals.Add(IntakeRefusals.NotAPost);
        }

        if (post is not null && refusals.Count == 0)
        {
            refusals.AddRange(PostRules.Check(post).Refusals);
        }

        return refusals.Count == 0
            ? new(post!.NetworkId, new(post, raw, delivery, index + 1), null, [])
            : new(post?.NetworkId, null, new(raw, delivery, index + 1, string.Join(" ", refusals.Select(r => r.Message))), refusals);
    }

    private Post ToPost(WebhookFields fields)
    {
        var author = fields.Object("author");
        var authorId = author?.Text("id") ?? author?.Text("handle") ?? fields.Text("author") ?? "";
        var at = fields.Time("at");
        if (at > now + Future)
        {
            fields.Refuse("at", "The time is in the future.");
        }

        return new()
        {
            Id = newId(),
            Network = fields.Text("network") ?? network,
            NetworkId = fields.Text("id") ?? "",
            Author = new(
                authorId,
                (author?.Text("handle") ?? authorId).TrimStart('@'),
                author?.Text("name"),
                author?.Number("followers"),
                author?.Flag("verified") ?? false,
                author?.Voice("voice") ?? Voice.Public),
            Text = fields.Text("text") ?? "",
            At = at ?? PostRules.Earliest,
            Language = fields.Text("language"),
            Url = fields.Text("url"),
            ReplyTo = fields.Text("reply_to"),
            RepostOf = fields.Text("repost_of"),
            QuoteOf = fields.Text("quote_of"),
        };
    }
}

/// <summary>The properties of one object, with what is wrong with them.</summary>
internal sealed class WebhookFields(JsonElement element, List<Refusal> refusals, string prefix = "")
{
    public WebhookFields? Object(string name) =>
        element.TryFind(name, out var value) && value.ValueKind == JsonValueKind.Object ? new(value, refusals, $"{prefix}{name}.") : null;

    public string? Text(string name)
    {
        if (!element.TryFind(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                // Ids are often numbers.
                JsonValueKind.Number => value.GetRawText(),
                _ => Wrong<string>(name, "a text"),
            };
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, which is no text.
            return Wrong<string>(name, "well formed");
        }
    }

    public long? Number(string name)
    {
        if (!element.TryFind(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : WrongNumber(name);
    }

    public bool? Flag(string name)
    {
        if (!element.TryFind(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(name, "It is true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>ISO 8601 with its zone; a time without one is refused rather than guessed.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            Refuse(name, "The time is missing.");
            return null;
        }

        var zoned = text.EndsWith('Z') || (text.Length > 6 && text.LastIndexOfAny(['+', '-']) >= text.Length - 6);
        if (zoned && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at.ToUniversalTime();
        }

        Refuse(name, "The time is not ISO 8601 with its zone, such as 2026-03-02T14:02:00Z.");
        return null;
    }

    public Voice Voice(string name)
    {
        if (Text(name) is not { } text)
        {
            return Core.Listening.Voice.Public;
        }

        if (Enum.TryParse<Voice>(text, ignoreCase: true, out var voice) && Enum.IsDefined(voice) && !char.IsAsciiDigit(text[0]))
        {
            return voice;
        }

        Refuse(name, "The voice is one of public, press, official, staff.");
        return Core.Listening.Voice.Public;
    }

    public void Refuse(string name, string message) => refusals.Add(new("post.unreadable", message, prefix + name));

    private T? Wrong<T>(string name, string what)
        where T : class
    {
        Refuse(name, $"The {prefix}{name} is not {what}.");
        return null;
    }

    private long? WrongNumber(string name)
    {
        Refuse(name, $"The {prefix}{name} is not a whole number.");
        return null;
    }
}
