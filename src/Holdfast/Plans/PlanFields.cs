using System.Globalization;
using Holdfast.Core;
using Holdfast.Core.People;

namespace Holdfast.Plans;

/// <summary>Reads the fields of a plan's form, which are called by their paths in the document, and keeps what could not be read.</summary>
internal sealed class PlanFields(IFormCollection form)
{
    private readonly List<Refusal> _refusals = [];

    public IReadOnlyList<Refusal> Refusals => _refusals;

    public bool Has(string name) => form.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value);

    public string Text(string name) => form[name].ToString().Trim();

    public IReadOnlyList<string> All(string name) => [.. form[name].Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!)];

    public double Number(string name, double otherwise)
    {
        // Both a Polish comma and an English point are a decimal sign here.
        if (double.TryParse(Text(name).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _refusals.Add(new("plan.not-a-number", "Write a number.", name));
        return otherwise;
    }

    public int Whole(string name, int otherwise)
    {
        if (int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _refusals.Add(new("plan.not-a-number", "Write a number.", name));
        return otherwise;
    }

    public TimeSpan Minutes(string name, TimeSpan otherwise)
    {
        var minutes = Number(name, otherwise.TotalMinutes);
        if (double.IsFinite(minutes) && Math.Abs(minutes) < 1_000_000)
        {
            return TimeSpan.FromMinutes(minutes);
        }

        _refusals.Add(new("plan.not-a-number", "Write a number.", name));
        return otherwise;
    }

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(Text(name), out var value) && Enum.IsDefined(value))
        {
            return value;
        }

        _refusals.Add(new("plan.no-choice", "Choose one.", name));
        return otherwise;
    }

    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum =>
        [.. All(name).Select(text => Enum.TryParse<T>(text, out var value) ? value : (T?)null).OfType<T>().Where(Enum.IsDefined).Distinct().Order()];

    public PersonId? Person(string name) => Guid.TryParse(Text(name), out var id) ? new(id) : null;

    public IReadOnlyList<PersonId> People(string name) =>
        [.. All(name).Select(text => Guid.TryParse(text, out var id) ? new PersonId(id) : (PersonId?)null).OfType<PersonId>()];
}
