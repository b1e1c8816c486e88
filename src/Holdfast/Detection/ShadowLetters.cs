using Holdfast.Core.Drills;
using Holdfast.Escalation;
using Holdfast.Shell;
using Npgsql;

namespace Holdfast.Detection;

/// <summary>The words of the weekly report that <see cref="ShadowDesk"/> wrote down.</summary>
internal sealed class ShadowLetters : INoteLetters
{
    public async Task<Letter?> WriteAsync(NpgsqlTransaction transaction, Note note, Home home, DateTimeOffset now, CancellationToken cancel)
    {
        if (ShadowDesk.WeekOf(note.Text) is not var (id, from) || await ShadowDesk.ReadAsync(transaction, id, from, cancel) is not { Week: { } week, Brand: var brand })
        {
            return null;
        }

        var words = new Words<BacktestRuns>((await LetterSql.ReaderAsync(transaction.Connection!, transaction, note.Person, cancel)).Language);
        var subject = words["shadow.mail.subject", brand.Name];
        return Letter.Compose(
            words["shadow.mail.language"],
            note.PossibleRepeat ? $"{words["shadow.mail.repeat"]} {subject}" : subject,
            Lines(week, words),
            [(words["shadow.mail.look"], $"{home.Url}/brands/{id.Value}/backtest#shadow")],
            words["shadow.mail.footer", brand.Name]);
    }

    private static IEnumerable<string> Lines(ShadowWeek week, Words<BacktestRuns> words)
    {
        var rules = week.Signals.Select(run => run.Subject.Rule).Distinct().Select(rule => BacktestTold.Rule(rule, words));
        yield return words["shadow.mail.said", week.Signals.Count, string.Join(", ", rules)];
        yield return week.Lead is { } lead ? words["shadow.mail.sooner", week.Sooner, BacktestTold.Long(lead, words)] : words["shadow.mail.no-sooner"];
        yield return week.Extra.Count > 0 ? words["shadow.mail.extra", week.Extra.Count] : words["shadow.mail.no-extra"];
        yield return words["shadow.why"];
    }
}
