using System.Globalization;
using System.Text;
using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>What a column of a file can be. The names are those of <c>--map</c>.</summary>
internal enum ImportRole
{
    Text,
    Time,
    Author,
    Id,
    AuthorId,
    Name,
    Followers,
    Verified,
    Language,
    Url,
    ReplyTo,
    RepostOf,
    QuoteOf,
}

/// <summary>Which column is what.</summary>
internal sealed record ImportColumns(IReadOnlyDictionary<ImportRole, string> Of)
{
    // As they stand in exports of the networks and of listening tools, in English and Polish; compared without case, marks and signs.
    private static readonly Dictionary<ImportRole, string[]> Names = new()
    {
        [ImportRole.Text] =
        [
            "text", "fulltext", "tweet", "tweettext", "content", "message", "body", "post", "posttext", "postmessage", "caption", "comment",
            "commenttext", "mention", "mentioncontent", "snippet", "fullcontent", "hitsentence", "opisposta", "tresc", "trescposta", "tekst",
            "wiadomosc", "wpis", "komentarz", "wzmianka", "record.text",
        ],
        [ImportRole.Time] =
        [
            "createdat", "created", "createdutc", "createdtime", "time", "timestamp", "date", "datetime", "dateutc", "published", "publishedat",
            "publishedtime", "publicationdate", "posted", "postedat", "postedtime", "posttime", "tweetcreated", "sentat", "data", "czas",
            "datapublikacji", "datadodania", "datautworzenia", "dataiczas", "record.createdat",
        ],
        [ImportRole.Author] =
        [
            "author", "username", "user", "userhandle", "handle", "screenname", "screen", "from", "fromuser", "account", "acct", "authorhandle",
            "authorusername", "twitterscreenname", "influencer", "autor", "uzytkownik", "nazwauzytkownika", "konto", "nick",
            "user.screenname", "author.username", "author.handle", "account.acct",
        ],
        [ImportRole.Id] =
        [
            "id", "idstr", "tweetid", "postid", "statusid", "messageid", "mentionid", "commentid", "objectid", "documentid", "resourceid",
            "uri", "guid", "idposta", "idwpisu", "identyfikator",
        ],
        [ImportRole.AuthorId] = ["authorid", "userid", "useridstr", "fromid", "accountid", "idautora", "user.idstr", "user.id", "author.id", "author.did", "account.id"],
        [ImportRole.Name] = ["authorname", "fullname", "displayname", "realname", "authorfullname", "imieinazwisko", "user.name", "author.name", "author.displayname", "account.displayname"],
        [ImportRole.Followers] = ["followers", "followerscount", "followercount", "authorfollowers", "twitterfollowers", "obserwujacy", "liczbaobserwujacych", "user.followerscount", "account.followerscount"],
        [ImportRole.Verified] = ["verified", "isverified", "userverified", "zweryfikowany", "user.verified", "author.verified"],
        [ImportRole.Language] = ["lang", "language", "languagecode", "jezyk"],
        [ImportRole.Url] = ["url", "link", "permalink", "posturl", "tweeturl", "mentionurl", "adres", "adresurl"],
        [ImportRole.ReplyTo] = ["replyto", "inreplyto", "inreplytoid", "inreplytostatusid", "inreplytostatusidstr", "parentid", "inresponsetotweetid", "odpowiedzna"],
        [ImportRole.RepostOf] = ["repostof", "retweetof", "retweetedstatusid", "reblogof", "sharedpostid", "retweetedstatus.idstr", "reblog.id"],
        [ImportRole.QuoteOf] = ["quoteof", "quotedstatusid", "quotedstatusidstr", "quotedpostid"],
    };

    private static readonly ImportRole[] Needed = [ImportRole.Text, ImportRole.Time];

    public string? this[ImportRole role] => Of.GetValueOrDefault(role);

    /// <summary>What was asked for comes first, then names, then what the fields look like.</summary>
    public static Result<ImportColumns> Guess(
        IReadOnlyList<string> columns, IReadOnlyList<ImportFields> sample, IReadOnlyDictionary<string, string> asked)
    {
        var of = new Dictionary<ImportRole, string>();
        foreach (var (roleName, column) in asked)
        {
            if (!Enum.TryParse<ImportRole>(Fold(roleName).Replace("user", "author", StringComparison.Ordinal), ignoreCase: true, out var role) || int.TryParse(roleName, out _))
            {
                return ImportRefusals.UnknownRole(roleName, Enum.GetNames<ImportRole>().Select(n => n.ToLowerInvariant()));
            }

            if (columns.FirstOrDefault(c => c == column) is not { } exact && columns.FirstOrDefault(c => Fold(c) == Fold(column)) is not { } exact2)
            {
                return ImportRefusals.UnknownColumn(roleName, column, columns);
            }

            of[role] = columns.FirstOrDefault(c => c == column) ?? columns.First(c => Fold(c) == Fold(column));
        }

        foreach (var (role, names) in Names)
        {
            if (!of.ContainsKey(role) && Named(columns, names, of) is { } column)
            {
                of[role] = column;
            }
        }

        LookInside(columns, sample, of);
        return Needed.Where(r => !of.ContainsKey(r)).Select(r => r.ToString().ToLowerInvariant()).FirstOrDefault() is { } missing
            ? ImportRefusals.NoColumn(missing, columns)
            : new ImportColumns(of);
    }

    private static string? Named(IReadOnlyList<string> columns, string[] names, Dictionary<ImportRole, string> taken) =>
        names.Select(n => columns.FirstOrDefault(c => Fold(c) == n && !taken.ContainsValue(c))).FirstOrDefault(c => c is not null);

    private static void LookInside(IReadOnlyList<string> columns, IReadOnlyList<ImportFields> sample, Dictionary<ImportRole, string> of)
    {
        var free = columns.Where(c => !of.ContainsValue(c)).ToList();
        List<string> Fields(string column) => [.. sample.Select(f => f(column)).OfType<string>().Where(t => t.Length > 0)];
        if (!of.ContainsKey(ImportRole.Time)
            && free.Find(c => Fields(c) is { Count: > 0 } f && ImportTimes.Detect(f, monthFirst: true, ImportTimes.NearlyAll, out _) is not null) is { } time)
        {
            of[ImportRole.Time] = time;
            free.Remove(time);
        }

        if (!of.ContainsKey(ImportRole.Text)
            && free.Select(c => (Column: c, Fields: Fields(c))).Where(c => c.Fields.Count > 0 && c.Fields.Average(f => f.Count(char.IsWhiteSpace)) >= 3)
                .OrderByDescending(c => c.Fields.Average(f => f.Length)).FirstOrDefault().Column is { } text)
        {
            of[ImportRole.Text] = text;
        }
    }

    /// <summary>Lower case, without marks, and without the signs between words; a dot of a path stays.</summary>
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD).Replace('ł', 'l').Replace('Ł', 'L'))
        {
            if (char.IsLetterOrDigit(c) || c == '.')
            {
                folded.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
        }

        return folded.ToString().Trim('.');
    }
}
