using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;

namespace Holdfast.Core.Situations;

/// <summary>
/// Events as they are stored: a kind and a JSON object. Both are stored for ever; a kind is the name its event had when
/// it was first written, whatever its type is called today.
/// </summary>
public static class TimelineJson
{
    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["Opened"] = typeof(Opened),
        ["Renamed"] = typeof(Renamed),
        ["TopicAdopted"] = typeof(TopicAdopted),
        ["SignalJoined"] = typeof(SignalJoined),
        ["SignalGrew"] = typeof(SignalGrew),
        ["LevelProposed"] = typeof(LevelProposed),
        ["LevelConfirmed"] = typeof(LevelConfirmed),
        ["LevelTookEffect"] = typeof(LevelTookEffect),
        ["Overruled"] = typeof(Overruled),
        ["LevelRaised"] = typeof(LevelRaised),
        ["LevelLowered"] = typeof(LevelLowered),
        ["LeadTaken"] = typeof(LeadTaken),
        ["LeadHandedOver"] = typeof(LeadHandedOver),
        ["Contained"] = typeof(Contained),
        ["Reopened"] = typeof(Reopened),
        ["Resolved"] = typeof(Resolved),
        ["Closed"] = typeof(Closed),
        ["Dismissed"] = typeof(Dismissed),
        ["MergedInto"] = typeof(MergedInto),
        ["MergedFrom"] = typeof(MergedFrom),
        ["TaskAdded"] = typeof(TaskAdded),
        ["TaskDone"] = typeof(TaskDone),
        ["TaskDropped"] = typeof(TaskDropped),
        ["DecisionTaken"] = typeof(DecisionTaken),
        ["KnownChanged"] = typeof(KnownChanged),
        ["PromiseMade"] = typeof(PromiseMade),
        ["PromiseKept"] = typeof(PromiseKept),
        ["Noted"] = typeof(Noted),
        ["EntryStruckThrough"] = typeof(EntryStruckThrough),
        ["PageStarted"] = typeof(PageStarted),
        ["PageGrew"] = typeof(PageGrew),
        ["PageAttempted"] = typeof(PageAttempted),
        ["PageAcknowledged"] = typeof(PageAcknowledged),
        ["PageLapsed"] = typeof(PageLapsed),
        ["PageExhausted"] = typeof(PageExhausted),
        ["PageVoided"] = typeof(PageVoided),
        ["ReplyWritten"] = typeof(ReplyWritten),
        ["RepliedElsewhere"] = typeof(RepliedElsewhere),
        ["ReplyLeft"] = typeof(ReplyLeft),
        ["ReplyOverdue"] = typeof(ReplyOverdue),
        ["StatementSubmitted"] = typeof(StatementSubmitted),
        ["StatementApproved"] = typeof(StatementApproved),
        ["StatementRefused"] = typeof(StatementRefused),
        ["GlassBroken"] = typeof(GlassBroken),
        ["StatementWaits"] = typeof(StatementWaits),
        ["StatementPublished"] = typeof(StatementPublished),
        ["StatementWithdrawn"] = typeof(StatementWithdrawn),
        ["OriginOverridden"] = typeof(OriginOverridden),
        ["DeletionAsked"] = typeof(DeletionAsked),
        ["DeletionDecided"] = typeof(DeletionDecided),
        ["FreezePlaced"] = typeof(FreezePlaced),
        ["FreezeLiftAsked"] = typeof(FreezeLiftAsked),
        ["FreezeLifted"] = typeof(FreezeLifted),
        ["FreezeCertified"] = typeof(FreezeCertified),
        ["DeletionEnded"] = typeof(DeletionEnded),
        ["OriginSet"] = typeof(OriginSet),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    // The text is hashed: these options are part of nothing but new entries, old ones are never written again.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new LevelConverter(),
            new JsonStringEnumConverter(),
            new IdConverter<SituationId>(id => new SituationId(id), id => id.Value),
            new IdConverter<SignalId>(id => new SignalId(id), id => id.Value),
            new IdConverter<TopicId>(id => new TopicId(id), id => id.Value),
            new IdConverter<MonitorId>(id => new MonitorId(id), id => id.Value),
            new IdConverter<PostId>(id => new PostId(id), id => id.Value),
            new IdConverter<BrandId>(id => new BrandId(id), id => id.Value),
            new IdConverter<PersonId>(id => new PersonId(id), id => id.Value),
        },
    };

    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    public static string KindOf(TimelineEvent e) => Kinds[e.GetType()];

    public static string Write(TimelineEvent e) => JsonSerializer.Serialize(e, e.GetType(), Options);

    /// <exception cref="JsonException">The kind is not known or the text is not its shape: not written by this program.</exception>
    public static TimelineEvent Read(string kind, string body)
    {
        if (!Types.TryGetValue(kind, out var type))
        {
            throw new JsonException($"No event is called {kind}.");
        }

        return (TimelineEvent?)JsonSerializer.Deserialize(body, type, Options) ?? throw new JsonException("The body is null.");
    }

    /// <summary>Levels are numbers in what is stored, as people say them.</summary>
    private sealed class LevelConverter : JsonConverter<Level>
    {
        public override Level Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (Level)reader.GetInt32() is var level && Enum.IsDefined(level) ? level : throw new JsonException("A level is a number from 1 to 5.");

        public override void Write(Utf8JsonWriter writer, Level value, JsonSerializerOptions options) => writer.WriteNumberValue((int)value);
    }

    private sealed class IdConverter<T>(Func<Guid, T> make, Func<T, Guid> value) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T id, JsonSerializerOptions options) => writer.WriteStringValue(value(id));
    }
}
