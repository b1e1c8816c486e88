namespace Holdfast.Core.Plans;

/// <summary>What a prepared text is for (BEHAVIOUR 9). Names are stored.</summary>
public enum TemplateKind
{
    Holding,
    Acknowledgement,
    Apology,
    Correction,
    Faq,
    ChiefExecutive,
    AllClear,
}
