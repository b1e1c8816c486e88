namespace Holdfast.Core.Listening;

/// <summary>Everything listening refuses. Codes are stable; pages translate by them.</summary>
internal static class Refusals
{
    private const string Query = "query";

    public static Refusal EmptyQuery() =>
        At("query.empty", "Write at least one word to listen for.", 0);

    public static Refusal TooLong(int length) =>
        At("query.too-long", $"The query has {length:N0} characters; at most {MonitorQuery.MaxLength:N0} are read.", MonitorQuery.MaxLength);

    public static Refusal TooManyTerms(int at) =>
        At("query.too-many-terms", $"The query has more than {MonitorQuery.MaxTerms:N0} terms. Split it into several monitors.", at);

    public static Refusal TooDeep(int at) =>
        At("query.too-deep", $"Parentheses and exclusions are nested more than {MonitorQuery.MaxDepth} deep.", at);

    public static Refusal NotText(int at) =>
        At("query.not-text", "There is a character here that is not text.", at);

    public static Refusal UnclosedQuote(int at) =>
        At("query.unclosed-quote", "This quotation mark is never closed.", at);

    public static Refusal UnclosedParenthesis(int at) =>
        At("query.unclosed-parenthesis", "This parenthesis is never closed.", at);

    public static Refusal UnopenedParenthesis(int at) =>
        At("query.unopened-parenthesis", "This parenthesis closes nothing.", at);

    public static Refusal EmptyParentheses(int at) =>
        At("query.empty-parentheses", "There is nothing between these parentheses.", at);

    public static Refusal MissingTerm(string op, int at) =>
        At("query.missing-term", $"{op} needs a term here. To search for the word itself, put it in quotes.", at);

    public static Refusal StrayMinus(int at) =>
        At("query.stray-minus", "A minus excludes what stands directly behind it: write -word, or put the sign in quotes.", at);

    public static Refusal NoLetters(string text, int at) =>
        At("query.no-letters", $"“{Short(text)}” has no letters, digits or emoji to search for.", at);

    public static Refusal LongPhrase(int at) =>
        At("query.long-phrase", $"A phrase has at most {MonitorQuery.MaxPhrase} words. Its most telling part will find the same posts.", at);

    public static Refusal MisplacedStar(int at) =>
        At("query.misplaced-star", "A star may stand only at the end of a word: refund*.", at);

    public static Refusal ShortPrefix(int at) =>
        At("query.short-prefix", $"At least {MonitorQuery.MinPrefix} letters must stand before the star.", at);

    public static Refusal BadHandle(int at) =>
        At("query.handle", "After @ comes one handle: letters, digits and _ . - without spaces.", at);

    public static Refusal BadTag(int at) =>
        At("query.tag", "After # comes one hashtag: letters, digits and _ without spaces.", at);

    public static Refusal NearNumber(int at) =>
        At("query.near-number", $"NEAR needs the number of words that may stand between, 0 to {MonitorQuery.MaxNear}: NEAR/5.", at);

    public static Refusal NearOperand(int at) =>
        At("query.near-operand", "NEAR joins words, phrases, or a group of them joined by OR. Join several NEARs by AND.", at);

    public static Refusal UnknownFilter(string name, int at) =>
        At(
            "query.unknown-filter",
            $"There is no filter “{Short(name)}:”. There are lang, network, from, has and followers; to search for the text, put it in quotes.",
            at);

    public static Refusal FilterValue(string name, string example, int at) =>
        At("query.filter-value", $"The filter {name}: is written like {example}.", at);

    public static Refusal OnlyExcludes() =>
        At("query.only-excludes", "This would match every post that does not have something. Add a word to listen for.", 0);

    public static Refusal TooBroad(int percent) =>
        At("query.too-broad", $"This would match about {percent} % of all posts. Add a word that tells them apart.", 0);

    public static Refusal Post(string property, string message) => new($"post.{property}", message, property);

    private static Refusal At(string code, string message, int position) => new(code, message, Query, position);

    private static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 39), "…");
}
