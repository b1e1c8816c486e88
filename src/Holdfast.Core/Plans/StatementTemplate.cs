using System.Text.RegularExpressions;

namespace Holdfast.Core.Plans;

/// <summary>
/// Prepared texts for every kind and every cause, in both languages, written by us. What only the day can tell stands in
/// braces: a field. A text with an empty field is never published.
/// </summary>
public static partial class StatementTemplate
{
    /// <param name="language"><c>pl</c>, else English.</param>
    public static string Text(TemplateKind kind, CrisisCause cause, string language)
    {
        var words = TemplateWords.Of(cause);
        return language == "pl" ? Polish(kind, words) : English(kind, words);
    }

    /// <summary>The fields of a text in the order in which they stand, each once.</summary>
    public static IReadOnlyList<string> Fields(string text) => [.. Field().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>Puts values in for fields. What is typed stays as it is, braces and all.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Field().Replace(
        text, match => values.TryGetValue(match.Groups[1].Value, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : match.Value);

    private static string English(TemplateKind kind, TemplateWords words) => kind switch
    {
        TemplateKind.Holding => $"{words.Happened.En} {words.Concern.En} {words.Doing.En} We will write here again at {{time of the next news}}.",
        TemplateKind.Acknowledgement =>
            $"Thank you for telling us. {words.Happened.En} {words.Concern.En} {words.Doing.En} At {{time of the next news}} we will say here what we have found out.",
        TemplateKind.Apology =>
            $"{words.Happened.En} {words.Ours?.En ?? "What we ourselves should have done better: {our part}."} We apologise to everyone it hit. {words.Doing.En} So that it does not happen again: {{what changes}}. We will tell you here how far we are on {{day of the next news}} at {{time of the next news}}.",
        TemplateKind.Correction when words.Cause == CrisisCause.FalseClaim =>
            $"{words.Happened.En} {words.Concern.En} {words.Doing.En} We will answer your questions here until {{time of the next news}}.",
        TemplateKind.Correction =>
            $"{words.Happened.En} It is not true that {{claim}}. What is true: {{what is true}}. You can check it for yourself: {{source}}. We will answer your questions here until {{time of the next news}}.",
        TemplateKind.Faq =>
            $"What happened?\n{words.Happened.En}\n\nDoes it concern me?\n{{whom it concerns}}\n\nWhat is being done, and what can I do?\n{words.Doing.En}\n\nWhom can I ask?\n{{telephone or address}}\n\nWhen will there be news?\nWe will write here again at {{time of the next news}}.",
        TemplateKind.ChiefExecutive =>
            $"I am {{name}}, and I lead {{company}}. {words.Happened.En} {words.Concern.En} {words.Ours?.En ?? "It happened to all of us, and I will not leave you alone with it."} {words.Doing.En} I have decided this: {{decision}}. On {{day of the next news}} at {{time of the next news}} I will speak to you again and answer your questions.",
        TemplateKind.AllClear =>
            $"{words.Over.En} We are sorry for the trouble it brought you, and we thank everyone who helped. So that it does not happen again: {{what changes}}. You can still reach us: {{telephone or address}}.",
    };

    private static string Polish(TemplateKind kind, TemplateWords words) => kind switch
    {
        TemplateKind.Holding => $"{words.Happened.Pl} {words.Concern.Pl} {words.Doing.Pl} Napiszemy tu znowu o {{godzina następnej wiadomości}}.",
        TemplateKind.Acknowledgement =>
            $"Dziękujemy za sygnał. {words.Happened.Pl} {words.Concern.Pl} {words.Doing.Pl} O {{godzina następnej wiadomości}} napiszemy tu, co ustaliliśmy.",
        TemplateKind.Apology =>
            $"{words.Happened.Pl} {words.Ours?.Pl ?? "Co my sami powinniśmy byli zrobić lepiej: {nasza część}."} Przepraszamy wszystkich, których to dotknęło. {words.Doing.Pl} Żeby się to nie powtórzyło: {{co zmieniamy}}. Jak daleko jesteśmy, napiszemy tu {{dzień następnej wiadomości}} o {{godzina następnej wiadomości}}.",
        TemplateKind.Correction when words.Cause == CrisisCause.FalseClaim =>
            $"{words.Happened.Pl} {words.Concern.Pl} {words.Doing.Pl} Na wasze pytania odpowiadamy tu do {{godzina następnej wiadomości}}.",
        TemplateKind.Correction =>
            $"{words.Happened.Pl} Nieprawdą jest, że {{twierdzenie}}. Prawda jest taka: {{jak jest}}. Możecie to sprawdzić sami: {{źródło}}. Na wasze pytania odpowiadamy tu do {{godzina następnej wiadomości}}.",
        TemplateKind.Faq =>
            $"Co się stało?\n{words.Happened.Pl}\n\nCzy to dotyczy mnie?\n{{kogo dotyczy}}\n\nCo robimy i co można zrobić?\n{words.Doing.Pl}\n\nGdzie pytać?\n{{telefon lub adres}}\n\nKiedy będzie następna wiadomość?\nNapiszemy tu znowu o {{godzina następnej wiadomości}}.",
        TemplateKind.ChiefExecutive =>
            $"Nazywam się {{imię i nazwisko}} i kieruję firmą {{firma}}. {words.Happened.Pl} {words.Concern.Pl} {words.Ours?.Pl ?? "Spotkało to nas wszystkich i nie zostawię was z tym bez pomocy."} {words.Doing.Pl} Moja decyzja: {{decyzja}}. {{dzień następnej wiadomości}} o {{godzina następnej wiadomości}} powiem więcej i odpowiem na pytania.",
        TemplateKind.AllClear =>
            $"{words.Over.Pl} Przepraszamy za kłopoty i dziękujemy wszystkim, którzy pomogli. Żeby się to nie powtórzyło: {{co zmieniamy}}. Nadal można się z nami skontaktować: {{telefon lub adres}}.",
    };

    [GeneratedRegex(@"\{([^{}\r\n]{1,60})\}")]
    private static partial Regex Field();
}
