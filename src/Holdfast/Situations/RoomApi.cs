using System.Globalization;
using System.Security.Claims;
using Holdfast.Core.People;
using Holdfast.Core.Situations;
using Holdfast.People;
using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Situations;

/// <summary>The work in the room: tasks, lines, decisions, promises, notes, who leads.</summary>
internal static class RoomApi
{
    private const int MostMinutes = 60 * 24 * 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var room = routes.MapGroup("/situations/{id:guid}").RequireAuthorization(nameof(Permission.Respond));
        room.MapPost("/lead", (Guid id, SituationDesk desk, ClaimsPrincipal user, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.TakeLead(s, user.PersonId())));
        room.MapPost("/hand-over", (Guid id, [FromForm] Guid to, [FromForm] string? note, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.HandOver(s, new PersonId(to), note), "doing"));

        room.MapPost("/tasks", (Guid id, [FromForm] string? text, [FromForm] string? owner, [FromForm] string? minutes, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, now) => SituationDecisions.AddTask(s, text, Person(owner), Due(minutes, now)), "doing"));
        room.MapPost("/tasks/{task:int}/done", (Guid id, int task, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.TickTask(s, task), "doing"));
        room.MapPost("/tasks/{task:int}/drop", (Guid id, int task, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.DropTask(s, task, reason), "doing"));

        room.MapPost("/lines", (Guid id, [FromForm] Board board, [FromForm] string? text, [FromForm] int? replaces, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.ChangeLine(s, board, text, replaces), "known"));
        room.MapPost("/decisions", (Guid id, [FromForm] string? decision, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.Decide(s, decision, reason), "known"));
        room.MapPost("/promises", (Guid id, [FromForm] string? text, [FromForm] string? minutes, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, now) => SituationDecisions.Promise(s, text, Due(minutes, now) ?? now, now), "known"));
        room.MapPost("/promises/{promise:int}/kept", (Guid id, int promise, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.KeepPromise(s, promise), "known"));

        room.MapPost("/notes", (Guid id, [FromForm] string? text, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.Note(s, text), "timeline"));
        room.MapPost("/entries/{entry:int}/strike", (Guid id, int entry, [FromForm] string? reason, SituationDesk desk, HttpContext context) =>
            SituationApi.ActAsync(context, desk, id, (s, _) => SituationDecisions.StrikeThrough(s, entry, reason), "timeline"));
    }

    private static PersonId? Person(string? id) => Guid.TryParse(id, out var person) ? new PersonId(person) : null;

    /// <summary>So many minutes from now; null where none, or no sensible number, was given.</summary>
    private static DateTimeOffset? Due(string? minutes, DateTimeOffset now) =>
        int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostMinutes ? now.AddMinutes(count) : null;
}
