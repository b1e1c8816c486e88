using System.Text.Json.Nodes;

namespace Holdfast.Drills.Simulators.Mastodon;

/// <summary>Somebody on the simulated server; a name with an @ lives elsewhere in the fediverse.</summary>
internal sealed record SimulatedAccount(long Id, string Name, string DisplayName, DateTimeOffset CreatedAt, string Token)
{
    public bool IsLocal => !Name.Contains('@', StringComparison.Ordinal);

    public long Followers { get; set; }

    public override string ToString() => Name;
}

internal sealed record SimulatedStatus(long Id, SimulatedAccount By, string Text, DateTimeOffset At)
{
    public string Warning { get; init; } = "";

    public string Visibility { get; init; } = "public";

    public string? Language { get; init; }

    public bool Sensitive { get; init; }

    public long? InReplyTo { get; init; }

    public long? RepeatOf { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    public IReadOnlyList<SimulatedMedia> Media { get; init; } = [];

    public JsonNode? Poll { get; init; }

    /// <summary>The Idempotency-Key it came under.</summary>
    public string? Key { get; init; }
}

/// <param name="ReadyAt">When the server is done with it; until then it cannot be attached.</param>
internal sealed record SimulatedMedia(long Id, SimulatedAccount By, string Type, ReadOnlyMemory<byte> Bytes, string? Alt, DateTimeOffset ReadyAt)
{
    public bool IsAttached { get; set; }
}

/// <param name="Parameters">As the client gave them, in the form the server shows them in.</param>
internal sealed record SimulatedScheduled(long Id, SimulatedAccount By, DateTimeOffset At, JsonObject Parameters, SimulatedStatus Draft);

internal sealed record SimulatedNotification(long Id, string Type, SimulatedAccount To, SimulatedAccount From, long? Status, DateTimeOffset At);

/// <summary>What a stream tells: a status, a notification, or an id that is gone.</summary>
internal sealed record SimulatedEvent(string Name, SimulatedStatus? Status, SimulatedNotification? Notification, string Payload);
