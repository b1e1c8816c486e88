using Holdfast.Core.Detection;
using Holdfast.Core.Plans;

namespace Holdfast.Plans;

/// <summary>The plan as a form of one of its parts would have it. What the form does not show stays as it is.</summary>
internal static class PlanForms
{
    public static CrisisPlan Levels(CrisisPlan plan, PlanFields fields) => plan with
    {
        CoolDown = fields.Minutes("coolDown", plan.CoolDown),
        Levels = [.. plan.Levels.Select((level, index) => Level(level, $"levels[{index}]", fields))],
    };

    public static CrisisPlan Rules(CrisisPlan plan, PlanFields fields) => plan with
    {
        Rules = plan.Rules with
        {
            Thresholds = [.. plan.Rules.Thresholds.Select((rule, index) => Threshold(rule, $"rules.thresholds[{index}]", fields))],
            Spikes = [.. plan.Rules.Spikes.Select((rule, index) => Spike(rule, $"rules.spikes[{index}]", fields))],
            SameIssue = plan.Rules.SameIssue with
            {
                Level = fields.Choice("rules.sameIssue.level", plan.Rules.SameIssue.Level),
                People = fields.Whole("rules.sameIssue.people", plan.Rules.SameIssue.People),
                Window = fields.Minutes("rules.sameIssue.window", plan.Rules.SameIssue.Window),
                Shadow = Mode("rules.sameIssue", fields) == RuleMode.Shadow,
                Off = Mode("rules.sameIssue", fields) == RuleMode.Off,
            },
            RiskWords = [.. plan.Rules.RiskWords.Select((rule, index) => RiskWord(rule, $"rules.riskWords[{index}]", fields))],
            ProminentVoice = plan.Rules.ProminentVoice with
            {
                Level = fields.Choice("rules.prominentVoice.level", plan.Rules.ProminentVoice.Level),
                MoreThanFollowers = (long)Math.Clamp(fields.Number("rules.prominentVoice.moreThanFollowers", plan.Rules.ProminentVoice.MoreThanFollowers), 0, 1e15),
                Shadow = Mode("rules.prominentVoice", fields) == RuleMode.Shadow,
                Off = Mode("rules.prominentVoice", fields) == RuleMode.Off,
            },
            ProminentVoices = plan.Rules.ProminentVoices with
            {
                Level = fields.Choice("rules.prominentVoices.level", plan.Rules.ProminentVoices.Level),
                MoreThanFollowers = (long)Math.Clamp(fields.Number("rules.prominentVoices.moreThanFollowers", plan.Rules.ProminentVoices.MoreThanFollowers), 0, 1e15),
                People = fields.Whole("rules.prominentVoices.people", plan.Rules.ProminentVoices.People),
                Shadow = Mode("rules.prominentVoices", fields) == RuleMode.Shadow,
                Off = Mode("rules.prominentVoices", fields) == RuleMode.Off,
            },
            Spread = plan.Rules.Spread with
            {
                Level = fields.Choice("rules.spread.level", plan.Rules.Spread.Level),
                People = fields.Whole("rules.spread.people", plan.Rules.Spread.People),
                Shadow = Mode("rules.spread", fields) == RuleMode.Shadow,
                Off = Mode("rules.spread", fields) == RuleMode.Off,
            },
            Forecast = plan.Rules.Forecast with
            {
                Level = fields.Choice("rules.forecast.level", plan.Rules.Forecast.Level),
                Window = fields.Minutes("rules.forecast.window", plan.Rules.Forecast.Window),
                Shadow = Mode("rules.forecast", fields) == RuleMode.Shadow,
                Off = Mode("rules.forecast", fields) == RuleMode.Off,
            },
            Blind = plan.Rules.Blind with
            {
                Level = fields.Choice("rules.blind.level", plan.Rules.Blind.Level),
                Shadow = Mode("rules.blind", fields) == RuleMode.Shadow,
                Off = Mode("rules.blind", fields) == RuleMode.Off,
            },
        },
    };

