using System.Text.Json.Serialization;
using Holdfast.Core;
using Holdfast.Core.Brands;
using Holdfast.Core.Listening;
using Holdfast.Database;

namespace Holdfast.Listening;

/// <summary>What became of one element of a delivery.</summary>
internal sealed record WebhookItemAnswer(
    int Index, string? Id, [property: JsonConverter(typeof(JsonStringEnumConverter<IntakeVerdict>))] IntakeVerdict Outcome,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Property);

/// <summary>The answer to a delivery. <paramref name="Repeated"/>: the id was seen before and nothing was done.</summary>
internal sealed record WebhookAnswer(
    int Accepted, int Duplicate, int Edited, int Unmatched, int Rejected, bool Repeated, IReadOnlyList<WebhookItemAnswer> Items);

/// <summary><c>POST /intake/{source}</c>: signed deliveries. 2xx is only answered after the commit.</summary>
internal static class WebhookApi
{
    private const int MaxBody = 1024 * 1024;
    private const string RetryAfterSeconds = "2";
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(20);

    public static void MapWebhook(this IEndpointRouteBuilder app) =>
        app.MapPost("/intake/{source:guid}", PostAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> PostAsync(
        Guid source, HttpRequest request, Store store, SourceDesk sources, IntakeDesk intake, TimeProvider time, CancellationToken cancel)
    {
        var answered = await AnswerAsync(new(source), request, store, sources, intake, time, cancel);
        if (answered.Succeeded(out var answer))
        {
            return TypedResults.Json(answer, statusCode: Status(answer));
        }

        if (Problems.Status(answered.Refusals[0].Code) is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return Problems.Of(answered.Refusals);
    }

    /// <summary>207 where only a part was taken; 422 where nothing could be read.</summary>
    private static int Status(WebhookAnswer answer) => answer switch
    {
        { Rejected: 0 } => StatusCodes.Status200OK,
        _ when answer.Rejected == answer.Items.Count => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status207MultiStatus,
    };

    private static async Task<Result<WebhookAnswer>> AnswerAsync(
        SourceId id, HttpRequest request, Store store, SourceDesk sources, IntakeDesk intake, TimeProvider time, CancellationToken cancel)
    {
        var delivery = request.Headers["webhook-id"].ToString();
        var read = await ReadAsync(request, time, cancel);
        if (!read.Succeeded(out var body))
        {
            return Result<WebhookAnswer>.Refused(read.Refusals);
        }

        WebhookSource? source;
        try
        {
            await using var connection = await store.OpenAsync(cancel);
            source = await SourceSql.WebhookAsync(connection, id, delivery);
            var refusal = source is null
                ? IntakeRefusals.WrongSignature
                : WebhookSignature.Check(
                    sources.Opened(source.Secret), delivery, request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], body, time.GetUtcNow());
            if (refusal is not null)
            {
                await SourceSql.FailAsync(connection, id, refusal.Message, time.GetUtcNow());
                return refusal;
            }
        }
        catch (Npgsql.NpgsqlException)
        {
            return IntakeRefusals.Unavailable;
        }

        if (source!.Seen)
        {
            return new WebhookAnswer(0, 0, 0, 0, 0, Repeated: true, []);
        }

        var parsed = new WebhookBody(source.Network, delivery, () => new(Ids.New(time)), time.GetUtcNow()).Read(body);
        return parsed.Succeeded(out var content)
            ? await HandInAsync(source, delivery, content, intake, cancel)
            : Result<WebhookAnswer>.Refused(parsed.Refusals);
    }

    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request, TimeProvider time, CancellationToken cancel)
    {
        if (!request.HasJsonContentType() || request.Headers.ContentEncoding.Count > 0)
        {
            return IntakeRefusals.NotJsonType;
        }

        if (request.ContentLength > MaxBody)
        {
            return IntakeRefusals.TooLarge;
        }

        using var patience = new CancellationTokenSource(BodyPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        var body = new byte[Math.Min(MaxBody, request.ContentLength ?? MaxBody) + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, either.Token);
        return length > MaxBody ? IntakeRefusals.TooLarge : body[..length];
    }

    private static async Task<Result<WebhookAnswer>> HandInAsync(
        WebhookSource source, string delivery, WebhookDelivery content, IntakeDesk intake, CancellationToken cancel)
    {
        var readable = content.Items.Where(i => i.Item is not null).ToList();
        var submission = new IntakeSubmission(
            new(source.Id, source.Brands.Select(b => new BrandId(b)).ToHashSet()),
            readable.ConvertAll(i => i.Item!),
            [.. content.Items.Where(i => i.Unreadable is not null).Select(i => i.Unreadable!)],
            // What was refused whole may be mended and sent again under the same id.
            readable.Count > 0 ? delivery : null);
        var handed = await intake.OfferAsync(submission, cancel);
        if (!handed.Succeeded(out var receipt))
        {
            return Result<WebhookAnswer>.Refused(handed.Refusals);
        }

        var outcomes = new Queue<IntakeOutcome>(receipt.Outcomes);
        var items = content.Items.Select((item, index) => item.Item is not null && outcomes.Dequeue() is var outcome
            ? new WebhookItemAnswer(index, item.NetworkId, outcome.Verdict, outcome.Reason, null)
            : new WebhookItemAnswer(index, item.NetworkId, IntakeVerdict.Rejected, item.Unreadable!.Reason, item.Refusals[0].Property)).ToList();
        int Count(IntakeVerdict verdict) => items.Count(i => i.Outcome == verdict);
        return new WebhookAnswer(
            Count(IntakeVerdict.Accepted), Count(IntakeVerdict.Duplicate), Count(IntakeVerdict.Edited), Count(IntakeVerdict.Unmatched),
            Count(IntakeVerdict.Rejected), Repeated: false, items);
    }
}
