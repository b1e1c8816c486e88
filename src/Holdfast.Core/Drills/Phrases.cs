namespace Holdfast.Core.Drills;

/// <summary>The sentences of the invented brand's public, ours from the first word to the last. <c>{p}</c> is a product, <c>{t}</c> a town.</summary>
internal static class Phrases
{
    public static readonly string[] EnglishProducts = ["strawberry yogurt", "vanilla kefir", "cottage cheese", "drinking yogurt", "oat pudding"];
    public static readonly string[] PolishProducts = ["jogurt truskawkowy", "kefir waniliowy", "twarożek", "jogurt pitny", "pudding owsiany"];
    public static readonly string[] Towns = ["Kraków", "Łódź", "Gdynia", "Leeds", "Cork", "Białystok", "Tarnów", "Bristol"];

    public static readonly string[] EnglishPraise =
    [
        "The @aurelka {p} is the best thing about my mornings, love it",
        "Thank you @aurelka for the quick answer, great service as always",
        "My daughter asks for Aurelka {p} every single day. Happy breakfast, happy house",
        "New Aurelka {p} tastes wonderful, well done",
        "Aurelka are so nice at the {t} market, free samples and a smile",
    ];

    public static readonly string[] PolishPraise =
    [
        "@aurelka {p} to najlepsza rzecz na śniadanie, uwielbiam",
        "Dziękuję @aurelka za szybką odpowiedź, świetna obsługa",
        "Moje dzieci kochają Aurelkę, {p} znika w pięć minut, pyszny",
        "Nowy smak Aurelki jest wspaniały, brawo",
    ];

    public static readonly string[] EnglishTalk =
    [
        "Does anyone know if the Aurelka {p} is gluten free?",
        "Aurelka {p}, rye bread and coffee. Tuesday.",
        "Where in {t} can I buy Aurelka {p}?",
        "Making pancakes with Aurelka {p} today",
        "@aurelka when is the {p} back in the shops in {t}?",
        "Saw the Aurelka van in {t} this morning",
    ];

    public static readonly string[] PolishTalk =
    [
        "Czy {p} Aurelki jest bez laktozy?",
        "Gdzie w mieście {t} kupię {p} Aurelki?",
        "Na śniadanie {p} z Aurelki i żytni chleb",
        "@aurelka kiedy {p} wróci do sklepów?",
        "Robię dziś naleśniki, w środku {p} od Aurelki",
    ];

    public static readonly string[] EnglishGrumble =
    [
        "@aurelka the lid of the {p} broke again, terrible packaging",
        "Aurelka {p} was sour and the shop in {t} refused a refund, so disappointed",
        "Smaller pot, higher price. Shame on you @aurelka, what a rip-off",
        "Waited an hour on the Aurelka hotline, awful customer service",
    ];

    public static readonly string[] PolishGrumble =
    [
        "@aurelka wieczko znowu pęknięte, fatalne opakowanie",
        "{p} Aurelki był skwaśniały, a sklep nie oddał pieniędzy, jestem wściekła",
        "Mniejszy kubek, wyższa cena. Wstyd, @aurelka",
        "Godzina na infolinii Aurelki, okropna obsługa",
    ];

    public const string Origin =
        "I just found a sharp piece of hard plastic in my son's @aurelka strawberry yogurt. He is four. This is disgusting, I am furious. Batch L2207, bought in Leeds.";

    public static readonly string[] EnglishOpenings =
    [
        "Same here:", "Unbelievable.", "Check your fridge!", "Furious.", "Me too,", "Horrible:", "@aurelka explain this:", "Disgusting.",
        "I can't believe it,", "Warning to parents:",
    ];

    public static readonly string[] EnglishComplaints =
    [
        "sharp plastic in the Aurelka strawberry yogurt, batch L2207",
        "a piece of hard plastic in strawberry yogurt from @aurelka",
        "we found plastic pieces in two pots of Aurelka strawberry yogurt",
        "plastic in my kid's strawberry yogurt and the Aurelka hotline hung up",
        "another pot of Aurelka strawberry yogurt with plastic in it, bought in {t}",
        "broken plastic inside the strawberry yogurt, batch L2207, and no word from @aurelka",
    ];

    public static readonly string[] EnglishEndings =
    [
        "", "This is dangerous.", "Awful.", "Never buying this again.", "Do something!", "Throwing all of it away.", "How can this happen?", "No answer for hours, a disgrace.",
    ];

    public static readonly string[] PolishOpenings =
    [
        "U nas to samo:", "Skandal.", "Sprawdźcie lodówki!", "Jestem wściekły,", "Okropność:", "@aurelka wyjaśnijcie to:", "Obrzydliwe.", "Uwaga rodzice:", "Masakra,",
    ];

    public static readonly string[] PolishComplaints =
    [
        "ostry plastik w jogurcie truskawkowym Aurelki, partia L2207",
        "kawałek twardego plastiku w jogurcie truskawkowym @aurelka",
        "znaleźliśmy plastik w dwóch kubkach jogurtu truskawkowego Aurelki",
        "plastik w jogurcie truskawkowym mojego dziecka, a infolinia Aurelki milczy",
        "kolejny jogurt truskawkowy Aurelki z plastikiem w środku, {t}",
    ];

    public static readonly string[] PolishEndings =
        ["", "To niebezpieczne.", "Okropne.", "Nigdy więcej.", "Zróbcie coś!", "Wszystko wyrzucam.", "Wstyd.", "Zero odpowiedzi, fatalnie."];

    public static readonly string[] Injuries =
    [
        "My daughter cut her mouth on plastic in Aurelka strawberry yogurt. We are in hospital in {t}, she is injured and terrified.",
        "Córka skaleczyła się plastikiem z jogurtu truskawkowego Aurelki, jesteśmy w szpitalu, jest ranna.",
        "My son was injured by the plastic in @aurelka strawberry yogurt, three stitches in his lip. I am calling a lawyer.",
        "Syn ranny, szyją mu wargę po jogurcie truskawkowym @aurelka. Szpital, {t}. Jestem przerażona.",
    ];

    public static readonly string[] Rumours =
    [
        "I heard a child died because of the Aurelka yogurt. They are covering it up!",
        "Podobno jedno dziecko zmarło po jogurcie Aurelki i to ukrywają. Podajcie dalej!",
        "Someone says Aurelka knew for weeks about the plastic and kept selling. Criminal.",
    ];

    public static readonly string[] Press =
    [
        "Parents in three cities report plastic in strawberry yogurt by Aurelka; the company has not answered our questions.",
        "Rodzice z trzech miast zgłaszają plastik w jogurcie truskawkowym Aurelki. Firma nie odpowiada na nasze pytania.",
    ];

    public static readonly string[] Defenders =
    [
        "Let's wait for facts. @aurelka always answered me, they will sort the yogurt out",
        "Aurelka zawsze była w porządku, poczekajmy na wyjaśnienia w sprawie jogurtu",
    ];
}
