namespace Holdfast.Core.Responses;

internal sealed partial class DraftRules
{
    public static DraftRules English { get; } = new(
        happened: """
            (?:stopped|stop) (?:working|taking|running|selling)
            (?:went|gone|is|are|was|were|been|goes) (?:down|offline|out of (?:order|stock)|cancelled|canceled|closed|delayed|stolen|hacked|defaced|deleted|lost|leaked|hurt|injured|killed|burned|burnt|flooded|wrong|broken|damaged|ill|false|too (?:high|low|early|late)|not (?:true|fresh|safe|working|available|delivered))
            (?:cannot|can not|can't|could not|couldn't|unable to|not able to) (?:log|pay|sign|book|buy|call|reach|open|order|use|get|ring|see|play|watch|send|find|enter|leave|travel|fly)~
            (?:did not|didn't|do not|don't|does not|doesn't) (?:leave|arrive|work|run|open|come|stop|tell|deliver|pay|answer|start|land|check|match)
            no (?:water|power|heating|heat|electricity|signal|internet|service|gas|trains?|buses)
            (?:stood|stand|stands|standing) still
            (?:taken|brought|rushed|went) to hospital
            fire|fires|explosion|explosions|flood|storm|quake|crash|crashed|accident|outage|blackout|breach|leak|leaked|recall|recalled|theft|strike|virus|attack|attacked
            broke|broken|failed|fails|burst|burned|burnt|collapsed|derailed|left the rails|caught fire|tore|hit|fell|leaked
            (?:we|us|our _ |colleague|driver|nurse|staff|employee|team|presenter|shop|store|bus|driver|post|advert|ad|film|cartoon|chatbot|app|site|system|servers?|bill|page|mail|people|customers|users|passengers|who|it|they|and) (?:wrongly |also |once |already |even |then )?(?:sent|sold|said|told|lost|deleted|charged|shouted|answered|mocked|made fun|insulted|showed|shown|posted|published|named|printed|used|gave|cut|dropped|burned|drove|broke|failed|misled|lied|raised|overcharged|shared|exposed|leaked|denied|refused|pushed|touched|cheated|hid|copied|forgot|mixed|delivered|shipped)
            (?:were|was|are|is|been) (?:wrongly |also )?(?:sent|sold|charged|billed|deleted|lost|exposed|shared|printed|published|mislabelled|switched off|cut off|evacuated|fined|arrested|sacked|laid off|hacked|defaced|hurt|injured|stolen|burned)
            (?:contains?|hold|holds) (?:bits|pieces|glass|nuts|metal|plastic|milk|traces|salmonella)
            wrong (?:label|letter|letters|dose|date|mail|price|rate|parcels?|name|order|size|woman|man|person|address|picture|figures?|account)
            harm himself|harm herself
            (?:is|are) (?:cancelled|closed|delayed|late)
            (?:rumour|rumor|claim|post|report|story|picture|video) _ (?:false|not true|untrue|wrong|fake)
            rendered _ inaccessible
            transmission of confidential
            lost their
            (?:has|have|had) (?:a|an|the) (?:fault|defect|flaw|leak|crack|crash)
            there (?:is|are|was|were) (?:bits|pieces|glass|plastic|metal|mould|salmonella)~
            does not take
            (?:film|post|picture|advert|cartoon|colleague) [\w ]{0,25}(?:mocked|insulted|showed|made fun)
            it is not true|that is not true|not true
            """,
        concern: """
            (?:are|am|is|so|very|truly|deeply|really) (?:so |very |truly |deeply |really |most )?(?:sorry|ashamed|horrified|alarmed|saddened|shocked|heartbroken)
            sorry
            apologise~
            apologize~
            apology|apologies
            (?:ask|beg) _ (?:pardon|forgiveness)
            our thoughts
            our hearts?
            (?:we|can) (?:fully |all |do |well )?(?:understand|know|see|share) (?:how|that|why|your|the) [\w'-]+
            worries you|worries many
            (?:feel|feeling) (?:for|with) (?:you|them|everyone|all|those)
            condolences|sympathy
            your safety
            (?:we are|stand|standing) with (?:him|her|you|them|the|his|all|everyone)
            (?:we are|and we are) here
            (?:how|this is) (?:hard|worrying|frightening|annoying|painful)
            nobody was hurt|no one was hurt
            """,
        apologyWithIf: """
            (?:sorry|apologise~|apologize~|apology|apologies|regret~) (?:for this |about this |again |sincerely |also |deeply )?(?:if|that you felt|that some|that people felt|that anyone|you feel|you felt)
            (?:sorry|apologise~|apologize~|apologies|regret~) (?:to|for) (?:anyone|any|those|all|everyone|people|anybody|whoever|some)(?: of you)?(?: who)? (?:may|might|could|felt|feel|were offended|was offended|took)
            if (?:you|anyone|anybody|someone|somebody|people|some people) (?:were|was|are|is|have been|has been|felt|feel|may|might) _(?:hurt|offended|upset|insulted|bothered|affected)(?: by this)?,? (?:we|then we|please|our)
            (?:sorry|apologise~|apologize~|apologies|regret~) (?:for )?any (?:offence|offense|inconvenience|hurt|upset|distress|misunderstanding|confusion)
            (?:may|might) have (?:been|felt) (?:offended|hurt|upset|insulted)
            (?:may|might) have (?:been )?caused
            """.Replace(" _(", @" (?:[\w'-]+ ){0,2}(", StringComparison.Ordinal),
        responsibility: """
            our (?:own )?(?:\w+ )?(?:fault|mistake|error|responsibility|failure|duty|slip|oversight|job)
            (?:fault|error|mistake|blame|failure|responsibility) (?:is|was|lies|rests) (?:\w+ )?(?:ours|with us|on us|on our side)
            we (?:have |had |ourselves |clearly |also |were |did )*(?:failed|broke it|got it wrong|got this wrong|got that wrong|made (?:this|that|the|a|an|an? \w+) (?:mistake|error)|made mistakes|let _ down|should have|should not have|were wrong|was wrong|misled|did wrong|messed up|are to blame|did not manage|did it ourselves|broke|did not do enough|caused (?:this|it|that))
            let (?:you|him|her|them|people|our|the) (?:\w+ )?down
            (?:take|takes|took|taking|accept|accepts|bear|carry|own) (?:the |full |all |complete |sole )*(?:responsibility|blame)
            (?:complete|full|sole) responsibility
            (?:it|this|that) (?:is|was|all is) (?:entirely |all |fully )?on us
            we (?:are|were) (?:\w+ )?(?:responsible|liable|at fault|guilty)
            (?:that|this|it) (?:was|is) (?:simply |just |plainly )?wrong
            (?:should not|shouldn't|must not) have happened _ (?:our|us|we)
            no excuse
            we ourselves introduced
            attributable exclusively to _ our
            (?:is|was|were) our (?:\w+ )?(?:responsibility|fault|mistake)
            """,
        nextStep: """
            (?:we|they|team|teams|engineers?|fitters|staff|doctors|inspectors|people|firefighters|helpers|nobody|director|desk|shops?) (?:are|is|have|has|will|now|already|re|ve|at once|today|also) _ (?:put~|switch~|writ~|talk~|dig~|paid|pay~|call~|clos~|clean~|check~|bring~|brought|restor~|restart~|repair~|fix~|rebuild~|rebuilt|move~|moving|hand~|lock~|paus~|pull~|stop~|took|taken|taking|replac~|refund~|return~|chang~|train~|ask~|answer~|collect~|show~|add~|end~|ending|recall~|warn~|remov~|delet~|block~|reset~|hire~|invit~|help~|open~|double~|count~|print~|send~|sent|told|initiat~|work~ (?:on|with|to)|watch~|remediat~|operationalis~|post~ (?:the|every)|undertak~|deliver~|give~|giving|off duty|at every|at the door|here to)
            engineers? (?:is|are) _ (?:restart~|working|repair~)
            (?:we|have) (?:called|closed|stopped|switched|took|taken|locked|paused|ended|asked|added|removed|deleted|recalled|suspended|put|fixed|changed|written|warned|started|sent|told|invited|doubled|brought|reset|blocked|hired)
            we (?:show|check|count|pay|refund|call|replace|repair|rebuild|bring|send|give|help|publish every|close|stop|withdraw)
            from (?:today|now on|tomorrow|monday|this week)
            you can (?:still |also |now )?(?:check|write|reach|go|stay|have|take|send|get|read|call|use|return|still|also|claim|change|find|fly|ask|come|reach)
            (?:anyone|everyone|everybody) can (?:get|have|call|return|claim|come)
            (?:do not|don't|please do not|never) (?:eat|use|drink|open|plug|charge|drive|enter|give|touch|click|reply)
            (?:take|bring|send) (?:it|them|yours|the \w+) back
            (?:you will|you'll|will be|gets?|get) (?:paid back|refunded|your money|a full refund|a refund|a letter|a new|an answer)
            (?:tickets?|buses|trains|trucks|heaters|rooms|the line|line \d+|hotline|doctors|staff|the list|new letters|the difference|the page|the counter|the ride|the bot|the picture|the post|the driver|the store|the shop|the lift|the restaurant|the film|branches) (?:\w+ )?(?:stay|stays|leave|leaves|stand|is at|are at|are in|is free|works? again|work|works|ends? at|comes? off|is closed|is off|is offline|is gone|is paused|remains? closed|are handed|is safe|are free)
            (?:took|taken|taking) (?:it|this|that|them|the \w+) (?:down|off|back)
            any shop (?:will|takes)
            (?:any|every|each) (?:shop|desk|branch|store) (?:will|takes|gives)
            two (?:people|doctors|nurses|staff) (?:now |watch |count |check )
            back from backup|from backup
            works again
            is currently undertaking
            (?:have )?initiated
            money back
            is closed|stays closed
            """,
        vagueStep: """
            (?:we|they) (?:are|re|'re) (?:now |still |currently )?(?:looking into|aware|investigating|monitoring|committed|leveraging|working hard|doing everything|taking this)
            looking into (?:it|this|that|the matter)
            (?:under|in) (?:investigation|review|way|progress)
            (?:investigation|inquiry|review|procedure) (?:is|has|was)
            circle back|deep dive
            (?:we|will) (?:continue|remain|strive|endeavour)
            if (?:customers|users|people|you) had [\w' -]+
            we (?:get|got) it wrong
            will blow over
            """,
        time: """
            (?:at|by|before|until|from|till|around|about) (?:\w+ )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock|a\.m|p\.m|h|hrs)?
            (?:at|by|before|around) (?:noon|midday|midnight|lunchtime|tonight)
            (?:tomorrow|tonight|this evening|today|on \w+day|\w+day) (?:at|by|morning|noon|evening|afternoon|night)
            (?:by|on|until|before) (?:\d{1,2} )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|january|february|march|april|may|june|july|august|september|october|november|december)
            (?:within|in) (?:the |an |one |two |three |\d+ )?(?:next )?(?:hours?|minutes)
            every (?:\d+|ten|fifteen|thirty|half) ?(?:minutes|hours?|an hour)
            """,
        telling: """
            will|we'll|shall
            news|update~|word
            (?:write|post|publish|tell|say|speak|confirm|report|announce|name|answer|answers|explain|list|questions|meet)
            comes|follows|is out
            subsequent communication|communicating
            """,
        blame: """
            (?:they|he|she|you|customers|users|it|who|which|courier|agency|supplier|company|provider|contractor|builder|people) (?:are|is|were|was|should|must|ought) (?:\w+ ){0,3}(?:to blame|at fault|have known|have read|read the|guilty|responsible for (?:this|it))
            not (?:us|ours|our fault|our responsibility|our problem)
            (?:is|was|are) (?:entirely |all |solely )?(?:the|an?) (?:fault|error|failure|mistake|problem|issue) (?:of|with|at|by) (?:the |a |our |their |some )?\w+
            (?:cannot|can't|can not) be held (?:responsible|liable)
            (?:were|was|are|been) (?:\w+ )?(?:told|warned|informed) (?:to|about|that|of|before|in time)
            if (?:customers|users|people|you|they|passengers) had (?:followed|read|listened|updated|asked|paid|checked|waited)
            (?:customers|users|people|those|passengers|everyone) (?:who )?(?:did not|didn't|failed to|dropped|ignored|forgot) \w+
            should have known better
            really at fault
            out of our (?:control|hands)
            their own fault
            """,
        speculation: """
            probably|presumably|perhaps|possibly|supposedly|apparently|allegedly
            (?:most |very |quite |seems |seem )likely
            (?:may|might) (?:well )?have (?:cut|been (?:an?|the|caused|hacked|sabotage~|due)|come|gone|broken|failed|left|done|got|had|wanted)
            (?:might|could) (?:well )?(?:be|have been) (?:an?|the|that|due|because|someone|sabotage)
            (?:we|i|one) (?:\w+ )?(?:assume|suspect|guess|suppose|believe it was|imagine|think it was|would guess|would think)
            (?:it|this|that) (?:seems|appears|looks) (?:that|like|as)
            perhaps|maybe
            rumour has it
            """,
        jargon: """
            leverag~
            synerg~
            holistic~
            stakeholder~
            end-to-end
            best[- ]in[- ]class
            best[- ]practices?
            value propositions?
            going forward
            circle back
            deep dive
            action(?:able)? (?:insights?|items?)
            task force
            touchpoints?
            onboarding
            right-siz~
            framework~
            ecosystem~
            operationali[sz]~
            remediat~
            guardrails?
            learnings
            scalable|scaling|seamless~
            customer-centric~
            laser-focus~
            robust~
            align~ (?:all|our|with|the)
            impacted
            incident management
            paradigm~
            bandwidth|low-hanging|move the needle|mission-critical|utili[sz]~
            moving forward|in terms of
            stack
            instances
            core competenc~
            """);
}
