namespace Holdfast.Core.Reading;

/// <summary>
/// The words of levels 4 and 5 (BEHAVIOUR 2 to 4), as phrases in English and, by stems, in Polish; and the harmless phrases that only
/// look like them. Written by us; a wrong alarm at night is a line to add here and a case to add to the tests.
/// </summary>
internal static partial class RiskTable
{
    public const int Harmless = -1;

    private const string Thing = "phone/battery/laptop/iphone/ipad/tablet/computer/pc/car/engine/server/site/website/app/internet/wifi/tv/console/charger/device/cell/router/ps3/ps4/ps5/xbox/macbook/camera/watch/fridge/connection/signal/line/chat/speaker/headset/headphones/airpods/remote/mouse/keyboard/link/system";

    public static Phrases All { get; } = new(English.Concat(Polish));

    /// <summary>5: lawsuit, injury, illegal conduct, boycott. 4: recall, failure, disaster, lay-offs (BEHAVIOUR 4).</summary>
    public static int LevelOf(RiskKind kind) => kind switch
    {
        RiskKind.Injury or RiskKind.Death or RiskKind.Poisoning or RiskKind.Lawsuit or RiskKind.Boycott
            or RiskKind.Discrimination or RiskKind.Arrest or RiskKind.Fraud => 5,
        RiskKind.Recall or RiskKind.Breach or RiskKind.Strike or RiskKind.LayOff or RiskKind.Fire => 4,
    };

