using System.Threading.Channels;

namespace Holdfast.Listening;

/// <summary>
/// What waits between those who hand in and the one worker who stores. Bounded in posts and in bytes: when it is full, a webhook is told
/// to come back and an import waits; nothing is dropped.
/// </summary>
internal sealed class IntakeQueue
{
    public const int MaxBatch = 1_000;
    private const int MaxPosts = 10_000;
    private const long MaxBytes = 64L * 1024 * 1024;

    private readonly Channel<IntakeSubmission> _channel = Channel.CreateUnbounded<IntakeSubmission>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private int _posts;
    private long _bytes;
    private bool _closed;
    private TaskCompletionSource _space = NewSignal();

    public int Waiting => Volatile.Read(ref _posts);

    /// <summary>False where it is full.</summary>
    /// <exception cref="ChannelClosedException">The worker is stopping.</exception>
    public bool TryEnqueue(IntakeSubmission submission) => TryEnqueue(submission, out _);

    /// <summary>Waits for space.</summary>
    public async ValueTask EnqueueAsync(IntakeSubmission submission, CancellationToken cancel)
    {
        while (!TryEnqueue(submission, out var space))
        {
            await space.WaitAsync(cancel);
        }
    }

    /// <summary>Waits for the first submission, then takes what else is there up to <see cref="MaxBatch"/> posts; null at the end.</summary>
    /// <remarks>It does not linger for more: while one batch commits the next one gathers, so a lone post is never held up.</remarks>
    public async ValueTask<IReadOnlyList<IntakeSubmission>?> TakeAsync(CancellationToken cancel)
    {
        if (!await _channel.Reader.WaitToReadAsync(cancel))
        {
            return null;
        }

        var batch = new List<IntakeSubmission>();
        var posts = 0;
        while (_channel.Reader.TryPeek(out var next) && (batch.Count == 0 || posts + Weight(next) <= MaxBatch)
            && _channel.Reader.TryRead(out var submission))
        {
            batch.Add(submission);
            posts += Weight(submission);
        }

        return batch;
    }

    /// <summary>To be called when a batch has left memory.</summary>
    public void Release(IReadOnlyList<IntakeSubmission> batch)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _posts -= batch.Sum(Weight);
            _bytes -= batch.Sum(s => s.Bytes);
            (waiting, _space) = (_space, NewSignal());
        }

        waiting.TrySetResult();
    }

    /// <summary>Nothing more is taken in; what waits is handed out to be settled.</summary>
    public IReadOnlyList<IntakeSubmission> Close()
    {
        lock (_lock)
        {
            _closed = true;
            _channel.Writer.TryComplete();
        }

        var left = new List<IntakeSubmission>();
        while (_channel.Reader.TryRead(out var submission))
        {
            left.Add(submission);
        }

        Release(left);
        return left;
    }

    private bool TryEnqueue(IntakeSubmission submission, out Task space)
    {
        lock (_lock)
        {
            space = _space.Task;
            if (_closed)
            {
                throw new ChannelClosedException("The intake is stopping.");
            }

            // One that is larger than all the space there is passes alone rather than never.
            if (_posts > 0 && (_posts + Weight(submission) > MaxPosts || _bytes + submission.Bytes > MaxBytes))
            {
                return false;
            }

            _posts += Weight(submission);
            _bytes += submission.Bytes;
            return _channel.Writer.TryWrite(submission);
        }
    }

    private static int Weight(IntakeSubmission submission) => Math.Max(1, submission.Items.Count + submission.Unreadable.Count);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
