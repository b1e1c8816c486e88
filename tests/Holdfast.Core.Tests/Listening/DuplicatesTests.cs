using Holdfast.Core.Listening;

namespace Holdfast.Core.Tests.Listening;

public sealed class DuplicatesTests
{
    [Theory]
    [InlineData("They broke my guitar and laughed", "they BROKE my guitar, and laughed!!!")]
    [InlineData("They broke my guitar and laughed", "@united they broke my guitar and laughed https://x.pl/abc")]
    [InlineData("They broke my guitar and laughed", "RT @ania: They broke  my\nguitar and laughed")]
    [InlineData("Zgubili mój bagaż i milczą", "Zgubili moj bagaz i milcza")]
    public void Copies_have_one_key(string one, string other)
    {
        Assert.NotEqual(Duplicates.None, Duplicates.Key(one));
        Assert.Equal(Duplicates.Key(one), Duplicates.Key(other));
    }

    [Theory]
    [InlineData("They broke my guitar and laughed", "They broke my guitar and cried")]
    [InlineData("They broke my guitar and laughed", "laughed They broke my guitar and")]
    [InlineData("They broke my guitar and laughed", "They broke my guitar and laughed 😡")]
    [InlineData("a bc they broke my guitar", "ab c they broke my guitar")]
    public void Different_words_have_different_keys(string one, string other)
    {
        Assert.NotEqual(Duplicates.Key(one), Duplicates.Key(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Worst airline ever!")]
    [InlineData("@united @delta @jetblue @virgin @southwest thanks https://x.pl/a/b/c/d/e/f")]
    [InlineData("i am so so mad")]
    public void A_short_text_is_no_copy(string text)
    {
        Assert.Equal(Duplicates.None, Duplicates.Key(text));
    }

    // The keys are stored: whoever changes the folding sees it here and must rewrite them in the database.
    [Theory]
    [InlineData("They broke my guitar and laughed", 6031820712608696283L)]
    [InlineData("Zgubili mój bagaż i milczą 😡 #UnitedFail", -950214880376863763L)]
    public void Keys_never_change(string text, long key)
    {
        Assert.Equal(key, Duplicates.Key(text));
    }
}
