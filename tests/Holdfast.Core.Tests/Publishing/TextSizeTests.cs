using Holdfast.Core.Publishing;

namespace Holdfast.Core.Tests.Publishing;

public sealed class TextSizeTests
{
    private static readonly TextRule Bluesky = new(TextCount.Graphemes, 300, 3000);

    [Theory]
    [InlineData("", 0)]
    [InlineData("Zażółć gęślą jaźń", 17)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧‍👦", 1)]
    [InlineData("👍🏽!", 2)]
    [InlineData("🇵🇱🇺🇦", 2)]
    [InlineData("\r\n", 1)]
    [InlineData("각", 1)]
    public void Bluesky_counts_what_a_reader_takes_for_one_character(string text, int length) =>
        Assert.Equal(length, TextSize.Of(text, Bluesky).Length);

    [Fact]
    public void What_is_too_long_says_by_how_much()
    {
        var size = TextSize.Of(new string('a', 312), Bluesky);
        Assert.Equal((312, 12, 0, false, -12), (size.Length, size.Over, size.BytesOver, size.Fits, size.Left));
    }

    [Fact]
    public void Few_characters_of_many_bytes_are_too_long_all_the_same()
    {
        var size = TextSize.Of(string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 150)), Bluesky);
        Assert.Equal((150, 0, (150 * 25) - 3000, false), (size.Length, size.Over, size.BytesOver, size.Fits));
    }

    [Fact]
    public void Just_what_fits_fits() => Assert.True(TextSize.Of(new string('ż', 300), Bluesky).Fits);
}
