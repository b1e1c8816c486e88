using Holdfast.Core.Reading;

namespace Holdfast.Core.Tests.Reading;

public sealed class RiskTests
{
    [Theory]
    [InlineData("My son was injured by your chair yesterday", RiskKind.Injury, "injured")]
    [InlineData("Three people got hurt when the shelf fell", RiskKind.Injury, "people got hurt")]
    [InlineData("She had to be rushed to the hospital", RiskKind.Injury, "rushed to the hospital")]
    [InlineData("Your kettle burned my hand badly", RiskKind.Injury, "burned my")]
    [InlineData("I can't believe he was hurt and you do nothing", RiskKind.Injury, "was hurt")]
    [InlineData("No apology for the injured passengers, nothing", RiskKind.Injury, "injured")]
    [InlineData("found a piece of glass in the yoghurt", RiskKind.Injury, "piece of glass in")]
    [InlineData("Did you know that 3 people were injured in your store?", RiskKind.Injury, "injured")]
    [InlineData("A passenger died on board tonight", RiskKind.Death, "died")]
    [InlineData("2 dead after the accident at the plant", RiskKind.Death, "2 dead")]
    [InlineData("your dog food killed my dog", RiskKind.Death, "killed my dog")]
    [InlineData("half of us have food poisoning after the buffet", RiskKind.Poisoning, "food poisoning")]
    [InlineData("The whole family got sick after eating it", RiskKind.Poisoning, "got sick after")]
    [InlineData("Salmonella in the eggs, says the inspector", RiskKind.Poisoning, "Salmonella")]
    [InlineData("There is a class action against them", RiskKind.Lawsuit, "class action")]
    [InlineData("I will sue you for this", RiskKind.Lawsuit, "will sue")]
    [InlineData("You'll be hearing from my lawyer", RiskKind.Lawsuit, "hearing from my lawyer")]
    [InlineData("They are being sued by their own staff", RiskKind.Lawsuit, "sued")]
    [InlineData("The car seat has been recalled, check yours", RiskKind.Recall, "recalled")]
    [InlineData("Product recall announced for all 2014 models", RiskKind.Recall, "recall")]
    [InlineData("huge data breach, everyone change your password", RiskKind.Breach, "data breach")]
    [InlineData("My account got hacked through your app", RiskKind.Breach, "hacked")]
    [InlineData("The clerk was openly racist to my wife", RiskKind.Discrimination, "racist")]
    [InlineData("Their manager got arrested this morning", RiskKind.Arrest, "arrested")]
    [InlineData("The pilots are on strike from Monday", RiskKind.Strike, "pilots are on strike")]
    [InlineData("400 people laid off by mail", RiskKind.LayOff, "laid off")]
    [InlineData("The CFO is accused of fraud", RiskKind.Fraud, "fraud")]
    [InlineData("Time to boycott them all", RiskKind.Boycott, "boycott")]
    [InlineData("the charger caught fire overnight", RiskKind.Fire, "caught fire")]
    [InlineData("your warehouse is on fire, whole sky is black", RiskKind.Fire, "warehouse is on fire")]
    [InlineData("Trzy osoby zostały ranne, są poszkodowani", RiskKind.Injury, "ranne")]
    [InlineData("Moja córka trafiła do szpitala po waszych lodach", RiskKind.Injury, "trafiła do szpitala")]
    [InlineData("corka poparzyla sie waszym czajnikiem", RiskKind.Injury, "poparzyla")]
    [InlineData("Nie wierzę, że ktoś został ranny! Są ofiary, poszkodowanych dwoje", RiskKind.Injury, "poszkodowanych")]
    [InlineData("W wypadku zginęły dwie osoby", RiskKind.Death, "zginęły")]
    [InlineData("Pracownik zmarł na hali, kierowca nie żyje", RiskKind.Death, "nie żyje")]
    [InlineData("Zatruliśmy się waszą sałatką", RiskKind.Poisoning, "Zatruliśmy")]
    [InlineData("zatrucie po jedzeniu z tej restauracji", RiskKind.Poisoning, "zatrucie")]
    [InlineData("Składam pozew przeciwko wam", RiskKind.Lawsuit, "pozew")]
    [InlineData("Spotkamy się w sądzie", RiskKind.Lawsuit, "Spotkamy się w sądzie")]
    [InlineData("Producent wycofuje z rynku całą partię", RiskKind.Recall, "wycofuje z rynku całą partię")]
    [InlineData("Wyciek danych klientów, zmieńcie hasła", RiskKind.Breach, "Wyciek danych")]
    [InlineData("ta reklama jest rasistowska", RiskKind.Discrimination, "rasistowska")]
    [InlineData("Prezes aresztowany przez CBA", RiskKind.Arrest, "aresztowany")]
    [InlineData("Od poniedziałku strajk kurierów", RiskKind.Strike, "strajk")]
    [InlineData("zwolnienia grupowe, 300 osób na bruk", RiskKind.LayOff, "zwolnienia grupowe")]
    [InlineData("to zwykłe oszustwo i wyłudzenie", RiskKind.Fraud, "oszustwo")]
    [InlineData("bojkotujmy ich wszyscy", RiskKind.Boycott, "bojkotujmy")]
    [InlineData("Pożar w waszym magazynie na Woli", RiskKind.Fire, "Pożar")]
    [InlineData("zapaliła się bateria w hulajnodze", RiskKind.Fire, "zapaliła się bateria")]
    [InlineData("Nie tylko pożar, ale i ranni", RiskKind.Injury, "ranni")]
    public void A_risk_is_found_with_its_words_as_written(string text, RiskKind kind, string words)
    {
        var risk = Readings.Read(text).Risk;
        Assert.NotNull(risk);
        Assert.Contains(new RiskWord(kind, words), risk.Words);
        Assert.True(risk.Credible, risk.Ground.ToString());
        Assert.Equal(risk.Words.Max(w => RiskTable.LevelOf(w.Kind)), risk.Level);
    }

