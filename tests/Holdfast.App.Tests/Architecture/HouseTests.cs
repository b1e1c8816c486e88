using System.Text.RegularExpressions;
using Holdfast.Core;
using Holdfast.Shell;

namespace Holdfast.App.Tests.Architecture;

/// <summary>The rules of docs/design that no compiler checks. A failure says why the rule is there and what to do.</summary>
public sealed partial class HouseTests
{
    // DESIGN: inside Core a feature may use those before it, never those after it.
    private static readonly string[] Features =
    [
        "People", "Brands", "Listening", "Reading", "Detection", "Plans", "Situations", "Escalation", "Publishing", "Responses",
        "Briefings", "StatusPages", "Debriefs", "Drills", "Logins",
    ];

    // A plan holds the thresholds that detection evaluates, and detection reads them from it: the two know each other's records.
    private static readonly (string From, string To)[] Allowed = [("Detection", "Plans")];

    [Fact]
    public void Core_stands_on_the_base_library_alone() => SourceTree.None(
        typeof(Refusal).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
        "Core decides and does nothing else, so that every decision can be tested as a value. Move what needs a library to the app or to Networks.");

    [Fact]
    public void Core_does_no_work_of_its_own() => SourceTree.None(
        SourceTree.Files("src/Holdfast.Core")
            .Where(file => Work().IsMatch(file.Text))
            .Select(file => $"{file.Path}: {Work().Match(file.Text).Value}"),
        "Core has no files, no network, no tasks and no locks. Pass the value in, or move the code to the app.");

    [Fact]
    public void Networks_knows_Core_and_nothing_else_of_ours() => SourceTree.None(
        typeof(Networks.Notices.Mail.SmtpSender).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name != "Holdfast.Core" && !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)),
        "Networks talks to the outside and is told by the app what to say; it may not reach back. Pass it a record of Core.");

    [Fact]
    public void Inside_Core_a_feature_uses_only_those_before_it()
    {
        var offences =
            from file in SourceTree.Files("src/Holdfast.Core")
            let feature = file.Path.Split('/')[2]
            where Features.Contains(feature)
            from used in CoreUse().Matches(file.Text).Select(m => m.Groups[1].Value).Distinct()
            where Array.IndexOf(Features, used) > Array.IndexOf(Features, feature) && !Allowed.Contains((feature, used))
            select $"{file.Path} uses {used}";

        SourceTree.None(offences, "The order of features is the table in docs/design; a cycle makes each unreadable without the other. Move the shared record up, or pass the value in.");
    }

    [Fact]
    public void Every_folder_of_Core_is_a_feature_of_the_table() => SourceTree.None(
        SourceTree.Files("src/Holdfast.Core").Select(file => file.Path.Split('/')).Where(parts => parts.Length > 3).Select(parts => parts[2]).Distinct().Except(Features),
        "A folder that is not in the table has no place in the order of features. Put the code into its feature, or give the table a row.");

    [Fact]
    public void Only_Networks_opens_connections_to_the_outside() => SourceTree.None(
        SourceTree.Files("src/Holdfast", "src/Holdfast.Core")
            .Where(file => Outside().IsMatch(file.Text) && !file.Path.StartsWith("src/Holdfast/Database/PrivatePostgres", StringComparison.Ordinal))
            .Select(file => $"{file.Path}: {Outside().Match(file.Text).Value}"),
        "What leaves the house is in one place, so that a freeze or a drill can be proven to stop it. Write the client in src/Holdfast.Networks.");

    [Fact]
    public void Statements_are_run_only_in_Sql_files_and_in_Database() => SourceTree.None(
        SourceTree.Files("src")
            .Where(file => !file.Name.EndsWith("Sql.cs", StringComparison.Ordinal) && !file.Path.StartsWith("src/Holdfast/Database/", StringComparison.Ordinal))
            .Where(file => Statements().IsMatch(file.Text))
            .Select(file => $"{file.Path}: {Statements().Match(file.Text).Value}"),
        "Who wants to know what the database is asked looks into XxxSql.cs and finds all of it. Move the statement there; hand transactions on as they are.");

    [Fact]
    public void A_file_can_be_held_in_the_head() => SourceTree.None(
        SourceTree.Files("src", "tests", "benchmarks")
            .Where(file => file.Lines > (file.IsPage ? 150 : 300))
            .Select(file => $"{file.Path}: {file.Lines} lines"),
        "300 lines, and about 120 for a page (150 fails), are what one takes in at once. Split by what the parts are about, not by size.");

    [Fact]
    public void A_namespace_says_where_the_file_lies()
    {
        var offences =
            from file in SourceTree.Files("src", "tests", "benchmarks")
            where !file.IsPage
            let written = Namespace().Match(file.Text) is { Success: true } match ? match.Groups[1].Value : null
            let folder = string.Join('.', file.Path.Split('/')[1..^1])
            where written is not null && written != folder
            select $"{file.Path}: {written}, expected {folder}";

        SourceTree.None(offences, "A reader finds a file by its namespace without searching. Rename the namespace or move the file.");
    }

    [Fact]
    public void No_file_is_named_after_nothing() => SourceTree.None(
        SourceTree.Files("src").Where(file => Empty().IsMatch(file.Name)).Select(file => file.Path),
        "Manager, Helper, Utils, Common and Service say nothing about what is inside. Name it after the noun or verb of the business.");

    [Fact]
    public void A_page_asks_only_for_news_that_it_is_told() => SourceTree.None(
        from file in SourceTree.Files("src")
        where file.IsPage
        from Match asked in Asked().Matches(file.Text)
        where !ChangesApi.IsKnown(asked.Groups[1].Value)
        select $"{file.Path}: {asked.Value}",
        "A topic that ChangesApi does not know is never told, and the page stands still. Add it there.");

    [GeneratedRegex(@"changed:([a-z-]+)(?= from:body)")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\busing Holdfast\.Core\.(\w+)|\bHoldfast\.Core\.(?=\w)(\w+)")]
    private static partial Regex CoreUse();

    [GeneratedRegex(@"\busing System\.(IO(?!\.Compression)|Net|Threading\.Tasks|Diagnostics\.Process)\b|\bTask<|\basync \w|\bFile\.\w+\(|\bDirectory\.\w+\(|\bConsole\.|\bEnvironment\.(Get|Machine)|\bnew Random\(\)")]
    private static partial Regex Work();

    [GeneratedRegex(@"\bnew (HttpClient|TcpClient|Socket|SmtpClient|UdpClient|ClientWebSocket)\b|\bIHttpClientFactory\b|\bAddHttpClient\b|\bHttpClient \w")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\busing Dapper\b|\bNpgsqlCommand\b|\bNpgsqlBatch\b|\bCreateCommand\(|\bBegin(Binary|Text)\w+\(")]
    private static partial Regex Statements();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(Manager|Helper|Helpers|Utils|Util|Common|Service)\.(cs|razor)$")]
    private static partial Regex Empty();
}
