using System.Globalization;
using Holdfast.Core;
using Holdfast.Core.Publishing;
using Holdfast.Networks.Social;

namespace Holdfast.Publishing;

/// <summary>Why an account is not connected and a post not taken, beside what Core refuses.</summary>
internal static class PublishingRefusals
{
    public static readonly Refusal NoBrand = new("account.brand", "Choose the brand that the account speaks for.", "brand");
    public static readonly Refusal NoNetwork = new("account.network", "Choose the network.", "network");
    public static readonly Refusal NoServer = new("account.server", "Write the server's address, beginning with https://.", "server");
    public static readonly Refusal NoName = new("account.name", "Write the handle, as in aurelka.example.", "name");
    public static readonly Refusal NoPassword = new("account.password", "Paste the app password or the access token.", "password");

    public static readonly Refusal NoAccount = new("post.no-account", "Choose at least one account.", "account");
    public static readonly Refusal NoText = new("post.no-text", "Write something, or add a picture.", "text");
    public static readonly Refusal MuchTooLong = new("post.much-too-long", "This is longer than any network takes.", "text");
    public static readonly Refusal Visibility = new("post.visibility", "Choose who sees it.", "visibility");
    public static readonly Refusal NoPicture = new("post.no-picture", "A picture of this post is no longer here. Add it again.", "media");
    public static readonly Refusal PictureBroken = new("post.picture-broken", "This picture cannot be read to its end. Save it anew with another program, and add that.", "media");

    public static readonly Refusal NotAPicture = new("post.not-a-picture", "Only JPEG, PNG, GIF and WebP pictures can be added.", "media");
    public static readonly Refusal PictureTooBig = new("post.picture-too-big", "A picture may have ten megabytes at most.", "media");
    public static readonly Refusal SaysTheSame = new("post.same", "This account says nearly the same near that day. If it is meant, say so below.", "same");
    public static readonly Refusal OwnWords = new("approval.own", "These are your own words: somebody else must approve them.");
    public static readonly Refusal OtherWords = new("approval.changed", "The words were changed since you read them. Read them again.");
    public static readonly Refusal NoReason = new("approval.reason", "Say in a few words what should be changed.", "reason");
    public static readonly Refusal NothingToMove = new("post.nothing-to-move", "This has left already and cannot be moved.");

    /// <summary>The network said no; its own words are in <paramref name="detail"/>.</summary>
    public static Refusal SignIn(string detail) => new("account.sign-in", $"The network did not let us in: {detail}");

    public static Refusal OtherAccount(string before, string now) =>
        new("account.other", $"This signs in as {now}, but the account here is {before}. Connect {now} as an account of its own.", "password");

    public static Refusal OfAnotherBrand(string handle) =>
        new("account.already", $"{handle} is already connected for another brand. Disconnect it there first.", "brand");

    public static Refusal AccountOut(string handle) => new("post.account-out", $"{handle} must be signed in again before anything can be scheduled there.", "account");

    public static Refusal TooLong(TextSize size, string network) => size.Over > 0
        ? new("post.too-long", string.Create(CultureInfo.InvariantCulture, $"Too long by {size.Over} characters, as {network} counts them."), "text")
        : new("post.too-many-bytes", string.Create(CultureInfo.InvariantCulture, $"Too long by {size.BytesOver} bytes, as {network} counts them."), "text");

    public static Refusal NoAlt(Guid picture) => new("post.no-alt", "Say what the picture shows, for those who do not see it.", $"alt.{picture}");

    public static Refusal AltTooLong(Guid picture, int most, string network) =>
        new("post.alt-too-long", string.Create(CultureInfo.InvariantCulture, $"{network} takes a description of {most} characters at most."), $"alt.{picture}");

    public static Refusal TooManyPictures(int most, string network) =>
        new("post.too-many-pictures", string.Create(CultureInfo.InvariantCulture, $"{network} takes {most} pictures at most."), "media");

    public static Refusal PictureRefused(MediaFacts facts, NetworkLimits limits, string network) => new(
        "post.picture-refused",
        string.Create(CultureInfo.InvariantCulture, $"{network} does not take this picture: it is {facts.Type} of {facts.Bytes / 1e6:0.0} MB; at most {limits.MaxMediaBytes / 1e6:0.0} MB."),
        $"alt.{facts.Id}");

    public static Refusal NoSuchTime(DateTime wanted, ClockChange? change) => new(
        "post.no-such-time",
        string.Create(CultureInfo.InvariantCulture, $"There is no {wanted:HH:mm} on this day: the clocks go forward from {change?.Begins:HH:mm} to {change?.Shows:HH:mm}."),
        "dueAt");

    public static Refusal TimeTwice(DateTime wanted) => new(
        "post.time-twice",
        string.Create(CultureInfo.InvariantCulture, $"On this day the clocks go back and it is {wanted:HH:mm} twice. Choose which."),
        "which");
}