    /// <summary>An entry without a level is left out; the form has one such to be filled in.</summary>
    public static CrisisPlan Duties(CrisisPlan plan, PlanFields fields) => plan with
    {
        Duties = [.. Enum.GetValues<DutyKind>().Select((kind, index) => new Duty(
            kind,
            [.. Enumerable.Range(0, MostEntries)
                .Select(entry => $"duties[{index}].holders[{entry}]")
                .Where(path => fields.Has($"{path}.level"))
                .Select(path => new DutyHolders(
                    fields.Choice($"{path}.level", Core.Detection.Level.One), fields.Person($"{path}.first"), fields.People($"{path}.deputies")))]))],
    };

    public static CrisisPlan Policies(CrisisPlan plan, PlanFields fields) => plan with
    {
        Policies = [.. plan.Policies.Select((policy, index) => Policy(policy, $"policies[{index}]", fields))],
    };

    public static CrisisPlan Answering(CrisisPlan plan, PlanFields fields) => plan with
    {
        Answering = plan.Answering with
        {
            Levels = [.. plan.Answering.Levels.Select((level, index) => level with
            {
                Clock = fields.Minutes($"answering.levels[{index}].clock", level.Clock),
                Approvals = [.. Enumerable.Range(0, MostApprovals)
                    .Select(step => $"answering.levels[{index}].approvals[{step}]")
                    .Select(path => new ApprovalNeed(fields.Text($"{path}.all") == "yes", fields.Choices<DutyKind>($"{path}.duties")))
                    .Where(need => need.Duties.Count > 0)],
            })],
        },
    };

    /// <summary>The texts of one kind. What is word for word ours, and not approved, is left out: a better one of ours then reaches it.</summary>
    public static CrisisPlan Templates(CrisisPlan plan, PlanFields fields)
    {
        var kind = fields.Choice("kind", TemplateKind.Holding);
        var written = Enum.GetValues<CrisisCause>().Select(cause =>
        {
            var path = TemplatePath(cause);
            var text = new LocalText(fields.Text(path).ReplaceLineEndings("\n"), fields.Text($"{path}.pl").ReplaceLineEndings("\n"));
            var before = plan.Answering.Own(kind, cause);
            // The tick was for the words there were: with other words it has to be set anew.
            return new OwnTemplate(kind, cause, text, fields.Has($"{path}.legal") && !(before is { Legal: true } && before.Text != text));
        });
        return plan with
        {
            Answering = plan.Answering with
            {
                Templates = [.. plan.Answering.Templates.Where(each => each.Kind != kind), .. written.Where(each => each.Legal || !IsOurs(each))],
            },
        };
    }

    public static bool IsOurs(OwnTemplate template) =>
        template.Text == new LocalText(StatementTemplate.Text(template.Kind, template.Cause, "en"), StatementTemplate.Text(template.Kind, template.Cause, "pl"));

    public static string TemplatePath(CrisisCause cause) => $"template.{cause}";

    /// <summary>One for each level at most.</summary>
    public const int MostEntries = 5;

    /// <summary>Steps of approval; the document takes as many.</summary>
    public const int MostApprovals = 4;

    private static LevelDefinition Level(LevelDefinition level, string path, PlanFields fields) => level with
    {
        Name = new(fields.Text($"{path}.name"), fields.Text($"{path}.name.pl")),
        What = new(fields.Text($"{path}.what"), fields.Text($"{path}.what.pl")),
        Who = fields.Choices<DutyKind>($"{path}.who"),
        ByItself = fields.Choices<LevelAct>($"{path}.byItself"),
        NeedsConfirmation = fields.Has($"{path}.needsConfirmation"),
        ConfirmWithin = fields.Minutes($"{path}.confirmWithin", level.ConfirmWithin),
        Freeze = fields.Choice($"{path}.freeze", level.Freeze),
        Policy = fields.Has($"{path}.policy") ? fields.Text($"{path}.policy") : null,
    };

