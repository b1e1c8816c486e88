namespace Holdfast.Core.Reading;

/// <summary>What in a post hints at its author's intent.</summary>
internal enum Cue
{
    Asks,
    Complains,
    Praises,
    Threatens,
    Disputes,
    Sells,

    /// <summary>Looks like another cue but is not.</summary>
    Nothing,
}

/// <summary>The cues of intent, English and Polish, written by us.</summary>
internal static class IntentTable
{
    public static Phrases All { get; } = new(
    [
        ((int)Cue.Asks, """
            how do/can/does/to/much/many/long, what time/is/are/does/about, where can/is/are/do, when will/is/does/do, who can/do/is, which, can/could/may/will you/i/we/someone/anyone, does/do/did anyone, do/does/are/is there/you/your/it, any chance/idea/update/news/plans
            i'd like to know, please advise, wondering if, wonder if, anyone know, is it possible
            jak moge/mozna/dlugo/to/sie/wyglada, gdzie moge/jest/mozna/kupie, kiedy bedzie/beda/ruszy, czy, ile kosztuje/trwa/jeszcze, kto moze, prosze o informacj*, ktos wie, da sie
            """),
        ((int)Cue.Complains, """
            worst, terrible, awful, horrible, horrendous, appalling, disgusting, disgrace*, pathetic, ridiculous, unacceptable, useless, incompetent, incompetence, rude, unprofessional, shocking, shame on, fail, failed, epic fail, joke, nightmare
            broken, broke, not working, doesn't work, doesnt work, isn't working, isnt working, won't work, wont work/load/open/start/turn, can't log/access/get/open/use/connect/find/reach, cant log/access/get/open/use/connect, not loading, keeps crash*/freez*/fail*/dropping, stopped working, crash, crashed, crashing, glitch*, outage, is/are/been/went/site/server/servers/service down, no service/signal/response/reply/answer/help/internet, defective, faulty, damaged, missing, wrong order/item/size/address, expired, leaking
            cancelled, canceled, delayed, late, delay, delays, overbooked, lost my/our, still waiting, been waiting, waiting for/on .. #, on hold, never arrived/received/came/got, haven't received/heard/got/had, hasn't arrived/come, have not received/heard, not received, no show, hung up, kept waiting, charged me/twice/my, overcharged, double charged, refund, money back, want my money, compensation, complaint, complain, disappointed, disappointing, frustrat*, fed up, sick of, tired of, annoyed, annoying, unhappy, dissatisf*, poor service/customer/quality, bad service/customer/experience, terrible service, customer service, ruined, waste of, wasted, stuck, ignored, ignoring, lied, rip off, ripoff, scam, thieves, wtf, fix your/this/it/the, please fix, pls fix, sort it/this/out, what's going on, whats going on, what is going on, why is/are/do/does/can't/cant/did/won't/hasn't/isn't
            fatalny, fatalna, fatalne, fatalnie, tragedi*, tragiczn*, koszmar*, okropn*, beznadziej*, dramat, skandal*, zenad*, zenujac*, kpina, kpiny, wstyd, porazka, masakra, dno, najgorsz*, zepsut*, zepsul*, uszkodzon*, nie dziala*, niedziala*, nie moge sie/zalogowac/dodzwonic, nie mozna sie, nie da sie, awaria, awarie, awarii, opoznien*, opoznion*, spozni*, odwolan*, anulowan*, czekam od, czekam juz, czekam #, nadal czekam, ciagle czekam, nie doszl*, nie dotarl*, nie otrzymal*, nie dostal*, brak odpowiedzi/kontaktu/reakcji/pradu/internetu/zasiegu, zero odpowiedzi/kontaktu/reakcji, reklamacj*, skarg*, zwrot pieniedzy/kasy, oddajcie, rozczarowan*, zawiod*, zawiedzion*, niekompeten*, chamstwo, chamsk*, niemil*, olewa*, ignoruj*, oszukal*, oszusci, zlodziej*, naciagac*, mam dosc, mam dosyc, co sie dzieje, dlaczego nie, ile mozna, nigdy wiecej, nie polecam, brakuje, przeterminowan*, odszkodowan*, zgubil*, zagubil*
            """),
        ((int)Cue.Praises, """
            thank you, thanks, thankyou, thx, kudos, well done, great job/work/service, good job/work, love you/your/this/the/my/it, loving, awesome, amazing, excellent, fantastic, wonderful, perfect, brilliant, best, outstanding, impressed, shout out, shoutout, you rock, you guys rock, props to, highly recommend, appreciate, beautiful, superb, made my day
            dziekuj*, dzieki, podziekowan*, brawo, gratul*, polecam, super, swietn*, wspanial*, cudown*, rewelacj*, genialn*, uwielbiam, kocham, najlepsz*, doskonal*, znakomit*, szacun, szacunek, zachwycon*
            """),
        ((int)Cue.Threatens, """
            boycott*, never buy/buying/fly/flying/use/using/shop/shopping/order/ordering/eat/eating/stay/staying .. again, never again, cancel my/our .. subscription/account/membership/contract/order, cancelling my, canceling my, closing my account, taking my business, take my business, lost a customer, lost my business, last time i, done with you/your/them, switching to, reporting you/this/them, report you/this/them to, going to the press/media/news, contact* the press/media/police, tell everyone, tell everybody, spread the/this word, you will regret, you'll regret, you'll pay, legal action, stay away from, don't buy, dont buy, do not buy, avoid this/these
            bojkot*, nigdy wiecej nie kupi*/skorzystam/polece/zamowi*/pojad*, ostatni raz, rezygnuje z, rezygnujemy z, zrywam umowe, wypowiadam umowe, zamykam konto, przenosze sie do, odchodze do, zglaszam do, zglosze do/to, zgloszenie do uokik/gis/sanepidu/policji, uokik, sanepid*, rzecznik* praw, do mediow, pozaluje*, omijajcie, omijac szerokim, nie kupujcie
            """),
        ((int)Cue.Disputes, """
            fake news, that's/thats/it's/this/is not true, isn't true, isnt true, is/are lying, it's/its/a/complete/total/all/such a/pack lie/lies, hoax, debunked, misinformation, disinformation, rumor*, rumour*, allegedly, i heard that, heard that you/they/the, is it true that, is it true, apparently they/the/you, so called, conspiracy, they don't want you to know, cover up, coverup, covering up, the truth about, wake up people, don't believe, made up story, photoshopped, deepfake
            nieprawda, to nie jest prawd*, to nieprawd*, klamstw*, klamia, klamiecie, klamie, fake news*, fejk*, dezinformacj*, plotk*, plotek, podobno, ponoc, rzekom*, zmyslon*, sciema, ukrywaja, ukrywacie, zatajaja, zatajacie, prawda o, nie wierzcie, slyszalem ze, slyszalam ze, czy to prawda
            """),
        ((int)Cue.Sells, """
            click here, click the/this/my link, link in bio, free followers, follow back, followback, giveaway, buy now, order now, limited offer, limited time, discount code, promo code, use code, coupon*, free gift, free iphone/ipad, win a, make money, earn money/# , work from home, dm for promo*, dm to order, crypto, bitcoin, airdrop, casino, viagra, onlyfans, subscribe to my, check out my, check my profile, visit my, cheap .. for sale, best price, guaranteed profit*, whatsapp me, telegram
            kliknij tutaj/link, link w bio, darmow* obserw*, kup teraz, kod rabatow*, kod promocyjn*, zarabiaj, zarob, zarobek, praca w domu, kredyt bez, pozyczka bez, konkurs, do wygrania, wygraj, zapraszam na moj*, sprawdz moj*, kryptowalut*, kasyno
            """),
        ((int)Cue.Nothing, """
            no complaints, can't complain, cant complain, not bad, no problem, no worries, never been better, never disappoint*, best thanks, no thanks, thanks for nothing, thanks a lot for nothing, better late than never, late night, lately, bez zarzutu, nie zawiod*, nie mam zastrzezen, dzieki bogu, jak dlugo jeszcze, broke the record, broke record*, miss* you
            """),
    ]);
}
