namespace Holdfast.Core.Plans;

/// <summary>The same sentence in both languages of the product.</summary>
public sealed record LocalText(string En, string Pl)
{
    /// <summary><paramref name="language"/> is that of a person; anything but <c>pl</c> reads English.</summary>
    public string In(string language) => language == "pl" ? Pl : En;
}