    private static IEnumerable<(int, string)> English =>
    [
        ((int)RiskKind.Injury, """
            injur*, casualt*, wounded, maimed, hospitalis*, hospitaliz*, electrocut*, unconscious, amputat*, anaphylactic, concussion*, paramedic*, ambulance*, scald*
            was/were/got/getting/been/gets/badly/seriously/people/someone/somebody/kids/children/passengers/customers .. hurt
            hurt my/his/her/their/our/someone/somebody/people/customers/passengers/children/kids/himself/herself/themselves/myself/badly/seriously
            burned/burnt/burns my/his/her/their/our, degree burns, burns on/to my/his/her/their, burned/burnt by
            broke/broken/fractured .. arm/leg/wrist/ankle/hip/nose/rib/ribs/tooth/teeth/bone/bones/skull
            rushed/taken/sent/went/ended/landed/trip/put .. hospital, ended .. emergency room, are/still/currently/him/her/them/people .. in .. hospital, needed stitches
            allergic reaction*, choked/choking on, choking hazard*, bleeding from/badly/heavily/profusely, was/is/am/are/were/started bleeding, piece/pieces/shard/shards/bit/bits of glass/metal/plastic in, glass in my/our/the
            sliced/cut my/his/her/their .. open/mouth/lip/tongue/finger/hand, plane/train/bus crash*, crash landing/landed, nearly/almost died/killed
            """),
        ((int)RiskKind.Death, """
            died, dies, killed, deaths, fatal, fatally, fatality, fatalities, passed away, suicide*, murder*, drowned, death of/toll/from/after, cause/causing/caused .. death, lead/leads/led to .. death*
            # dead, # .. people/passengers/workers/customers/children dead, found/pronounced/shot dead, dead after, people/passengers/patients/children/customers/workers/man/woman/child/baby/boy/girl/driver .. dead
            people/passengers/patients/children/customers/kids/babies/animals/dogs/cats are/were dying, killing people/customers/children/kids/animals/dogs/cats/pets, kills people/children/kids
            killed my/our/his/her/their dog/cat/pet/son/daughter/child/mother/father/wife/husband, lost his/her/their life/lives, lost my/our son/daughter/child/mother/father/wife/husband/baby
            """),
        ((int)RiskKind.Poisoning, """
            food poison*, poisoned, poisoning, salmonella*, listeria*, botulism, ecoli, coli outbreak/infection/poisoning/bacteria/found/in, legionella*, norovirus*, contaminat*, toxic fumes/chemical*/substance*/waste/gas, carbon monoxide
            got/fell/gotten/falling/fallen/getting/became .. sick/ill after/from, made .. kids/children/family/son/daughter/people/customers sick/ill, vomiting/vomited after/from/all, throwing up after/from/all
            """),
        ((int)RiskKind.Lawsuit, """
            lawsuit*, class action, suing, sued, legal action/proceedings, litigation, litigat*, subpoena*, small claims, attorney general, attorneys general
            sue you/them/the/your/for/over/this/him/her, will/gonna/wanna/should/could/gotta/must sue, going to sue, want/wants/threat*/decided/plan*/ready/right to sue
            lawyer/lawyers/attorney/attorneys/solicitor/solicitors will/is/are/has/have, hear*/letter/talk*/spoke/call*/contact* .. lawyer/lawyers/attorney/attorneys/solicitor, lawyered/lawyering up, lawyer up
            take/taking/took/taken/drag* you/them/us/this/him/her .. court, see/meet you .. court, file/filed/filing .. suit, court case/order, faces/facing trial
            """),
        ((int)RiskKind.Recall, "recall, recalls, recalled, recalling"),
        ((int)RiskKind.Breach, """
            data/security/privacy breach*, breach of .. data/privacy/security, breach* .. data, data/password/passwords leak*, leak* .. data/passwords/emails/records/information, leaked customer*/user*/personal
            ransomware, hacked, hackers, cyberattack*, cyber attack*, stolen data/passwords, data/details/passwords/records .. stolen/exposed/leaked, exposed .. data/records/passwords, stole .. data/identity
            """),
        ((int)RiskKind.Discrimination, """
            racis*, discriminat*, sexist*, sexism, homophob*, transphob*, antisemit*, islamophob*, xenophob*, racial profiling, racially, racial slur*, hate crime*
            sexual* harass*, sexual* assault*, sexually abus*, harassed by, child labour/labor, slave labour/labor
            """),
        ((int)RiskKind.Arrest, """
            arrested, arrests, under arrest, arrest of/warrant*, handcuff*, taken into custody, police custody, police raid*, raided by, detained by, jailed, indict*, criminal charge*/investigation*/offence/offense/complaint
            charged with .. fraud/assault/murder/theft/manslaughter/bribery/negligence/rape/battery/conspiracy/embezzlement, sentenced to, goes/going/sent to jail/prison, should be .. jail/prison
            """),
        ((int)RiskKind.Strike, """
            strike action, industrial action, walkout*, picket*, strike vote/ballot, general strike, wildcat strike
            on/went/going/go/goes/gone on strike, workers/staff/pilots/crew/drivers/employees/union/nurses/teachers/baristas .. strike/strikes/striking, strike by/over
            """),
        ((int)RiskKind.LayOff, """
            layoff*, laid off, laying off, lays off, lay off # , job cuts, cutting/cuts/cut/slash* .. jobs, redundancies, made redundant, mass firing*, downsizing
            fired/fires/firing # .. people/workers/employees/staff, closing/close/shutting .. plant/factory/factories
            """),
        ((int)RiskKind.Fraud, """
            fraud, fraudulent*, defraud*, embezzl*, money laundering, launder* money, bribe*, bribing, corruption, ponzi, tax evasion, price fixing, kickbacks, insider trading, forged, forgery, cooked/cooking the books
            """),
        ((int)RiskKind.Boycott, "boycott*"),
        ((int)RiskKind.Fire, """
            caught/catching/catches/catch fire, burst*/bursting/went/erupted/engulfed .. flames, exploded, explodes, explosion*, huge/massive/large blaze, burned/burnt down, burned/burnt to the ground, set on fire, firefighters
            phone/battery/laptop/car/plane/bus/train/engine/building/factory/warehouse/store/shop/kitchen/hotel/house/charger/toaster/oven/device/scooter/bike is/was/were/are/literally/currently on fire
            fire broke/breaks/breaking out, fire at/in .. store/shop/plant/factory/warehouse/hotel/airport/station/hospital/office/building/kitchen/basement, house/factory/warehouse/kitchen/electrical/engine/battery/plane/hotel fire, smoke coming/pouring, gas leak*
            """),
        (Harmless, $"""
            {Thing} .. died/dies/dead/killed/exploded/hurt, dead {Thing}, killed my/the/our/your battery/phone/vibe/buzz/mood/laptop/connection/computer/time/business/career
            killed it/the/that/this/dead, got/been/being/getting killed at/in/on, died laughing/inside/of/from/down/out, almost/nearly died laughing/of/from/when, almost/nearly killed .. vibe/mood/laughing
            brought back from the dead, dead tired/serious/end/line/last/wrong/on/in/weight/zone/link/silence, curiosity killed, old habits, video killed
            fatal error*/flaw*/exception*/attraction, death of me/the party, murdered it/that/this, murder mystery/she, drowned out/in, suicide squad, passed away the time
            hurt my/his/her/their/our/the feelings/heart/eyes/ears/soul/wallet/brain/head/pride/chances/business/bank/pocket, got hurt feelings, insult to injury, wounded warrior*/vet/vets/veteran*/pride, injury time/prone/list/report/update
            bleeding money/edge/cash/users/hearts/heart/hell, in stitches, ambulance chas*, scalding hot, burned/burnt my/his/her/their/our bridges/toast/tongue/calories/money/dinner/lunch/breakfast/food
            unconscious bias, recall seeing/reading/hearing/when/that/if/being/ever/any/anything/correctly/having/him/her/you/it/my/how/what/why/where/who/saying/getting/one, total recall, recall election
            you/they/anyone/don't/dont/didn't/can't/cant/cannot/not/couldn't/vaguely/clearly/distinctly/barely/even/ever/still/will/may/might/can/vividly recall, recalls a/the/how/when/his/her/fond*
            fraud alert*/department/team/protection/prevention/dept/detection/squad/line, arrested development, cardiac arrest, hacked it/my way/the system/together
            exploded with/in popularity/on/laughing, population explosion, explosion of flavo*/colo*/taste, flavour/flavor/taste explosion, lay off the, walkout song/music, fire in the hole, fire in my/your/his/her
            plane/car crash tv, racist joke*, corruption of the file, file corruption, data corruption, sue me, sentenced to another, picket fence
            """),
    ];
}
