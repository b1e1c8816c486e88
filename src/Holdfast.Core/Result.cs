using System.Diagnostics.CodeAnalysis;

namespace Holdfast.Core;

/// <summary>An expected refusal: a stable code for programs, a sentence for people, and the field it is about.</summary>
/// <param name="Code">Stable, dotted, lower case: <c>query.unclosed-quote</c>.</param>
/// <param name="Message">One plain English sentence that says what and where; pages translate by code.</param>
/// <param name="Property">The form field or JSON property it is about, or null.</param>
/// <param name="Position">Zero-based offset in the text that was refused, or null.</param>
public sealed record Refusal(string Code, string Message, string? Property = null, int? Position = null);

/// <summary>Either a value or the refusals that say why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly IReadOnlyList<Refusal>? _refusals;

    private Result(T? value, IReadOnlyList<Refusal>? refusals) => (_value, _refusals) = (value, refusals);

    public IReadOnlyList<Refusal> Refusals => _refusals ?? [];

    public bool Succeeded([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return _refusals is null;
    }

    /// <summary>The value; throws where there is none, so call it only after a check.</summary>
    public T Value => _refusals is null ? _value! : throw new InvalidOperationException(_refusals[0].Message);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, [refusal]);

    public static Result<T> Refused(IReadOnlyList<Refusal> refusals) => new(default, refusals);
}
