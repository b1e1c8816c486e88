using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Holdfast.Core;

namespace Holdfast.Shell;

// How a sentence gets into a page:
//   1. Put it under a key into your feature's Words.resx (English) and Words.pl.resx (Polish), beside your pages.
//      Keys are dotted and lower case: "room.raise", "room.raise.hint". {0}, {1} stand for values.
//   2. In a component:  @inject Words<YourPage> T   – any type of your feature; its namespace names the resource file.
//      T["room.raise"]   T["room.since", time]   T.Count("room.people", 3)   T.Of(refusal)
//      T.Count takes key.one, key.few (Polish: 2–4, 22–24 …) and key.many; {0} is the number, {1}… what you add.
//      T.Of(refusal) takes "refusal.<code>" where your feature has it, else the refusal's own English sentence.
//   3. Where there is no request (a mail, a page to someone's phone): new Words<YourDesk>(person.Language).
// A test reads all sources: a key that is missing in one language, or that nobody uses, fails it. Keys put together
// in code are written with their beginning in the literal – T[$"level.{n}"] – which counts as a use of all "level.*".

/// <summary>The sentences of one feature, in the language of the request or in a given one.</summary>
internal sealed class Words<TOfFeature>
{
    private static readonly ResourceManager Resources = WordsResources.Of(typeof(TOfFeature));
    private readonly CultureInfo? _culture;

    public Words()
    {
    }

    public Words(string language) => _culture = Languages.Culture(language);

    private CultureInfo Culture => _culture ?? CultureInfo.CurrentUICulture;

    public string this[string key] =>
        Resources.GetString(key, Culture) ?? throw new MissingManifestResourceException($"{typeof(TOfFeature).Namespace} has no words for '{key}'.");

    public string this[string key, params object?[] values] => string.Format(Culture, this[key], values);

    public string Count(string key, long count, params object?[] more) =>
        string.Format(Culture, this[$"{key}.{Languages.PluralForm(Culture, count)}"], [count, .. more]);

    public string Of(Refusal refusal) => Resources.GetString($"refusal.{refusal.Code}", Culture) ?? refusal.Message;
}

/// <summary>One manager a feature, shared by all its types.</summary>
internal static class WordsResources
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Managers = new();

    public static ResourceManager Of(Type type) =>
        Managers.GetOrAdd(type.Namespace!, name => new ResourceManager($"{name}.Words", Assembly.GetExecutingAssembly()));
}
