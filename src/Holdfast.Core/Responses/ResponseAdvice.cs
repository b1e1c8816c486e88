using Holdfast.Core.Plans;

namespace Holdfast.Core.Responses;

/// <summary>How much of a crisis people lay at an organisation's own door.</summary>
public enum CrisisCluster
{
    /// <summary>It is done to us too: disasters, rumours, attacks.</summary>
    Victim,

    /// <summary>It happened without intent: machines and products that failed, reproaches that are not shared by all.</summary>
    Accident,

    /// <summary>It should not have happened: people's mistakes and misdeeds.</summary>
    Preventable,
}

/// <summary>What an answer can do. Names are keys of the explanations.</summary>
public enum ResponseStrategy
{
    /// <summary>Say what people must do to be safe; always, and first.</summary>
    Instruct,

    /// <summary>Say what happened and that you feel with those it hit; always, and second.</summary>
    Adjust,

    /// <summary>Say that it is not so, and show why. Only for what is untrue.</summary>
    Deny,

    /// <summary>Say what was not in our hands; never at the cost of those it hit.</summary>
    Explain,

    /// <summary>Make it good: money back, help, repair.</summary>
    Compensate,

    /// <summary>Take responsibility and ask for pardon.</summary>
    Apologise,

    /// <summary>Thank those who help, recall what was good before; only beside the others.</summary>
    Bolster,
}

/// <summary>
/// Advice, not a rule: the strategies that Situational Crisis Communication Theory matches to a cause (W. T. Coombs, Protecting Organization
/// Reputations During a Crisis, Corporate Reputation Review 10(3), 2007). What happened before, or a bad name, moves a cause one cluster up.
/// </summary>
public static class ResponseAdvice
{
    public static CrisisCluster ClusterOf(CrisisCause cause, bool happenedBefore = false)
    {
        var cluster = cause switch
        {
            CrisisCause.FalseClaim or CrisisCause.OutsideDisaster or CrisisCause.HackedAccount => CrisisCluster.Victim,
            CrisisCause.ProductFault or CrisisCause.Outage or CrisisCause.CampaignBacklash => CrisisCluster.Accident,
            CrisisCause.OwnError or CrisisCause.StaffConduct => CrisisCluster.Preventable,
        };
        return happenedBefore && cluster < CrisisCluster.Preventable ? cluster + 1 : cluster;
    }

    public static IReadOnlyList<ResponseStrategy> Strategies(CrisisCause cause, bool happenedBefore = false) => (ClusterOf(cause, happenedBefore), cause) switch
    {
        (_, CrisisCause.FalseClaim) => [ResponseStrategy.Instruct, ResponseStrategy.Adjust, ResponseStrategy.Deny, ResponseStrategy.Bolster],
        (CrisisCluster.Victim, _) => [ResponseStrategy.Instruct, ResponseStrategy.Adjust, ResponseStrategy.Bolster],
        (CrisisCluster.Accident, _) => [ResponseStrategy.Instruct, ResponseStrategy.Adjust, ResponseStrategy.Explain, ResponseStrategy.Compensate],
        _ => [ResponseStrategy.Instruct, ResponseStrategy.Adjust, ResponseStrategy.Apologise, ResponseStrategy.Compensate],
    };
}
