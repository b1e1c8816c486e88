namespace Holdfast.Core.Plans;

/// <summary>What brought a situation about (BEHAVIOUR 6). Names are stored.</summary>
public enum CrisisCause
{
    OwnError,
    ProductFault,
    Outage,
    StaffConduct,
    FalseClaim,
    HackedAccount,
    OutsideDisaster,
    CampaignBacklash,
}
