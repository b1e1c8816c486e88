using Holdfast.Shell;

namespace Holdfast.Freezing;

/// <summary>How freezes are called in pages.</summary>
internal static class FreezeWords
{
    public static string Scope<T>(FreezeLine line, Words<T> words) => line.ScopeKind switch
    {
        "brand" => words["scope.brand", line.Scope],
        "network" => words["scope.network", line.Scope],
        "account" => words["scope.account", line.Scope],
        _ => words["scope.everything"],
    };

    /// <summary>A person by name; the plan and other parts of the program in words.</summary>
    public static string Who<T>(string name, Words<T> words) => name == "plan" ? words["who.plan"] : name;
}
