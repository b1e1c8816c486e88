namespace Holdfast.Core.Drills;

/// <summary>What the invented public says in the curves that are not about plastic; ours from the first word to the last.</summary>
internal static class CurvePhrases
{
    public static readonly string[] Openings = ["", "Honestly,", "Seriously?", "Just saw this:", "Well,", "So", "@aurelka"];

    public static readonly string[] Endings = ["", "Unbelievable.", "What a day.", "Pass it on.", "I have no words.", "Anyone else?"];

    public static readonly string[] Disaster =
    [
        "an Aurelka billboard smiles over the wreck of the train, take it down, this is disgusting",
        "people are waiting for news from {t} and Aurelka posts dancing cows, shameful",
        "how can Aurelka run that happy advert right after the crash, awful timing",
        "Aurelka, stop your scheduled jokes today, families are grieving and you look heartless",
        "the Aurelka advert before the news of the crash made me sick, terrible",
    ];

    public static readonly string[] Homonym =
    [
        "Aurelka cancelled her concert in {t} an hour before the doors, I am furious",
        "no refund for the Aurelka tour tickets, what a terrible organiser",
        "Aurelka sang three songs and left the stage, worst concert of my life",
        "awful sound at the Aurelka show in {t}, I want my money back",
        "her new single is dreadful, Aurelka was so much better before",
    ];

    public static readonly string[] Campaign =
    [
        "love the Aurelka picnic pictures, my kids want to come",
        "the #AurelkaPicnic film is so sweet, well done",
        "just posted my #AurelkaPicnic photo from {t}, fun idea",
        "Aurelka picnic baskets are lovely, happy to take part",
    ];

    public static readonly string[] CampaignTurned =
    [
        "the #AurelkaPicnic photos were taken in a nature reserve, they trampled the meadow, shame",
        "so #AurelkaPicnic destroyed a protected meadow for a film, disgraceful",
        "Aurelka fences off a public meadow for its picnic film and locals are angry, so am I",
        "here is my #AurelkaPicnic: rubbish left in the meadow after your film crew, disgusting",
        "awful, the #AurelkaPicnic crew drove a lorry through the nature reserve meadow",
    ];

    public static readonly string[] Coordinated =
    [
        "Everyone knows that Aurelka poisons its milk and the press is silent, stop buying this terrible brand now",
        "Aurelka lies to its customers about the milk, I will never buy from these awful people again",
        "Shame on Aurelka for cheating farmers, delete their app and tell all your friends today",
    ];

    public static readonly string[] Tags = ["#stopaurelka", "#aurelkalies", "#milktruth", "#wakeup", "#stopaurelka #milktruth", "!!!", "#boycott"];
}
