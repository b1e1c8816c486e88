using Holdfast.Core.Listening;
using Holdfast.Core.Publishing;
using Holdfast.Core.Responses;
using Holdfast.Core.Situations;

namespace Holdfast.Drills;

/// <summary>How far the demo has come: what whoever watches would do next.</summary>
internal enum DemoStep
{
    Ordinary,
    Meet,
    Confirm,
    Freeze,
    Answer,
    Release,
    Lift,
    Agree,
    Decide,
    Over,
}

/// <summary>What stands in the database of all that the demo is about; the step is told from nothing else.</summary>
internal sealed record DemoStanding
{
    public SituationId? Situation { get; init; }

    public short Level { get; init; }

    public bool Proposed { get; init; }

    public FreezeId? Freeze { get; init; }

    public bool Lifted { get; init; }

    public string? LiftAskedBy { get; init; }

    public long Waiting { get; init; }

    public PostId? Origin { get; init; }

    public bool Answered { get; init; }

    public StatementId? Statement { get; init; }

    public string? StatementState { get; init; }

    public DemoStep Step => this switch
    {
        { Situation: null } => DemoStep.Ordinary,
        { Freeze: null, Proposed: true } => DemoStep.Confirm,
        { Freeze: null, Level: < 4 } => DemoStep.Meet,
        { Freeze: null } => DemoStep.Freeze,
        { Lifted: true, Waiting: > 0 } => DemoStep.Decide,
        { Lifted: true } => DemoStep.Over,
        { LiftAskedBy: not null } => DemoStep.Agree,
        { Answered: false } => DemoStep.Answer,
        { StatementState: not (nameof(Core.Responses.StatementState.Published) or nameof(Core.Responses.StatementState.Waiting)) } => DemoStep.Release,
        _ => DemoStep.Lift,
    };

    /// <summary>The page where that is done; null: where one stands.</summary>
    public string? Path => Step switch
    {
        DemoStep.Meet or DemoStep.Confirm => $"/situations/{Situation!.Value.Value}",
        DemoStep.Answer => $"/situations/{Situation!.Value.Value}/answer",
        DemoStep.Release => Statement is { } statement ? $"/statements/{statement.Value}" : $"/statements/new?situation={Situation!.Value.Value}",
        DemoStep.Lift or DemoStep.Agree => $"/freezes/{Freeze!.Value.Value}",
        DemoStep.Decide => $"/freezes/{Freeze!.Value.Value}#held",
        DemoStep.Over => $"/freezes/{Freeze!.Value.Value}/certificate",
        _ => null,
    };
}
