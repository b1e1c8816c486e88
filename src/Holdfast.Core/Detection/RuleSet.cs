namespace Holdfast.Core.Detection;

/// <summary>Everything that can raise a signal for a brand, as the plan in force has it.</summary>
public sealed record RuleSet(
    IReadOnlyList<ThresholdRule> Thresholds,
    SameIssueRule SameIssue,
    IReadOnlyList<RiskWordRule> RiskWords,
    ProminentVoiceRule ProminentVoice,
    BlindRule Blind)
{
    /// <summary>A plan that was written before there was this rule has its default.</summary>
    public SpreadRule Spread { get; init; } = SpreadRule.Default;

    /// <inheritdoc cref="Spread"/>
    public ProminentVoiceRule ProminentVoices { get; init; } = ProminentVoiceRule.Spreading;

    /// <inheritdoc cref="Spread"/>
    public IReadOnlyList<SpikeRule> Spikes { get; init; } = [SpikeRule.Volume, SpikeRule.Negative];

    /// <inheritdoc cref="Spread"/>
    public ForecastRule Forecast { get; init; } = ForecastRule.Default;

    /// <summary>The defaults of BEHAVIOUR 3; each rule says where its numbers come from.</summary>
    public static RuleSet Default { get; } = new(
        [ThresholdRule.Assign, ThresholdRule.RollOut],
        SameIssueRule.Default,
        [RiskWordRule.Grave, RiskWordRule.GraveFromMany, RiskWordRule.Serious, RiskWordRule.SeriousFromMany],
        ProminentVoiceRule.Default,
        BlindRule.Default);

    /// <summary>The rule of this name, where it looks at counts.</summary>
    public IPulseRule? Counting(string name) => All().OfType<IPulseRule>().FirstOrDefault(rule => rule.Name == name);

    /// <summary>Every rule, in the order in which pages show them.</summary>
    public IEnumerable<IRule> All() => [.. Thresholds, .. Spikes, SameIssue, Spread, .. RiskWords, ProminentVoice, ProminentVoices, Forecast, Blind];
}
