namespace Holdfast.Core.Plans;

/// <summary>The sentences of one cause from which its templates are put together.</summary>
/// <param name="Ours">Whose responsibility it is; null where the cause lies outside.</param>
/// <param name="Over">That it is over.</param>
internal sealed record TemplateWords(CrisisCause Cause, LocalText Happened, LocalText Concern, LocalText? Ours, LocalText Doing, LocalText Over)
{
    public static TemplateWords Of(CrisisCause cause) => All.First(words => words.Cause == cause);

    private static readonly TemplateWords[] All =
    [
        new(CrisisCause.OwnError,
            new("We made a mistake on {day}: {what happened}.", "Popełniliśmy błąd ({dzień}): {co się stało}."),
            new("We are sorry for the trouble it causes you.", "Przepraszamy za kłopot, który wam sprawiliśmy."),
            new("The mistake is ours.", "To nasz błąd."),
            new("We have stopped {what was stopped} and are putting it right.", "Zatrzymaliśmy {co zatrzymaliśmy} i naprawiamy to, co się stało."),
            new("The mistake of {day} is put right: {what was done}.", "Błąd ({dzień}) jest naprawiony: {co zrobiliśmy}.")),
        new(CrisisCause.ProductFault,
            new("{product} has a fault: {what is wrong}.", "{produkt} ma wadę: {na czym polega}."),
            new("We are sorry; your safety comes first.", "Przepraszamy; wasze bezpieczeństwo jest najważniejsze."),
            new("What we sell has to be safe. That is our responsibility, and here we failed.", "To, co sprzedajemy, ma być bezpieczne. To nasza odpowiedzialność i tu zawiedliśmy."),
            new("Please do not use it. You can return it at {where} and get your money back.", "Prosimy, nie używajcie go. Można go oddać ({gdzie}) i dostać zwrot pieniędzy."),
            new("Every {product} with the fault is back with us or out of the shops since {day}.", "Każdy wadliwy {produkt} jest już u nas albo zniknął ze sklepów ({dzień}).")),
        new(CrisisCause.Outage,
            new("Since {time} {service} is down for {whom}.", "Od {godzina} nie działa {usługa}. Kogo to dotyczy: {kogo}."),
            new("We know that you rely on it, and we are sorry.", "Wiemy, że na niej polegacie, i przepraszamy."),
            new("Keeping it running is our responsibility.", "Za jej działanie odpowiadamy my."),
            new("Our team is repairing it: {what is being done}. Until then you can use {other way}.", "Nasz zespół już ją naprawia: {co robimy}. Do tego czasu można skorzystać z {inny sposób}."),
            new("{service} works again since {time}.", "{usługa} działa znowu od {godzina}.")),
        new(CrisisCause.StaffConduct,
            new("Someone who works for us {what the person did} on {day}.", "Osoba, która u nas pracuje, {co zrobiła} ({dzień})."),
            new("We are sorry, above all to those it hit.", "Przepraszamy, przede wszystkim tych, których to dotknęło."),
            new("We are responsible for how our people act, and this was wrong.", "Za to, jak postępują nasi ludzie, odpowiadamy my, a to było złe."),
            new("We have taken the person off duty and are talking with everyone who was there.", "Ta osoba została odsunięta od pracy na czas wyjaśnień, a my rozmawiamy ze wszystkimi, którzy tam byli."),
            new("What happened on {day} is cleared up: {what we found}. We have done this: {what was done}.", "Sprawa ({dzień}) jest wyjaśniona: {co ustaliliśmy}. Zrobiliśmy to: {co zrobiliśmy}.")),
        new(CrisisCause.FalseClaim,
            new("A post says that {claim}. That is not true: {what is true}.", "Krąży wpis, że {twierdzenie}. To nieprawda: {jak jest}."),
            new("We understand that such a story worries you.", "Rozumiemy, że taka wiadomość niepokoi."),
            null,
            new("You can check it for yourself: {source}.", "Możecie to sprawdzić sami, można też nas zapytać: {źródło}."),
            new("The claim that {claim} was false, and it was withdrawn on {day}.", "Twierdzenie, że {twierdzenie}, było nieprawdziwe i zostało wycofane ({dzień}).")),
        new(CrisisCause.HackedAccount,
            new("Our account {account} was hacked at {time}. What is posted there since then is not from us.", "Nasze konto {konto} zostało przejęte o {godzina}, ktoś się do niego włamał. To, co się tam od tego czasu ukazuje, nie pochodzi od nas."),
            new("We are sorry for the worry it causes.", "Przepraszamy za niepokój, który to wywołuje."),
            new("Guarding our accounts is our responsibility.", "Za bezpieczeństwo naszych kont odpowiadamy my."),
            new("We are working with {network} to get it back. Do not click on anything there and do not answer messages from it.", "Zablokowaliśmy dostęp i odzyskujemy konto razem z serwisem {serwis}. Nie klikajcie niczego, co się tam pojawia, i nie odpowiadajcie na wiadomości."),
            new("Our account {account} is ours again since {time}. What strangers posted there is deleted.", "Konto {konto} od {godzina} znowu należy do nas. Wpisy obcych osób są usunięte.")),
        new(CrisisCause.OutsideDisaster,
            new("At {time} {what happened} in {place}.", "O {godzina} {co się stało}: {miejsce}."),
            new("Our thoughts are with everyone it hit and with their families.", "Myślami jesteśmy ze wszystkimi, których to dotknęło, i z ich rodzinami."),
            null,
            new("We have closed {what is closed}. Our staff are at {where} to help you.", "Zamknęliśmy {co zamknięte}. Nasi pracownicy pomagają na miejscu: {gdzie}."),
            new("After {what happened} in {place} everything is open again since {time}.", "{co się stało} ({miejsce}): od {godzina} wszystko jest znowu otwarte.")),
        new(CrisisCause.CampaignBacklash,
            new("On {day} we published {campaign}. Many of you tell us that {criticism}.", "Opublikowaliśmy {kampania} ({dzień}). Wielu z was pisze nam, że {krytyka}."),
            new("We understand why it hurts, and we are sorry.", "Rozumiemy, dlaczego to boli, i przepraszamy."),
            new("We chose it, and we got it wrong.", "My ją wybraliśmy i to był nasz błąd."),
            new("We have stopped it and are talking with those it hurt.", "Zatrzymaliśmy ją i rozmawiamy z tymi, których dotknęła. Można do nas pisać: {telefon lub adres}."),
            new("{campaign} was taken down and ended on {day}. We have done this: {what was done}.", "{kampania} już się nie ukazuje, została wyłączona ({dzień}). Zrobiliśmy to: {co zrobiliśmy}.")),
    ];
}
