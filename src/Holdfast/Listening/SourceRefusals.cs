using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>Why a source cannot be made or changed.</summary>
internal static class SourceRefusals
{
    public static Refusal Name { get; } = new("source.name", "Write a name of 1 to 100 letters, such as “Listening tool”.", "name");

    public static Refusal NameTaken { get; } = new("source.name-taken", "There is already a source of this name.", "name");

    public static Refusal Network { get; } = new("source.network", "Write the network in small letters, such as mastodon or press.", "network");

    public static Refusal Expectation { get; } = new("source.expectation", "Expect something within 1 minute to 31 days, or leave it empty to have the norm learnt.", "expectedWithin");

    public static Refusal NotFound { get; } = new("source.not-found", "There is no such webhook, or it was retired.");

    public static Refusal NoKind { get; } = new("source.kind", "Choose what is to be listened to.", "kind");

    public static Refusal NoAccount { get; } = new("source.account", "Choose a connected account of that network.", "account");

    public static Refusal NoServer { get; } = new("source.server", "Write the server's address, such as https://mastodon.example.", "server");

    public static Refusal NoTag { get; } = new("source.tag", "Write one hashtag without spaces.", "tag");

    public static Refusal NoBrand { get; } = new("hand.brand", "Choose the brand it is about.", "brand");

    public static Refusal NoWay { get; } = new("hand.way", "Choose how it came: phone, press, counter or mail.", "network");

    public static Refusal NoTime { get; } = new("hand.at", "Write when it was said; not in the future.", "at");

    public static Refusal NoText { get; } = new("hand.text", "Write what was said.", "text");
}
