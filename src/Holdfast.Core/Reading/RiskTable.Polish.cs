namespace Holdfast.Core.Reading;

internal static partial class RiskTable
{
    private const string Belonging = "paczk*/bagaz*/przesylk*/walizk*/portfel*/telefon*/kart*/rzecz*/zamowieni*/dokument*/pieniadz*/list/listy/kurtk*/pliki/plik";

    private static IEnumerable<(int, string)> Polish =>
    [
        ((int)RiskKind.Injury, """
            ranna, ranni, ranne, rannych, rannego, rannej, rannym, ciezko ranny, jest/byl/zostal/kierowca ranny, zranion*, zranil*, obrazen*, poszkodowan*, ucierpial*, okalecz*, kalectw*, poparz*, oparzen*, skalecz*, hospitalizow*, hospitalizacj*
            trafi* .. do .. szpital*, wyladowa* .. szpital*, zabra* .. do szpital*, lezy/leza/lezal* .. w szpitalu, karetk* .. zabral*/przyjechal*, wezwa*/zabral*/przyjechal* .. karetk*, pogotowi* .. zabral*, stracil* przytomnosc, nieprzytomna/nieprzytomny/nieprzytomni, porazen* pradem, porazil* .. prad
            zlamal*/zlaman* .. reke/noge/nos/kosc/reka/noga/zab/zeba/nadgarstek, szklo/szkla/szkle w jedzeniu/jogurcie/zupie/sloiku/chlebie/salatce, kawal* szkla/plastiku/metalu, udusil*, dusil* sie, wstrzas* anafilaktyczn*
            """),
        ((int)RiskKind.Death, """
            zmarl, zmarla, zmarli, zmarlo, zmarly, zginal, zginela, zgineli, zginelo, zginely, gina .. ludzie, nie zyje, nie zyja, zabil, zabila, zabilo, zabili, zabity, zabita, zabici, zabitych, zabite, zabija ludzi/dzieci/zwierzeta/psy/koty
            smierc/smierci pacjent*/dzieck*/pracowni*/klient*/pasazer*/czlowiek*/kobiet*/mezczyzn*/kierowc*/psa/kota/syna/corki/matki/ojca, doprowadzi* .. do smierci, spowodowal* smierc, smiertelny, smiertelna, smiertelne, smiertelnie, smiertelnych, smiertelnego, smiertelnej, samobojst*, morderst*, zamordow*, utonal, utonela, utoneli, ofiar* smierteln*, # ofiar, sa ofiary
            """),
        ((int)RiskKind.Poisoning, """
            zatrul*, zatruc*, zatruty, zatruta, zatrute, zatrutych, zatruli*, struli*, strul* sie, salmonell*, listeri*, legionell*, botulin*, botulizm*, jadu kielbasian*, skazon*, skazen*, trucizn*, tlenek wegla, czad* .. zatru*, trujac* substanc*/gaz*/opar*
            wymiotuj* po, wymiotow* po, rozchorowa* .. po
            """),
        ((int)RiskKind.Lawsuit, """
            pozew, pozwu, pozwem, pozwie, pozwy, pozwow, pozwami, pozwac, pozywam, pozywa, pozywaja, pozywamy, pozwal, pozwali, pozwany, pozwana, pozwani, pozwane
            pojde/idziemy/pojdziemy/ide/skierowa*/skieruj*/oddam/oddac/podam/podac/podal*/zglosz*/trafi*/wnios*/sprawa/spotkamy .. do sadu, spotkamy sie w sadzie, widzimy sie w sadzie, spraw* sadow*, proces* sadow*, drog* sadow*, droge prawn*, krok* prawn*, krokow prawnych
            moj/nasz/mojego/naszego/mojemu prawnik*/adwokat*, prawnik/adwokat/prawnicy .. odezwie/skontaktuje/zajmie/zajma, prawnik* .. juz, kancelari* prawn*, postepowan* sadow*
            """),
        ((int)RiskKind.Recall, """
            wycof* .. sprzedazy/rynku/obrotu/sklepow/polek/uzytku, wycof* .. produkt*/parti*/seri*/zabawk*/lek/leki/lekow/jogurt*/mieso/model*/aut*, akcj* serwisow*/naprawcz*/przywolawcz*, zwrot* .. parti*, ostrzezeni* gis, ostrzezen* publiczn*
            """),
        ((int)RiskKind.Breach, """
            wyciek* .. dan*/hasel/hasla/pesel*/numer*/informacj*, dane .. wyciekl*, hasla wyciekly, wlam* .. kont*/serwer*/system*/baz*/aplikacj*, zhakow*, zhackow*, shakow*, hakerz*, hakerow, hakersk*, cyberatak*, ransomware, kradziez* .. danych, wykradl*, wykradzion*, skradzion* dane/danych, naruszen* .. danych/rodo
            """),
        ((int)RiskKind.Discrimination, """
            rasist*, rasisc*, rasizm*, dyskrymin*, seksist*, seksizm*, homofob*, transfob*, antysemi*, ksenofob*, molestow*, molestuj*, mobbing*, mobbuj*, mowa/mowy nienawisci, wyzysk*, praca/prace/pracy dzieci
            """),
        ((int)RiskKind.Arrest, """
            aresztow*, areszt, aresztu, areszcie, zatrzyman* .. policj*/cba/abw/prokurat*, policj* .. zatrzymal*, prokuratur*, uslysz* zarzut*, postawi* zarzut*, postawion* zarzut*, kajdank*, oskarzon* o, skazany za, skazana za, skazani za, zawiadomieni* .. przestepstw*, przestepstw*, do wiezienia
            """),
        ((int)RiskKind.Strike, "strajk*, protest* .. pracownik*, pracownicy .. protestuj*"),
        ((int)RiskKind.LayOff, """
            zwolnien* grupow*, grupow* zwolnien*, masow* zwolnien*, zwolnieni* pracownik*, zwalnia*/zwolni/zwolnil*/zwolnia .. pracownik*/ludzi/osob/zaloge/zalogi, redukcj* etat*/zatrudnien*, redukuj* etat*/zatrudnieni*, ciecia etatow, likwidacj* zakladu/fabryki/etatow, zamkn* .. fabryk*/zaklad
            """),
        ((int)RiskKind.Fraud, """
            oszustw*, wyludz*, malwersac*, defraud*, lapowk*, lapowek, korupcj*, skorumpowan*, prani* .. pieniedzy, sprzeniewierz*, sfalszowa*, falszowani*/falszuj* .. dat*/dokument*/wynik*/badan*/faktur*, podrobion* dokument*, zmow* cenow*, piramid* finansow*
            """),
        ((int)RiskKind.Boycott, "bojkot*, zbojkot*"),
        ((int)RiskKind.Fire, """
            pozar, pozaru, pozarem, pozarze, pozary, pozarow, zapalil* sie, zapali* .. bateri*/ladowark*/telefon*, sie zapalil*, plonie, plona, plonal, plonela, plonelo, splonal, splonela, splonelo, splonely, wybuch, wybuchl, wybuchla, wybuchlo, wybuchem, wybuchu, wybuchy, eksplod*, eksplozj*
            stanal*/stanela/stanelo w ogniu, stanal* w plomieniach, stanela w plomieniach, straz* pozarn*, strazac*, ulatnia* .. gaz*, wyciek* gazu
            """),
        (Harmless, $"""
            zginal/zginela/zginelo/zginely/zgineli mi/nam/ci/gdzies, zginal/zginela/zginelo/zginely .. {Belonging}, {Belonging} .. zginal/zginela/zginelo/zginely, ginie .. {Belonging}
            smiertelnie chor*, smierteln* chorob*, smiertelnie zmeczon*/powazn*/nudn*/znudzon*/obrazon*/przerazon*, smierci glowow*, na smierc, kary smierci, nudy na smierc, smierc .. internet*, do smierci, umarl* ze smiechu
            zabil nude, mnie zabilo/zabil/zabila/zabilo/zabija, zabilo mnie, zabila mnie, zabil mnie, zabili mnie, zabija mnie, zabity dechami, zabita dechami, nie zyje .. {Belonging}, nie zyje .. internet/komputer/laptop/strona/aplikacja, nie zyje .. bateria, internet nie zyje, telefon nie zyje, komputer nie zyje, strona nie zyje
            wybuch* smiech*/radosc*/placz*/smiechem, wybuch smiechu/radosci/smaku, eksplozj* smak*/radosci/kolorow, plonie .. miloscia/wstydem, ranny ptaszek, zapalil* sie lampk*/dioda/swiatl*/kontrolk*/zielon*
            wyciek* wody/oleju, skazan* na sukces
            """),
    ];
}
