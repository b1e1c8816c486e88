namespace Holdfast.Core.Responses;

internal sealed partial class DraftRules
{
    /// <summary>Written without Polish letters: a draft is folded before it is read.</summary>
    public static DraftRules Polish { get; } = new(
        happened: """
            (?:przestal|przestala|przestalo|przestaly) (?:dzialac|sprzedawac|kursowac|jezdzic)
            nie (?:dzialal|dziala|odlecial|odjechal|dojechal|przyjechal|mozna bylo|moze~|dotar|dziala|zadzial|przyszl|sprawdzi|wydal|dostarcz)~
            nie ma (?:wody|pradu|ogrzewania|gazu|sygnalu|internetu|pociagow)
            nie mozna (?:bylo )?(?:sie )?(?:zalogowac|zaplacic|dodzwonic|kupic|wejsc|otworzyc|zarezerwowac)~
            (?:stoi|stoja|stal|stala|stalo|staly|stanal|stanela|stanely) _ (?:pociag|serwer|wind|tramwaj|lini|godzin|kolejk)~
            (?:stoja|stanely|stanal) (?:pociagi|serwery|\w+)
            serwery stanely
            (?:pozar|wybuch|awari|wypad|powodz|wichur|burz|zawali|wyciek|kradziez|wlamani|ataku|strajk|zderz|wykole)~
            (?:wypadl|wypadla|wypadly) z
            zlama~|zepsu~|zepsul~|pekl~|zerwal~|spali~|spalono|zapalil~|zalal~|runal~|uszkodz~
            (?:ucierpial|ranny|rannych|ranna|zginal|zginela|zmarl|trafil|trafily|trafila) _ (?:mezczyzn|kobiet|szpital|dzieck|osob|pasazer)~
            trafil~ do szpitala
            ucierpial~|rannych|rannym|zginel~|zginal|zmarl~
            (?:poprzez )?(?:wyslal|sprzedal|powiedziel|mowili|stracil|usunel|pobral|nakrzycz|odpowiedzial|drwil|szydzil|obrazil|pokazal|opublikow|nazwal|wydrukow|uzy|podal|odcie|upuscil|oszuk|sklamal|zataili|ujawni|pomyli|zgubi|dostarczy|poradzil|wpuscil|zostawil|podmienil|skopiowal|sfalszow|odjechal|odwolal|oglosil|zatrzymal|skasowal|wprowadzili)(?:a|o|y|i|smy|ismy|ysmy|em|am|e|li|lismy|lysmy|l|la|ly|lo|owal|owali|owalismy|owala|ego|ej)*
            (?:jest|sa|byl|byla|bylo|byly|zostal|zostala|zostaly|zostalo) (?:za |juz |w niej |teraz )?(?:odwolan|zamknie|wysoki|niesprawn|nieswiez|wylaczon|skradzion|opoznion|niedostepn|uszkodzon|nieprawdziw|falszyw|zatrzyman)~
            (?:jest|sa) (?:w niej |w nich |tam )?(?:orzechy|okruchy|szklo|kawalki|plastik|metal|salmonella)
            okruchy szkla
            (?:zla|zle|zly|zlym|zlej|bledna|bledne|bledny|niewlasciw\w+) (?:etykiet|zawiadomien|dawk|dat|paczk|cen|stawk|adres|nazwisk|list|mail|zdjec|rozmiar|kwot)~
            nieprawda|nieprawdziw~|nie jest prawda|plotka~ _ (?:nieprawda|falsz)~
            (?:zawiodl|zawiodla|zawiodlo|zawiodly) (?:we|w|na|ogrzew|system|hamul)~
            zawiodlo|za wysoki byl|byl za wysoki|za wczesnie|dwa razy
            uniemozliwi~ korzystanie
            przekazania _ dokumentacji
            (?:nieswiez)~
            (?:ma|maja|miala|mial) (?:wade|wady|usterke|defekt)
            (?:jest|sa) (?:w nim|w niej|w nich|w srodku) (?:kawalki|plastik|szklo|okruchy|metal)~
            wlama~|przejeto|przejety|przejete|przejeta|odsuniet~
            mogli utracic|straciliscie|utracil~
            """,
        concern: """
            przeprasza~|przeprosi~|przeprosin~
            przykro
            wspolczu~
            (?:rozumiemy|wiemy|widzimy|doskonale rozumiemy|domyslamy sie),? (?:jak|ze|wasz|wasza|wasze|panstwa|gniew|zlosc|niepokoj|obaw|co|dlaczego|rozgorycz)~
            rozumiemy (?:wasz|panstwa|niepokoj|gniew|zlosc|obaw)~
            jestesmy (?:z|przy|mysl)~
            myslami (?:jestesmy)?
            myslimy o
            wasze bezpieczenstwo|panstwa bezpieczenstwo|bezpieczenstwo jest
            najwazniejsze
            (?:jestesmy )?(?:poruszeni|wstrzasnieci|zasmuceni|przerazeni)
            wstydzimy|wstyd nam
            prosimy _ (?:wybaczenie|przebaczenie)
            nikomu nic sie nie stalo
            taka wiadomosc niepokoi|ubolewa~
            kondolencj~
            """,
        apologyWithIf: """
            (?:przeprasza\w+|przykro|ubolewa\w+|zaluj\w+|wybacz\w+|przeprosin\w*)(?: nam| za to| bardzo| szczerze)?,? (?:jesli|jezeli|gdyby|gdy ktos|o ile)
            (?:jesli|jezeli|gdyby) [\w ,]{1,60}(?:urazon|dotkniet|skrzywdzon|obrazon|zraniony|zranion)\w*,? (?:przeprasza|to przeprasza|jest nam przykro|prosimy)\w*
            (?:przeprasza\w+|ubolewa\w+|przykro|zaluj\w+)[\w ,]{1,50}(?:mogli|mogly|mogl|mogla) (?:sie )?(?:poczuc|czuc|byc|odebrac|zostac)
            (?:mogli|mogly|mogl|mogla) (?:sie )?(?:poczuc|czuc) (?:sie )?(?:urazon|dotkniet|obrazon|skrzywdzon)~
            (?:przeprasza\w+) za (?:wszelkie|ewentualne|jakiekolwiek) \w+
            """,
        responsibility: """
            (?:nasz|nasza|nasze|naszym|naszej) (?:wlasny |wlasna |wylaczna )?(?:blad|wina|pomylka|niedopatrzenie|zaniedbanie|odpowiedzialnosc|bledem)
            (?:blad|wina|pomylka|odpowiedzialnosc) (?:jest|byla|byl|lezy|spada|spoczywa)(?: w calosci| tylko| wylacznie)? (?:nasz|nasza|po naszej|na nas|na naszej)~
            (?:popelnilismy|popelnilysmy) _?(?:blad|bledy|pomylke)
            pomylilismy|zawiedlismy|zawalilismy|zepsulismy
            (?:bierzemy|wzielismy|ponosimy|przyjmujemy|poczuwamy) (?:sie )?(?:do )?(?:na siebie )?(?:pelna |cala |calkowita |to )*(?:odpowiedzialnosc|odpowiedzialnosci|wine|na siebie)
            (?:my )?za to odpowiadamy|odpowiadamy (?:my|za to|za jej|za jego|za wasze|za bezpieczenstwo)|(?:dzialanie|bezpieczenstwo|leczenie) [\w ]{0,20}odpowiadamy
            odpowiadamy za
            powinnismy(?: byli| bylysmy)?
            (?:to )?nie powinno (?:sie|bylo) (?:zdarzyc|wydarzyc|stac)
            postapilismy (?:zle|niewlasciwie|nieuczciwie)
            wprowadzilismy (?:was|panstwa|klientow) w blad
            nie wolno nam bylo
            nic tego nie (?:tlumaczy|usprawiedliwia)
            to my (?:mielismy|odpowiadamy|zawinilismy|jestesmy)
            zawinilismy|nie podolalismy|nie dopilnowalismy|nie dopelnilismy
            ponosimy
            naszych wlasnych
            (?:jest|to) (?:nasz|nasza|nasze) \w+
            """.Replace(" _?(", @" (?:\w+ ){0,2}(", StringComparison.Ordinal),
        nextStep: """
            (?:przywracamy|wylaczylismy|wlaczylismy|piszemy|naprawiamy|zwrocimy|zwracamy|oddamy|oddajemy|oddzwaniamy|dzwonimy|zadzwonilismy|zmienilismy|zdjelismy|usunelismy|zablokowalismy|zamknelismy|uruchamiamy|sprawdzamy|wymieniamy|wymienimy|wysylamy|wyslemy|odejmiemy|przewozimy|rozdajemy|wstrzymalismy|zatrzymalismy|zawiesilismy|odtwarzamy|odbieramy|zerwalismy|zerwiemy|pokazujemy|szkolimy|przeszkolimy|podwoilismy|poprosilismy|napisalismy|wycofujemy|wycofalismy|naprawilismy|pomagamy|dowozimy|otworzylismy|wprowadzamy|wzywamy|liczymy|czyscimy|ostrzeglismy|zaprosilismy|przesuwamy|kontrolujemy|zlecilismy|wydajemy|odwolalismy|przelozylismy|odsunelismy|operacjonalizujemy|wszczelismy|zmieniamy haslo|prostujemy|sprostowalismy|uzupelniamy|gasimy|szukamy|zastepujemy)
            (?:monterzy|inspektorzy|lekarze|strazacy|inzynierowie|pracownicy|nasi ludzie|obsluga|zespol|ratownicy|ekipa|ekipy|technicy)[\w ]{0,25}(?:naprawiaj|pracuj|sa na|stoja|pomagaj|sprawdza|maja dla|usuwaj|gasza|przywraca|dyzuruj)~
            (?:na miejscu (?:sa|pracuja)|sa na miejscu)
            (?:stoja|stoi|czekaja|jada) (?:\w+ )?(?:beczkowoz|autobus|lekarze|nasi|zastepcz)~
            (?:przy|sa) [\w ]{0,25}(?:stoja|sa lekarze|lekarze|siedzi juz|rozdajemy|nasi ludzie)
            siedzi juz wiecej
            od (?:dzis|dzisiaj|teraz|jutra|poniedzialku)
            (?:mozecie|moga|mozna|mozesz) (?:\w+ )?(?:dostac|odeslac|odzyskac|poleciec|oddac|zadzwonic|zwrocic|odebrac|przyjsc|zglosic|zwrot|nadal|takze|wymienic|korzystac)~
            (?:kazdy|kazda|kazde|wszyscy) [\w ]{0,30}(?:dostanie|przyjmie|odda|zwroci|odzyska|moze|otrzyma|dostana)
            nie (?:podawajcie|jedzcie|uzywajcie|pijcie|otwierajcie|wlaczajcie|klikajcie|odpowiadajcie|ladujcie|wchodzcie|odpisujcie)
            nie musicie nic robic
            (?:zespol|ekipa|serwis|obsluga) (?:\w+ )?(?:ja |go |je |to )?(?:naprawia|pracuje|sprawdza|usuwa|gasi|przywraca|szuka)
            (?:mozna|mozecie|moga|mozesz) [\w ]{0,25}(?:skorzystac|sprawdzic|zapytac|zadzwonic|pisac|oddac|zglosic|skontaktowac|wrocic|wejsc)
            rozmawiamy z|odsunie~ (?:go |ja )?od pracy|odsunieta|odzyskujemy|zglosilismy|pracujemy z
            (?:jest|sa|pozostaje|pozostaja|zostaje|byla|wciaz) (?:\w+ )?(?:zamkniet|wylaczon|wstrzyman|bezplatn|otwarte)~
            (?:dziala|dzialaja) (?:juz |znow|znowu|ponownie|jak zwykle)
            (?:numer|winda|strona|linia|sklep|aplikacja) (?:znow |znowu |juz )?dziala
            bilety (?:sa|pozostaja|zachowuja) wazn~
            autobusy (?:odjezdzaja|jada|kursuja)
            (?:konczy bieg|kursuja objazdem)
            (?:kierowca|pracownik|prezenter|kolega) (?:nie jezdzi|nie pracuje|zostal odsuniety)
            (?:sprawdza|licza|pilnuja|sprawdzaja)(?: teraz| go| go co| dzieci| go teraz)? (?:dwoch|dwie|co|obsluga|go|dwa|teraz|kazd)~
            pilnuja go|sprawdza teraz
            zwrot pieniedzy|odda pieniadze|zwroci pieniadze
            (?:wpis|zdjecie|post) (?:\w+ )?(?:zniknal|zniknelo|usuniet)~
            realizowane jest
            (?:laboratorium|infolinia|nasi pracownicy) (?:\w+ )?(?:odbiera|jest bezplatna|maja|czeka)
            (?:przywracamy|odtwarzamy)
            """,
        vagueStep: """
            (?:wyjasniamy|badamy|analizujemy|monitorujemy) (?:te |ta |cala |dokladnie )?(?:sprawe|sytuacje|okolicznosci)
            trwa (?:postepowanie|wyjasnianie|analiza|ustalanie)[\w ]*
            dokladamy (?:wszelkich )?staran|robimy co w naszej mocy|robimy wszystko
            podejmuje (?:starania|dzialania)
            gdyby (?:klienci|uzytkownicy|ludzie|panstwo|pasazerowie)[\w ,]+
            znamy te wpisy
            """,
        time: """
            (?:o|do|po|od|okolo|przed|najpozniej o|na) (?:godzin\w+ |godz\. ?)?\d{1,2}[:.]\d\d
            (?:o|do|okolo|przed) (?:godzin\w+ |godz\. ?)\d{1,2}
            (?:w|do|przed) (?:poludnie|poludnia|polnocy|polnoca)
            (?:do|w|przed|na|od|najpozniej w) (?:najblizszy |najblizsza |przyszly )?(?:poniedzial|wtor|srod|czwart|piat|sobot|niedziel)~
            (?:jutro|dzis|dzisiaj) (?:rano|wieczorem|w poludnie|o|do|po poludniu|w nocy)
            (?:do|przed) (?:jutra|wieczora|konca (?:dnia|tygodnia|miesiaca))
            \d{1,2}\.? (?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia)
            (?:w ciagu|za) (?:\w+ )?(?:godzin|minut)~
            co (?:\w+ )?(?:godzine|minut|godziny|pol godziny)
            """,
        telling: """
            napisz~|opisz~|odezw~|powie~|poda~|opublik~|odpowi~|wiadomo~|wiesci|komunikat~|wroci~|informac~|potwierdz~|pokaz~|zabior~|ukaze~|oglosi~
            bedzie|beda|lista|raport~|wynik~|pytania|wiecej|spotka~
            """,
        blame: """
            (?:to )?(?:jego|jej|ich|wasza|panstwa|wylaczna) wina
            nie nasz\w*
            (?:sami|same|sam) (?:sa|jestescie|jest|sobie)(?: sobie)? winn~
            (?:wina|winny|winna|winni|winowajca|winowajczyni|prawdziwym winowajca) (?:jest|sa|byl|byla|lezy)(?: jednak| tylko| wylacznie)? (?:wykonawc|dostawc|kurier|firm|agencj|podwykonawc|klien|uzytkown|po stronie|kierowc|pasazer)~
            (?:po stronie|przez) (?:firm\w+ zewnetrzn\w+|dostawc\w+|podwykonawc\w+|agencj\w+|operator\w+|kurier\w+|uzytkownik\w+|klient\w+)
            (?:za \w+ )?odpowiada (?:wylacznie |tylko |jedynie )?(?:nasz |nasza |firma )?(?:dostawc|kurier|agencj|wykonawc|podwykonawc|operator|firm)~
            nie mozemy (?:za \w+ )?(?:odpowiadac|ponosic|brac)
            nie ponosimy (?:zadnej )?(?:odpowiedzialnosci|winy)
            gdyby (?:klienci|uzytkownicy|ludzie|pasazerowie|panstwo) [\w ]{0,20}(?:stosowali|czytali|przeczytali|uwazali|sprawdzili|zaktualizowali|posluchali|zaplacili)
            (?:powinna|powinien|powinni|powinny) (?:byla |byl |byli |byly )?(?:wiedziec|przeczytac|uwazac|sprawdzic)
            (?:klienci|uzytkownicy|osoby|pasazerowie|ludzie),? (?:ktorzy |ktore )?nie (?:zaktualizowal|przeczytal|sprawdzil|zaplacil|zastosowal|posluchal)~
            (?:uzytkownicy|klienci|pasazerowie) go upuscili
            trzeba (?:bylo )?czytac
            """,
        speculation: """
            prawdopodobnie|przypuszczalnie|zapewne|byc moze|niewykluczone|podobno|rzekomo|najpewniej|chyba|ponoc
            raczej nikt
            mozliwe,? ze
            moze (?:to|chipy|ktos|byl|byla|bylo|byly|chodzi|zawinil|zawiodl)~
            (?:podejrzewamy|zakladamy|przypuszczamy|domyslamy sie|sadzimy|mniemamy)
            wyglada na to
            wydaje (?:sie|nam sie)|tak nam sie wydaje
            (?:mogl|mogla|moglo|mogli) (?:to )?(?:przeciac|zrobic|byc (?:to|atak)|sie dostac|zawinic|celowo)~
            """,
        jargon: """
            holistyczn~
            synerg~
            interesariusz~
            implementuj~
            proced(?:ujemy|owac|owani|uje|owane)\w*
            remediac~
            framework~
            best-in-class
            propozycj\w+ wartosci
            learning~
            (?:eko)system\w* (?:partner|wartosci|marki)\w*
            ekosystem~
            skalow~|skalowaln~
            next step~
            feedback~
            task force
            deep dive
            operacjonaliz~
            guardrail~
            stack(?:u|iem)?
            onboard~
            touchpoint~
            najlepszych praktyk
            klientocentryczn~
            dowoz(?:imy|eniu|enie|enia)\w*
            optymaliz(?:ujemy|acj|owac)\w*
            w celu wypracowania
            case~|target~|asap|deadline~|core business|challenge~
            w kontekscie|adresowa\w+ (?:potrzeb|wyzwan|problem)~
            incydentami
            """);
}
