using System.Globalization;
using Holdfast.Core;

namespace Holdfast.Publishing;

/// <summary>Why a plan, or a row of it, is not taken.</summary>
internal static class PlanRefusals
{
    public static readonly Refusal NoFile = new("plan-file.none", "Choose a file.", "file");
    public static readonly Refusal TooLarge = new("plan-file.too-large", "A plan may have four megabytes at most. Split it.", "file");
    public static readonly Refusal TooManyRows = new("plan-file.too-many", "A plan may have ten thousand rows at most. Split it.", "file");
    public static readonly Refusal NoAccountSaid = new("plan-row.no-account", "The row does not say for which account.");
    public static readonly Refusal MediaNotTaken = new("plan-row.media", "Pictures are not taken from a file: add them to the post afterwards.");
    public static readonly Refusal TakenBefore = new("plan-file.again", "This very file was taken in before. If it is meant, say so below.", "again");
    public static readonly Refusal NothingGood = new("plan-file.nothing", "No row of this file can be taken.", "file");

    public static Refusal NoColumn(PlanColumn missing, IReadOnlyList<string> there) =>
        new("plan-file.no-column", $"No column says the {missing.ToString().ToLowerInvariant()}. The file has: {string.Join(", ", there.Take(20))}.", "file");

    public static Refusal Row(string fault) => new("plan-row.unreadable", $"The row cannot be read: {fault}.");

    public static Refusal NotATime(string text) => new("plan-row.time", $"“{Short(text)}” is not a day and a time.");

    public static Refusal NoSuchAccount(string name, IReadOnlyList<AccountRow> there) =>
        new("plan-row.account", $"There is no account “{Short(name)}”. There are: {string.Join(", ", there.Select(account => account.Handle).Take(10))}.");

    public static Refusal SeveralAccounts(string name) => new("plan-row.accounts", $"“{Short(name)}” is more than one account. Write its handle.");

    public static Refusal SameAs(long line) => new("plan-row.same", string.Create(CultureInfo.InvariantCulture, $"The same words as in row {line}."));

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
