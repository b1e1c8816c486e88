using Holdfast.Core.People;
using Holdfast.Core.Responses;
using Holdfast.Escalation;
using Holdfast.People;
using Holdfast.Shell;
using Npgsql;

namespace Holdfast.Responses;

/// <summary>The words of the messages that <see cref="ResponseMail"/> wrote down, as things are when they leave.</summary>
internal sealed class ResponseLetters : INoteLetters
{
    private const int Shown = 1_500;

    public async Task<Letter?> WriteAsync(NpgsqlTransaction transaction, Note note, Home home, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (kind, name) in new[] { (ResponseMail.Late, "late"), (ResponseMail.StuckReply, "stuck-reply") })
        {
            if (ResponseMail.PostOf(note.Text, kind) is var (brand, post))
            {
                var words = await WordsAsync(transaction, note.Person, cancel);
                var about = await ReplySql.PostAsync(transaction.Connection!, transaction, post, cancel);
                return Letter.Compose(
                    words["mail.language"], Subject(words, note, words[$"mail.{name}.subject", about?.To, about?.Network]), [words[$"mail.{name}"], about?.Text ?? ""],
                    [(words[$"mail.{name}.look"], $"{home.Url}/answer/{brand.Value}/{post.Value}")], words["mail.footer"]);
            }
        }

        if (IdOf(note.Text, ResponseMail.Stuck) is { } stuck)
        {
            return await StuckAsync(transaction, note, new StatementId(stuck), home, cancel);
        }

        if (IdOf(note.Text, ResponseMail.Guest) is { } link)
        {
            return await GuestAsync(transaction, note, link, home, cancel);
        }

        var ask = IdOf(note.Text, ResponseMail.Ask);
        return (ask ?? IdOf(note.Text, ResponseMail.Glass)) is { } id && await StatementSql.LockAsync(transaction, new StatementId(id), cancel) is { } statement
            ? About(await WordsAsync(transaction, note.Person, cancel), note, statement, ask is not null, home)
            : null;
    }

    // What is free again needs no mail any more.
    private static async Task<Letter?> StuckAsync(NpgsqlTransaction transaction, Note note, StatementId id, Home home, CancellationToken cancel)
    {
        if (await StatementSql.LockAsync(transaction, id, cancel) is not { } statement || await StuckSql.BecauseAsync(transaction.Connection!, transaction, id, cancel) is not { } because)
        {
            return null;
        }

        var words = await WordsAsync(transaction, note.Person, cancel);
        return Letter.Compose(
            words["mail.language"], Subject(words, note, words["mail.stuck.subject", words[$"kind.{statement.Kind}"]]), [words[$"stuck.{because}"], Text(statement)],
            [(words["mail.glass.look"], $"{home.Url}/statements/{id.Value}")], words["mail.footer"]);
    }

    private static Letter About(Words<StatementDesk> words, Note note, Statement statement, bool ask, Home home)
    {
        var kind = words[$"kind.{statement.Kind}"];
        return Letter.Compose(
            words["mail.language"],
            Subject(words, note, ask ? words["mail.ask.subject", kind, (int)statement.Level] : words["mail.glass.subject", kind]),
            [ask ? words["mail.ask"] : words["mail.glass", statement.Glass?.Reason ?? ""], Text(statement)],
            [(words[ask ? "mail.ask.look" : "mail.glass.look"], $"{home.Url}/statements/{statement.Id.Value}")],
            words["mail.footer"]);
    }

    private static async Task<Letter?> GuestAsync(NpgsqlTransaction transaction, Note note, Guid id, Home home, CancellationToken cancel)
    {
        if (await ApprovalLinkSql.FindAsync(transaction.Connection!, transaction, id, cancel) is not { } link
            || await StatementSql.LockAsync(transaction, link.Statement, cancel) is not { } statement)
        {
            return null;
        }

        var words = new Words<StatementDesk>(link.Language);
        var (token, hash) = Token.New();
        await ApprovalLinkSql.AddTokenAsync(transaction, hash, id, cancel);
        var asker = await LetterSql.ReaderAsync(transaction.Connection!, transaction, link.AskedBy, cancel);
        return Letter.Compose(
            words["mail.language"],
            Subject(words, note, words["mail.guest.subject", asker.Name, words[$"kind.{statement.Kind}"]]),
            [words["mail.guest", link.Name, asker.Name, words[$"duty.{link.Duty}"]], Text(statement)],
            [(words["mail.guest.look"], $"{home.Url}/s/{token}")],
            words["mail.guest.footer"]);
    }

    private static string Text(Statement statement)
    {
        var text = statement.Versions.Count > 0 ? statement.Versions[0].Text : "";
        return text.Length > Shown ? text[..Shown] + "…" : text;
    }

    private static string Subject(Words<StatementDesk> words, Note note, string subject) => note.PossibleRepeat ? $"{words["mail.repeat"]} {subject}" : subject;

    private static async Task<Words<StatementDesk>> WordsAsync(NpgsqlTransaction transaction, PersonId person, CancellationToken cancel) =>
        new((await LetterSql.ReaderAsync(transaction.Connection!, transaction, person, cancel)).Language);

    private static Guid? IdOf(string note, string kind) =>
        note.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(note[kind.Length..], out var id) ? id : null;
}
