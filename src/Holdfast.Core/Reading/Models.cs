namespace Holdfast.Core.Reading;

/// <summary>The trained models, embedded. Made by <c>./bench train</c>; their cards are in docs/models.</summary>
internal static class Models
{
    public static IReadOnlyList<LinearModel> Load(string name)
    {
        using var stream = Open(name);
        return LinearModel.Read(stream);
    }

    public static Stream Open(string name) =>
        typeof(Models).Assembly.GetManifestResourceStream($"Holdfast.Core.Reading.{name}")
        ?? throw new InvalidOperationException($"The model {name} is not in this build.");
}