    [Theory]
    [InlineData("Thankfully no one was hurt")]
    [InlineData("nobody in the building was injured")]
    [InlineData("No passengers or crew were injured")]
    [InlineData("no deaths or injuries reported")]
    [InlineData("There were no injuries.")]
    [InlineData("He wasn't hurt at all")]
    [InlineData("She didn't die, stop it")]
    [InlineData("Injuries: none")]
    [InlineData("This is not a recall")]
    [InlineData("There is no lawsuit against us")]
    [InlineData("the recall is fake")]
    [InlineData("without any injuries")]
    [InlineData("You guys are killing it!")]
    [InlineData("you guys killed it for rescheduling me asap, thank you")]
    [InlineData("dying of laughter")]
    [InlineData("I died laughing at this ad")]
    [InlineData("I would kill for one of those burgers")]
    [InlineData("All fired up for tonight")]
    [InlineData("please fire the captain of that flight")]
    [InlineData("my phone died while I was on hold")]
    [InlineData("3hrs on hold, dead phone")]
    [InlineData("passengers who killed the buzz")]
    [InlineData("I can't recall my password")]
    [InlineData("I recall seeing this ad before")]
    [InlineData("United strikes again, late as always")]
    [InlineData("that hurt my feelings")]
    [InlineData("add insult to injury")]
    [InlineData("I was bored to death")]
    [InlineData("call the fraud department of your bank")]
    [InlineData("we have an issue with this tissue")]
    [InlineData("fatal error 0x80 again")]
    [InlineData("a balance to strike between price and quality")]
    [InlineData("new flavour, an explosion of taste")]
    [InlineData("Nikt nie ucierpiał")]
    [InlineData("Na szczęście nie ma rannych")]
    [InlineData("Rannych nie ma")]
    [InlineData("Obyło się bez ofiar śmiertelnych")]
    [InlineData("nikomu nic się nie stało, pożaru nie było")]
    [InlineData("To nie jest oszustwo")]
    [InlineData("Żadnych zwolnień grupowych nie planujemy")]
    [InlineData("zginęła mi paczka")]
    [InlineData("Paczka zginęła gdzieś w sortowni")]
    [InlineData("śmiertelnie nudny film")]
    [InlineData("wybuchłem śmiechem")]
    [InlineData("To mnie zabiło, cudowne")]
    [InlineData("system nie pozwala mi się zalogować")]
    [InlineData("Bez zwłoki proszę o kontakt")]
    [InlineData("telefon nie żyje od rana")]
    [InlineData("the pharmacy is closed today")]
    [InlineData("amazing hospitality from your crew")]
    [InlineData("po prostu fatalna obsługa")]
    [InlineData("ale bym się coli napiła")]
    [InlineData("bad idea 2 allow the dead to vote")]
    [InlineData("helped a wounded vet get home")]
    [InlineData("kto mieczem wojuje, ten od miecza ginie")]
    public void What_is_denied_or_a_manner_of_speaking_is_no_risk(string text) =>
        Assert.Null(Readings.Read(text).Risk);

    [Theory]
    [InlineData("Was anyone hurt?", RiskGround.Asked)]
    [InlineData("Is there a recall on this model?", RiskGround.Asked)]
    [InlineData("@acme czy są ranni?", RiskGround.Asked)]
    [InlineData("Someone could get hurt here", RiskGround.Possible)]
    [InlineData("fix this before someone is injured", RiskGround.Possible)]
    [InlineData("Zróbcie coś, zanim ktoś zginie albo będą ranni", RiskGround.Possible)]
    [InlineData("I heard that two people were injured", RiskGround.Heard)]
    [InlineData("Podobno ktoś zmarł po tym leku", RiskGround.Heard)]
    [InlineData("this ad killed me, people are dying 😂😂", RiskGround.Joked)]
    public void What_is_only_asked_heard_possible_or_a_joke_is_not_credible(string text, RiskGround ground)
    {
        var risk = Readings.Read(text).Risk;
        Assert.NotNull(risk);
        Assert.Equal((ground, false), (risk.Ground, risk.Credible));
    }

    [Theory]
    [InlineData("I'm going to sue you", 5)]
    [InlineData("We will boycott you", 5)]
    [InlineData("Pójdę z tym do sądu", 5)]
    [InlineData("Drivers will go on strike on Friday", 4)]
    public void An_announcement_is_credible(string text, int level)
    {
        var risk = Readings.Read(text).Risk;
        Assert.NotNull(risk);
        Assert.Equal((level, true), (risk.Level, risk.Credible));
    }

    [Fact]
    public void The_brands_name_is_no_risk()
    {
        Assert.Null(Readings.Read("Recall sells shoes. #Recall @RecallShoes", Readings.Brand("Recall", "RecallShoes")).Risk);
        Assert.NotNull(Readings.Read("Recall sells shoes that caught fire", Readings.Brand("Recall")).Risk);
    }

    [Fact]
    public void A_credible_risk_is_not_lost_among_doubtful_ones()
    {
        var risk = Readings.Read("Was anyone killed? The charger caught fire at my place.").Risk;
        Assert.NotNull(risk);
        Assert.Equal((4, RiskGround.Stated), (risk.Level, risk.Ground));
    }
}
