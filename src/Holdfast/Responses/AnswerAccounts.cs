using Holdfast.Core;
using Holdfast.Core.Plans;
using Holdfast.Core.Publishing;
using Holdfast.Database;
using Holdfast.Networks.Social;
using Refusals = Holdfast.Core.Responses.Refusals;
using Holdfast.Shell;

namespace Holdfast.Responses;

/// <summary>An account to answer or state with, and what fits there.</summary>
public sealed record AnswerAccount(Account Account, TextRule Rule)
{
    public string Name => $"{NetworkMark.Of(Account.Network)} {(Account.Handle.StartsWith('@') ? Account.Handle : "@" + Account.Handle)}";

    /// <summary>By how much a text is too long there, as the network counts; 0 where it fits.</summary>
    public int TooLongBy(string text)
    {
        var size = TextSize.Of(text, Rule);
        return size.Over > 0 ? size.Over : size.BytesOver;
    }

    /// <summary>Why this cannot leave as it is; null where it can.</summary>
    public Refusal? Unfit(string text) => text.Length == 0 ? Refusals.ReplyText
        : StatementTemplate.Fields(text) is [var empty, ..] ? Refusals.EmptyField(empty)
        : TooLongBy(text) is > 0 and var over ? Refusals.ReplyTooLong(over) : null;
}

/// <summary>An account as it is stored.</summary>
internal sealed record AnswerAccountRow
{
    public Account Account => new(Id, Brand, Network, Server, NetworkId, Handle, Enum.Parse<AccountState>(State));

    public AccountId Id { get; init; }

    public Core.Brands.BrandId Brand { get; init; }

    public string Network { get; init; } = "";

    public string Server { get; init; } = "";

    public string NetworkId { get; init; } = "";

    public string Handle { get; init; } = "";

    public string State { get; init; } = "";

    public string Limits { get; init; } = "";

    public AnswerAccount Read() => new(Account, Json.Read<NetworkLimits>(Limits).Text);
}