    private static ThresholdRule Threshold(ThresholdRule rule, string path, PlanFields fields) => rule with
    {
        Level = fields.Choice($"{path}.level", rule.Level),
        Metric = fields.Choice($"{path}.metric", rule.Metric),
        Comparison = fields.Choice($"{path}.comparison", rule.Comparison),
        Number = fields.Number($"{path}.number", rule.Number),
        Of = fields.Choice($"{path}.of", rule.Of),
        Window = fields.Minutes($"{path}.window", rule.Window),
        WindowsInARow = fields.Whole($"{path}.windowsInARow", rule.WindowsInARow),
        MinAuthors = fields.Whole($"{path}.minAuthors", rule.MinAuthors),
        AlsoTimesUsual = fields.Has($"{path}.alsoTimesUsual") ? fields.Number($"{path}.alsoTimesUsual", rule.AlsoTimesUsual ?? ThresholdRule.RollOutTimesUsual) : null,
        Shadow = Mode(path, fields) == RuleMode.Shadow,
        Off = Mode(path, fields) == RuleMode.Off,
    };

    private static SpikeRule Spike(SpikeRule rule, string path, PlanFields fields) => rule with
    {
        Level = fields.Choice($"{path}.level", rule.Level),
        Metric = fields.Choice($"{path}.metric", rule.Metric),
        OnceIn = TimeSpan.FromDays(Math.Clamp(fields.Number($"{path}.onceIn", rule.OnceIn.TotalDays), 0, 10_000)),
        MinCount = fields.Number($"{path}.minCount", rule.MinCount),
        Window = fields.Minutes($"{path}.window", rule.Window),
        Shadow = Mode(path, fields) == RuleMode.Shadow,
        Off = Mode(path, fields) == RuleMode.Off,
    };

    private static RiskWordRule RiskWord(RiskWordRule rule, string path, PlanFields fields) => rule with
    {
        Level = fields.Choice($"{path}.level", rule.Level),
        People = fields.Whole($"{path}.people", rule.People),
        Window = fields.Minutes($"{path}.window", rule.Window),
        AtOnce = fields.Has($"{path}.atOnce"),
        Shadow = Mode(path, fields) == RuleMode.Shadow,
        Off = Mode(path, fields) == RuleMode.Off,
    };

    private static EscalationPolicy Policy(EscalationPolicy policy, string path, PlanFields fields) => policy with
    {
        Steps = [.. Enumerable.Range(0, PlanCheck.MaxSteps)
            .Select(step => $"{path}.steps[{step}]")
            .Where(step => fields.Has($"{step}.after"))
            .Select(step => new EscalationStep(
                fields.Minutes($"{step}.after", TimeSpan.Zero), [.. fields.All($"{step}.whom").Select(WhomToken.Read).OfType<Recipient>()]))],
        Until = fields.Choice($"{path}.until", policy.Until),
        Rounds = fields.Whole($"{path}.rounds", policy.Rounds),
        RepeatAfter = fields.Minutes($"{path}.repeatAfter", policy.RepeatAfter),
        LapsesAfter = fields.Has($"{path}.lapsesAfter") ? fields.Minutes($"{path}.lapsesAfter", EscalationPolicy.DefaultLapse) : null,
        MaxAge = fields.Minutes($"{path}.maxAge", policy.MaxAge),
    };

    private static RuleMode Mode(string path, PlanFields fields) => fields.Choice($"{path}.mode", RuleMode.On);
}

/// <summary>What a rule does: acts, only records, or nothing.</summary>
internal enum RuleMode
{
    On,
    Shadow,
    Off,
}

/// <summary>Whom a step pages, as one value of a list in a form.</summary>
internal static class WhomToken
{
    private const string All = "everyone";

    public static string Write(Recipient whom) => whom switch
    {
        { Everyone: true } => All,
        { Person: { } person } => $"person:{person.Value}",
        { Deputies: true } => $"deputies:{whom.Duty}",
        _ => $"duty:{whom.Duty}",
    };

    public static Recipient? Read(string token) => token.Split(':') switch
    {
        [All] => Recipient.All,
        ["person", var id] when Guid.TryParse(id, out var person) => Recipient.The(new(person)),
        ["deputies", var name] when Enum.TryParse<DutyKind>(name, out var duty) => Recipient.DeputiesOf(duty),
        ["duty", var name] when Enum.TryParse<DutyKind>(name, out var duty) => Recipient.FirstOf(duty),
        _ => null,
    };
}
