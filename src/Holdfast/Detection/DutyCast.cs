using Holdfast.Core.People;
using Holdfast.Core.Plans;

namespace Holdfast.Detection;

/// <summary>The template of a plan in which every duty is held by somebody called like the duty: who would be paged, where nobody is known.</summary>
internal static class DutyCast
{
    public static CrisisPlan Plan { get; } = CrisisPlan.Template() with
    {
        Duties = [.. Enum.GetValues<DutyKind>().Select(kind => Duty.Held(kind, Person(kind)))],
    };

    public static string Name(PersonId person) =>
        Enum.GetValues<DutyKind>().Where(kind => Person(kind) == person).Select(kind => kind.ToString()).FirstOrDefault("?");

    private static PersonId Person(DutyKind kind) => new(new Guid((int)kind + 1, 0, 0, new byte[8]));
}
