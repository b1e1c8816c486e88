using System.Collections.Frozen;

namespace Holdfast.Core.Detection;

/// <summary>
/// Words that say nothing about what a complaint is about, folded and unstemmed: the small words of both languages, time and
/// number words, courtesy, and plain scolding, which two people can share without meaning the same thing.
/// </summary>
internal static class StopWords
{
    private const string English = """
        a about after again all almost already also always am an and another any anyone anything are aren arent around as ask asked asking at
        away back be because been before being below best between both but by call called came can cannot cant come comes coming could couldnt
        day days did didn didnt do does doesn doesnt doing don done dont down each either else enough even ever every everyone everything
        few finally first for from fuck fucking gave get gets getting give given go goes going gone gonna good got great guys had hadn happen happened
        happening happens hard has hasn hasnt have haven havent having he hello help her here hey hi him his hour hours how however i id if ill im in
        into is isn isnt it its ive just keep keeps know last least less let like literally little ll lol look looking lot made make makes
        making man many may maybe me mean might min mins minute minutes month months more morning most much must my myself need needed needs never new
        next nice night no nobody none not nothing now of off oh ok okay old omg on once one only or other our ours out over own people please pls
        plz put re really right said same saw say saying says second see seems seen self she should shouldnt since so some someone something sometimes
        soon sorry still stop such sure take taken taking tell telling than thank thanks that thats the their them then there theres these they theyre
        thing things think this those though thought three thru time times to today told tomorrow tonight too took tried try trying two u under until
        up ur us use used using ve very via wait waiting want wanted wants was wasn wasnt way we week weeks well went were weren what whats when where
        which while who whole why will with within without won wont work working works would wouldnt wow wtf year years yes yesterday yet you your youre yours
        yr 1 2 3 4 5 6 7 8 9 10 11 12 15 20 24 30 45 50 100
        absolutely amazing angry annoyed annoying appalling apparently awful bad badly beyond brand bullshit company complete completely crap damn
        disappointed disappointing disappointment disgrace disgraceful disgusted disgusting epic extremely fail failed fails failure frustrated frustrating
        frustration furious hate horrible horrific incredible insane joke literally lousy love mad mess miserable nasty pathetic pissed poor
        ridiculous rubbish sad seriously shame shameful shit shocking sick stupid suck sucks terrible totally truly ugh unacceptable unbelievable unhappy
        unprofessional upset useless worse worst wrong wonderful yeah yep nope anyway actually
        amp rt http https www com gt lt
        """;

    private const string Polish = """
        a aby ach acz aczkolwiek aj albo ale alez ani az bardziej bardzo beda bedac bede bedzie bez bo bowiem by byc byl byla byli bylo byly bym cala cale caly
        chce chcialam chcialem chociaz chodzi choc ci ciagle cie ciebie co cokolwiek cos czasem czasu czego czemu czy czyli daje dalej dla dlaczego dlatego do
        dobra dobre dobry dobrze dopiero doslownie drugi dwa dwie dzieje dzien dzieki dzis dzisiaj dziekuje ej gdy gdyby gdyz gdzie go godzin godzina godzine godziny
        hej i ich ile im inna inne inny innych ja jak jaka jakas jaki jakie jakies jakis jako jakos je jeden jedna jednak jedno jego jej jemu jest jestem
        jestescie jestesmy jesli jezeli juz kazdy kiedy kilka kogo kolejny komu ktora ktore ktorego ktorej ktory ktorych ktorym ktorzy kto ktos lat lecz ludzie lub ma macie maja
        mam mamy malo mi mial miala mialo miec miedzy mimo minut minuty mna mnie mnostwo moga moge moi moim moj moja moje moze mozecie mozliwe mozna mu musi
        my na nad nadal nam nami nas nasi nasz nasza nasze natomiast nawet nic nich nie niech niego niej nigdy nikt nim nimi niz no nowe nowy o
        obok od ogole okolo on ona one oni ono oraz oto owszem panstwa panstwo pan pani po pod podczas pomoc pomozcie poniewaz ponad poprosze potem powiedziec
        poza prawie prosze przed przeciez przede przez przy raz razy roku rowniez sa sam sama sami se sie skad skoro soba sobie sposob sprawa
        super swoj swoja swoje szybko ta tak taka taki takie takze tam te tego tej ten teraz tez to toba tobie totalnie trzeba trzy tu tutaj twoi twoj twoja twoje ty
        tych tyle tylko tym tymi u w wam wami was wasi wasz wasza wasze wczesniej wczoraj we wedlug wiec wiecej wiele wiem wielu wlasnie wszyscy wszystkie
        wszystkich wszystkim wszystko wtedy wy z za zaden zadna zadne zadnych zaraz zawsze ze zeby znow znowu zostal zostala zostalo zrobic zrobcie jutro tydzien tygodni
        tygodnia miesiac miesiecy
        absurd beznadziejna beznadziejne beznadziejny beznadzieja brak cholera cholerny dno dramat fatalna fatalnie fatalny firma firmie firmy fuj
        gorzej gowno hanba kompletnie koszmar kpina kurwa masakra najgorsza najgorsze najgorszy nienawidze niestety okropne okropny oburzajace
        paranoja porazka rozczarowana rozczarowany serio skandal slabe slabo slaby straszne straszny tragedia wkurzona wkurzony wstyd zalosne zart zenada zla zle zly
        """;

    private static readonly FrozenSet<string> Words =
        (English + " " + Polish).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Has(string folded) => Words.Contains(folded);
}
