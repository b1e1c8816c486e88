using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Reading;

public sealed class IntentTests
{
    [Theory]
    [InlineData("What time do you open on Sunday?", Intent.Question)]
    [InlineData("How can I change my booking?", Intent.Question)]
    [InlineData("Czy sklep jest otwarty w niedzielę?", Intent.Question)]
    [InlineData("Jak mogę zmienić adres dostawy?", Intent.Question)]
    [InlineData("Worst service ever, still waiting for my refund", Intent.Complaint)]
    [InlineData("Why is my flight delayed again? This is ridiculous", Intent.Complaint)]
    [InlineData("thanks for ruining my holiday, terrible airline", Intent.Complaint)]
    [InlineData("Aplikacja nie działa od rana, dramat", Intent.Complaint)]
    [InlineData("Czekam od trzech tygodni na paczkę i brak odpowiedzi, żenada", Intent.Complaint)]
    [InlineData("Thank you so much, great service from your team!", Intent.Praise)]
    [InlineData("Brawo, świetna obsługa, polecam każdemu!", Intent.Praise)]
    [InlineData("My daughter was injured by your swing", Intent.HarmReport)]
    [InlineData("Cała rodzina zatruła się waszą szynką", Intent.HarmReport)]
    [InlineData("I will sue you for this", Intent.Threat)]
    [InlineData("Never buying from you again", Intent.Threat)]
    [InlineData("Boycott these people", Intent.Threat)]
    [InlineData("Zgłaszam do UOKiK, nie kupujcie tam", Intent.Threat)]
    [InlineData("That's not true, they never closed the shop", Intent.FalseClaim)]
    [InlineData("this is fake news about the recall", Intent.FalseClaim)]
    [InlineData("Podobno w tych lodach jest plastik", Intent.FalseClaim)]
    [InlineData("Win a free iPhone, click here https://example.org/x", Intent.Spam)]
    [InlineData("Use code SAVE20, buy now! https://example.org", Intent.Spam)]
    [InlineData("The shop is next to the station.", Intent.Other)]
    [InlineData("", Intent.Other)]
    public void An_intent_is_read_from_plain_posts(string text, Intent intent) =>
        Assert.Equal(intent, Readings.Read(text).Intent);

    [Theory]
    [InlineData("I ate an apple today", "Apple", false)]
    [InlineData("Standing united against this", "United", false)]
    [InlineData("mamy w ogrodzie: ta biedronka jest piękna", "Biedronka", false)]
    [InlineData("I love my new Apple laptop", "Apple", true)]
    [InlineData("apple lost my order", "Apple", true)]
    [InlineData("Waiting for you @apple", "Apple", true)]
    [InlineData("Late again #united", "United", true)]
    [InlineData("The new xyzzy shop is open", "Xyzzy", true)]
    [InlineData("Nothing of the sort", "Apple", true)]
    public void Only_a_plainly_other_sense_of_the_name_is_not_about_the_brand(string text, string name, bool about) =>
        Assert.Equal(about, Readings.Read(text, Readings.Brand(name, name)).About);
}
