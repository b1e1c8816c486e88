namespace Holdfast.Drills;

/// <summary>What an invented dairy says on an ordinary day.</summary>
internal sealed record DemoText(string Language, string Words)
{
    public const string Holding = "There is a fault in one of our products, and some of you have found it. We are sorry; your safety comes first. "
        + "Please do not eat it: any shop takes it back and pays you. Our team is looking for the cause. We will write here again within the hour.";

    public const string HoldingInPolish = "Jeden z naszych produktów ma wadę i niektórzy z Państwa ją znaleźli. Przepraszamy; Państwa bezpieczeństwo jest najważniejsze. "
        + "Prosimy go nie jeść: każdy sklep przyjmie go z powrotem i odda pieniądze. Nasz zespół szuka przyczyny. Napiszemy tu znowu w ciągu godziny.";

    public static readonly IReadOnlyList<DemoText> All =
    [
        new("en", "Good things take a night: our yogurt rests for eight hours before anyone touches the lid."),
        new("pl", "Dzień dobry! Dziś w Aurelce pachnie wanilią aż na parkingu."),
        new("en", "Breakfast in five minutes: oats, half a pear, a spoon of Aurelka. Photo of your bowl, please."),
        new("pl", "Pytacie, skąd nasze mleko. Od trzynastu gospodarstw, do każdego mamy mniej niż godzinę drogi."),
        new("en", "Meet Zosia. She has tasted every batch since 1998 and still refuses to name a favourite."),
        new("pl", "Przepis na piątek: chłodnik z kefirem, koperkiem i cierpliwością. Godzina w lodówce robi swoje."),
        new("en", "The baked apple jar is back for the winter, and yes, the cinnamon is the same as last year."),
        new("pl", "Oddaj szklany słoik w sklepie, a następny jogurt kosztuje o złotówkę mniej."),
        new("en", "Our new plant in Grójec runs on the sun on its roof from today on. Come and see it on Saturday."),
        new("pl", "Gruszka z imbirem czy śliwka z kardamonem? Jeden z tych smaków zostanie z nami na dłużej."),
        new("en", "We asked forty children to draw a cow. Thirty-nine drew cows. One drew our delivery van."),
        new("pl", "Szukamy technolożki lub technologa do nowej linii. Zmiana poranna, dobra kawa, jeszcze lepszy ser."),
        new("en", "A short thread on why our spoon is made of wood and why it tastes of nothing at all."),
        new("pl", "Zimno? Ryż na mleku, łyżka konfitury, koc. Reszta może poczekać do jutra."),
        new("en", "Thank you for 48,000 followers. Our intern owes the office a cheesecake and knows it."),
        new("pl", "W sobotę otwieramy drzwi zakładu od dziesiątej. Fartuchy dajemy, ciekawość przynieście swoją."),
        new("en", "Lactose-free and still creamy: it took us two years and eleven very patient testers."),
        new("pl", "Jak czytać etykietę w trzy sekundy: mleko, kultury bakterii, owoce. Jeśli jest dłużej, to nie nasza."),
        new("en", "From farm to shelf in thirty-one hours. We counted, then we counted again."),
        new("pl", "Pani Halina z Radomia pisze, że nasz twaróg uratował jej sernik. Pani Halino, prosimy o kawałek."),
        new("en", "Sunday question: yogurt with the lid licked, or are you a person of restraint?"),
    ];
}
