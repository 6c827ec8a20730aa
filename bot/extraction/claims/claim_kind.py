"""What kind of thing a claim is: rules on the words of its cue and content.

They are features of the learned model in kind_model.py, which says how far to trust them.
"""

import re

from bot.model.claims import Kind


def _stems(words: str) -> re.Pattern[str]:
    """Return a pattern of words, each matched as a whole, or as a beginning where it ends in `*`.

    Words with one first letter stand together, that letter in both cases: so most places cost one look.
    """
    parts: dict[str, list[str]] = {}
    for word in words.split("|"):
        rest = re.escape(word[1:]).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        parts.setdefault(word[0].lower(), []).append(rest)
    groups = (f"(?-i:[{first}{first.upper()}])(?:{'|'.join(rests)})" for first, rests in parts.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


NEGATED = r"(?:not|n['’]t|never|neither|nor)\s+(?:\w+ly\s+)?"
NOT_DENIED = re.compile(
    NEGATED + r"(?:den(?:y|ied|ying|ies)|rul(?:e|ed|ing)\s+out|reject\w*|dismiss\w*|disput\w*)", re.IGNORECASE
)
NO_DENIAL = re.compile(
    r"\b(?:refus|declin)\w*\s+to\s+(?:\w+ly\s+)?(?:promise|guarantee|predict|deny|rule\s+out|reject|dismiss|dispute|contest|exclude)\b|"
    r"\b(?:did|does|do|could|can|would|will|has|have)\s+(?:not|n['’]t|neither)\s+(?:\w+ly\s+)?(?:deny|denied|rule[d]?\s+out|"
    r"reject(?:ed)?|dismiss(?:ed)?|dispute[d]?)\b|"
    r"\b(?:dismiss|reject|declin|refus)\w*\s+(?:an?|the|his|her|their|its|\d+|some|several)?\s*(?:\d+\s+|\w+\s+)?"
    r"(?:workers?|staff|employees?|appeals?|bids?|motions?|petitions?|requests?|applications?|ministers?|judges?)\b|"
    r"\b(?:den(?:y|ie|ying)|refus)\w*\s+(?:him|her|them|us|me|(?:an?|the|his|her|their|its)\b|(?:[\w’'-]+\s){0,2}?[\w-]+['’]s?\s)?\s*(?:\w+\s+)?"
    r"(?:bail|entry|access|visas?|permits?|licen[cs]es?|permission|asylum|requests?|motions?|appeals?|bids?|petitions?|applications?|"
    r"clemency|parole)\b(?!\s+(?:is|was|were|has|had|ever)\b)",
    re.IGNORECASE,
)
"""What denies nothing: who refuses to deny leaves it open, and a court that rejects an appeal decides."""
DECIDES = re.compile(
    r"\b(?:courts?|judges?|justices?|jury|juries|jurors?|voters|senate|senators|parliament|lawmakers|legislators|legislature|"
    r"congress|arbitrators?|tribunal|panel|magistrates?|electorate|shareholders|assembly|MPs)$",
    re.IGNORECASE,
)
DECISION = re.compile(r"\b(?:reject|refus|declin|den[iy]|dismiss)\w*", re.IGNORECASE)
"""What a body does that decides: voters who reject a measure deny nothing, nor does a court that denies a bid."""
EXECUTIVE_ORDER = re.compile(r"\b(?:executive|court|restraining|emergency|standing)\s+orders?\b", re.IGNORECASE)
WEIGHS = re.compile(r"\b(?:is|are|was|were|been|be|has|have|had)\s(?:\w+\s)?consider(?:ing|ed)$", re.IGNORECASE)
"""Who is considering something holds no view of it yet."""
REPORTED_DEMAND = re.compile(
    r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?:asked|urged|ordered|told|advised|recommended|requested|required|"
    r"instructed)\b|\b(?:n['’]t|not|never|little\s+to|nothing\s+to)\s+(?:ask|urge|order|request|demand|encourage|recommend)\w*|"
    r"\b(?:seek|seeks|seeking|sought|needs?)\s+to\b",
    re.IGNORECASE,
)
"""Who was urged demands nothing, nor does who did not ask, nor who seeks to do something."""
NEVER_SAID = re.compile(
    NEGATED + r"(?:say|said|saying|claim(?:ed)?|promised?|suggest(?:ed)?|told|tell)\b", re.IGNORECASE
)
DENIAL = _stems(
    "deny|denies|denied|denying|denial*|refus*|reject*|rule out|ruled out|rules out|ruling out|dismiss*|"
    "disput*|refut*|rebuff*|rebut*|contradict*|disavow*|declin*|disagree*|not guilty|spurn*|played down|"
    "plays down|repudiat*|disown*|contest|contests|contested|contesting|brushed aside|brushed off|shrugged off"
)
PLEADED = re.compile(r"\bple(?:a?d|aded|ads|ading)\s+not\s+guilty\b", re.IGNORECASE)
QUESTION = _stems("wonder*|quer*|inquir*|enquir*|want to know|wants to know|wanted to know")
DOUBT = _stems("question*|challeng*")
CALLED = _stems("call*|brand*|describ*|label*")
CHARGE = _stems("charge|charges|allegation*|accusation*|claim|claims|rumour*|rumor*|indictment")
"""Nouns for a charge; calling it something denies it: "called the charge ridiculous"."""
ASK = _stems("ask|asks|asked|asking")
ABOUT = _stems("about")
WANT = _stems("want|wants|wanted|wanting")
TELL = _stems("tell|tells|told|telling")
DEMAND = _stems(
    "urg*|demand*|call for|calls for|called for|calling for|call on|calls on|called on|calling on|call upon|"
    "called upon|call to|calls to|called to|calling to|order|orders|ordered|ordering|request*|recommend*|"
    "plead*|appeal*|command*|beg|begs|begged|begging|encourag*|advis*|instruct*|implor*|insist on|insists on|"
    "insisted on|require|requires|required|pressed|press for|presses for|pressing for|push for|pushed for|"
    "pushing for|persuad*|exhort*|warned against|warns against|warning against|propos*|want|wants|wanted|"
    "wanting|seek|seeks|sought|seeking|forbid*|forbade|lobb*|petition*"
)
INSIST = _stems("insist*")
OPINION = _stems(
    "critici*|prais*|blast*|condemn*|slam*|accus*|believ*|think|thinks|thought|thinking|feel|feels|felt|"
    "doubt*|concern*|worr*|welcom*|describ*|support*|oppos*|endors*|admir*|mock*|hail*|hope|hopes|hoped|"
    "hoping|wish|wishes|wished|applaud*|regret*|lament*|like|likes|liked|prefer*|would rather|agree|agrees|"
    "agreed|attack*|defend*|denounc*|deplor*|decri*|ridicul*|scoff*|complain*|blam*|alarm*|disappoint*|"
    "outrag*|opinion*|view|views|viewed|favor*|favour*|promot*|back|backs|backed|backing|commend*|celebrat*|"
    "fault*|rail*|lambast*|rebuk*|hate|hates|love|loves|trust|trusts|critical|skeptic*|sceptic*|compar*|"
    "consider*|conclusion|spoken out|spoke out|cast doubt|aims|aim|goal|resist*|called|calls|calling|call|"
    "apolog*|argu*|attribut*|brand|branded|brands|branding|credit|credits|credited|express*|judge|judges|"
    "judged|rate|rates|rated|protest*|object|objects|objected|congratulat*|saw|sees|suspect|suspects|"
    "suspected|thank*|in the words of|voic*|liken*|label*|salut*|vent*|fume|fumed|deride*|chid*|contend*|"
    "prid*|sympathi*|bemoan*|bristl*|tribute|dedicat*|took exception|takes exception|took to task|grief|"
    "chastis*|mourn*|theoris*|theoriz*|speculat*|dub|dubs|dubbed|dubbing|characteris*|characteriz*"
)
NEUTRAL = re.compile(
    r"\b(?:liked?|likes|fond)\s+(?:to\s+say|of\s+saying)|\b(?:is|are|was|were)\s+(?:widely\s+)?(?:believed|thought|suspected)\b|"
    r"\bpleads?(?:ed)?\s+guilty|\bpled\s+guilty",
    re.IGNORECASE,
)
"""Words of opinions and demands that report plain statements."""
PROMISE = _stems(
    "promis*|pledg*|vow|vows|vowed|vowing|commit to|commits to|committed to|commitment to|guarantee*|undertook|"
    "undertakes to|undertaken to|undertake to|swore to|swears to|sworn to|gave his word|gave her word|"
    "gave its word|gave their word"
)
NO_PROMISE = re.compile(
    r"\b(?:not|n['’]t|never|refus\w*|declin\w*|without|offer\w*|br(?:oke|eak\w*|oken)|demand\w*|urg\w*|ask\w*)\b",
    re.IGNORECASE,
)
"""What stands with such a word that is no promise: "refused to promise", "broke a pledge"."""
PROMISES = re.compile(
    r"\b(?:I|we)\s+(?:(?:do|can|solemnly|hereby|also)\s+)?(?:pledge|vow|(?:promise|swear|guarantee|give\s+you\s+my\s+word)"
    r"(?=\s*[,.!”\"]|\s[^.!?]{0,60}?(?:\b(?:will|won['’]t|shall|to|never\s\w+\s(?:again|you))\b|['’]ll\b)))\b|"
    r"\byou\s+have\s+(?:my|our)\s+word\b",
    re.IGNORECASE,
)
"""The speaker's own promise in the words of the content."""
WARNING = _stems("warn|warns|warned|warning|caution|cautions|cautioned|cautioning")
PREDICTION = _stems(
    "predict*|forecast*|expect*|anticipat*|foresee*|foresaw|foreseen|projects|projected|prophes*|prediction*"
)
FEAR = _stems(
    "fear|fears|feared|fearing|think|thinks|thought|believ*|argu*|hope|hopes|suspects|confident|worr*|suggest*"
)
ESTIMATE = _stems("estimat*")
OPENING = 12
"""Words of a content within which an estimate says whether it looks ahead."""
DREAD = _stems("fear|fears|feared|fearing")
OUTLOOK = _stems(
    "likely to|are expected to|was expected to|will likely|will probably|would likely|would probably|set to|"
    "on track to|poised to|bound to|will never|confident that"
)
COMPARED = re.compile(r"\b(?:more|less|most|as|equally)\s+likely\b", re.IGNORECASE)
MODAL = re.compile(r"\b(?:will|would|won['’]t|shall|could|may|might)\b(?!\s+have\b)|['’]ll\b", re.IGNORECASE)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|does|do|did)\b", re.IGNORECASE)
ANOTHERS_FUTURE = re.compile(
    r"\W*(?!(?:it|he|she|they|we|I|if|when|who|that|according|let)\b)"
    r"(?:(?!(?:I|we|is|are|was|were|had|has|have|did|does|do|can|said)\b)[\w’'.%$€£-]+\s+){1,8}?(?:will|would|won['’]t)\s+"
    r"(?:(?:not|also|soon|eventually|only|simply|never|no\s+longer|even|still)\s+)?"
    r"(?!have\b|be\s+\w+(?:ed|en|held|built|made|paid|sent|given|put|set|kept|cut)\b|be\s+(?:held|built|made|paid|sent|put|set|kept|cut)\b|"
    r"be\s+(?:required|available|able|open|closed)|not\b|"
    r"(?:take|begin|start|open|close|continue|remain|hold|meet|receive|include|launch|last|return|run|join|attend|"
    r"provide|publish|announce|release|use|go|come|visit\s+(?:on|in)|work|appear|serve|travel|play|replace|allow|"
    r"stay|like|pay|send|give|make|apply|cover|consist|feature|say|need)\b)\w+",
    re.IGNORECASE,
)
"""Somebody, or something, other than the speaker will do something, and not by a plan or a timetable."""
OBLIGATION = re.compile(
    r"\b(?:should|must|ought\s+to|needs?\s+to|(?<!would )(?<!will )(?<!may )(?<!might )(?<!not )(?:has|have)\s+to|"
    r"(?:is|are)\s+needed|let\s+us|lets|(?:it\s+is|it['’]s|it\s+was)\s+(?:high\s+|about\s+)?time\s+(?:to|for))\b(?!\s+have\b)|^\W*(?:let|please)\s",
    re.IGNORECASE,
)
SUBJUNCTIVE = re.compile(
    r"\W*(?:(?!(?:will|would|ca|can|could|must|to|may|might|should|wo|cannot)(?:n['’]t)?\b)[\w’'-]+\s+){1,5}?be\s+\w+",
    re.IGNORECASE,
)
JUDGEMENT = _stems(
    "I think|I believe|I feel|I hope|I love|I hate|I doubt|I fear|we believe|we think|we hope|we feel|"
    "in my opinion|in my view|proud|terrible|wonderful|great|unacceptable|disgrac*|shameful|outrageous|"
    "ridiculous|absurd|beautiful|horrible|awful|amazing|damning|wrong|unfair|disappoint*|important|concerned|"
    "worried|glad|happy|sad|grateful|sorry|shocking|premature|nonsense|unnecessary|brilliant|excellent|"
    "fantastic|incredible|thrilled|delighted|excited|honoured|honored|pleased|stupid|foolish|irresponsible|"
    "reckless|unfortunate*|regrettable|tragic|tragedy|heartbreaking|devastat*|unjust|immoral|cruel|deserve*|"
    "barbaric|cowardly|heinous|shame|embarrass*|farce|travesty|inspiring|hypocri*|too late|too little|"
    "too far|insult*|best thing|worst thing|regret*|mistake|idiot*|betray*|appalling|atrocious|abysmal|admirable|"
    "callous|clumsy|cynical|despicable|dismal|disgusting|dreadful|exploitative|extraordinary|farcical|flawed|"
    "foolhardy|frightening|ghastly|grotesque|heroic|horrendous|horrific|horrifying|impossible|impressive|"
    "inadequate|incompetent|inexcusable|inept|inhumane|insane|intolerable|invaluable|laughable|ludicrous|"
    "magnificent|marvellous|marvelous|mediocre|misguided|monstrous|naive|nonsensical|obscene|pathetic|petty|"
    "pointless|preposterous|scandalous|selfish|senseless|shambles|short-sighted|silly|spectacular|splendid|"
    "stunning|superb|terrific|terrifying|thoughtless|toothless|toxic|troubling|unconscionable|undemocratic|"
    "unethical|unforgivable|unhelpful|unimaginable|unjustified|unreasonable|unsustainable|untenable|unthinkable|"
    "useless|vile|woeful|worthless|worrying"
)
ATTITUDE = re.compile(
    r"\W*(?:he|she|they|it|I|we)\s+(?:(?:had|was|were|is|am|are|has|have|also|still|strongly|fully|do|does|did|not|"
    r"been|really|very)\s+)*(?:fear(?:ed|s)?|back(?:ed|s)?|support(?:ed|s)?|oppos(?:e|ed|es)|shar(?:ed?|es)|"
    r"stood\s+(?:with|by|behind)|confident|hopeful|optimistic|pessimistic|welcom(?:e|ed|es)|doubt(?:ed|s)?|regret(?:ted|s)?|"
    r"impressed|moved|believ(?:e|ed|es)|thinks?|felt|feels?|surprised|disappointed|angry|worried|concerned|"
    r"satisfied|ashamed|admir(?:e|ed|es)|agre(?:e|ed|es)\s+with|preferred|prefers)\b",
    re.IGNORECASE,
)
"""The speaker's own attitude, reported with a neutral cue ("said he doubted it")."""
NO_DENIAL_IN_NEVER = re.compile(
    r"\W*(?:I|we|he|she|they|it)\W+(?:(?:have|has|had)\s+|['’](?:ve|d|s)\s+)?never\s+"
    r"(?:(?:been|felt|seen|heard|had)\s+(?:so|such|as|more|any\w*|a\b)|cross\w*|occurr\w*|kn[eo]w\w*|thought|imagined|dreamed|saw|seen|heard|felt|expected|forg[eo]t\w*)\b",
    re.IGNORECASE,
)
"""Wonder, not denial: "I have never been so happy", "she never knew her father"."""
SHOULD_COME = re.compile(
    r"\bshould\s+(?:\w+ly\s+)?(?:arrive|reach|land|reopen|open|return|last|clear|ease|improve|recover|"
    r"be\s+(?:back|ready|over|open|fine|able|here|there))\b",
    re.IGNORECASE,
)
"""What is likely, not asked for: "the train should arrive at nine"."""
COURTESY = _stems("thank*|apolog*|condolences")
"""Thanks and apologies are acts of courtesy: they are not shown as judgements."""
TO_BE_DONE = re.compile(
    r"\b(?:to|be|not)\s+\w+|\b\w+ed\b|\b(?:out|gone|back|shut|kept|built|cut)\b", re.IGNORECASE
)
DOER = re.compile(r"\W*(?!to\b)(?!not\s+to\b)\w", re.IGNORECASE)
"""Who wants a revolution, or to win, demands nothing of anybody; who wants the minister to go does."""
BIDDING = re.compile(
    r"[\"“‘']\W*(?!(?:I|we|you|he|she|it|they|this|that|these|those|there|here|the|an?|my|our|his|her|its|no|not|and|or|"
    r"but|so|as|in|on|at|for|of|with|from|if|when|what|why|who|how|where|because|nothing|nobody|some|all|both|one|"
    r"thanks?|thank|\w{3,}(?:ing|ed|ly)|\w+[^s]s)\b)(?:(?:just|now|please)\s+)?[a-z]+\s+(?:"
    r"(?:(?:back|out|up|down|away|off|over|in)\s+)?"
    r"(?:me|us|him|her|them|it|the|an?|my|your|our|their|this|these|at|home|now|to)\b|(?:up|out|off|back|away|down)\W*[\"”’'])|"
    r"[\"“‘']\W*(?:please|let|stop|do\s+not|don['’]t|hands\s+off)\b(?!\s+(?:know|think|them\b))",
    re.IGNORECASE,
)
"""A quotation that opens with what somebody shall do: “Give us back our library”."""
QUOTED = re.compile(r"\s*[\"“‘'].*[\"”’']\s*", re.DOTALL)
PASSING = re.compile(
    r"\d|\b(?:I|we|my|our|us|he|she|his|her|was|were|had|did|will|would|today|now|\w+ed|\w+ing)\b", re.IGNORECASE
)
LASTING = re.compile(
    r"\b(?:is|are|isn['’]t|aren['’]t|do|does|don['’]t|can|cannot|can['’]t|has|have|not)\b|['’]s\b", re.IGNORECASE
)
REJECTION = re.compile(
    r"\b(?:baseless|without\s+foundation|untrue|not\s+true|no\s+truth|nothing\s+to\s+do\s+with|categorically|unfounded|groundless|"
    r"not\s+guilty|did\s+nothing\s+wrong|(?:no|any)\s+wrongdoing|not\s+responsible|no\s+intention\s+of|"
    r"(?:his|her|their|its|my|our)\s+innocence|(?:is|was|are|were|am)\s+innocent|a\s+fiction|pure\s+fiction|a\s+lie|"
    r"fabricated|a\s+fabrication|(?:is|was)\s+no\s+(?:evidence|proposal|truth|basis|question))\b|"
    r"^\W*(?:I|we|he|she|they|it)\W+(?:(?:have|has|had)\s+|['’](?:ve|d|s)\s+)?never\b|"
    r"^\W*(?:I|we)\s+(?:(?:will|do|did|have)\s+not|won['’]t|didn['’]t|haven['’]t)\s+(?!know|think|believe|want|care)|"
    r"\b(?:he|she|they|it)\s+(?:would|will)\s+not\s+(?:resign|step|quit|apologi\w+|negotiate|accept|back|surrender|"
    r"give\s+(?:in|up)|sign|allow|tolerate)\b|^\W*no\b[,.!]|^\W*not\s+(?:a\s+single|an?\s+inch|one)\b|\bI\s+have\s+never\b",
    re.IGNORECASE,
)
WH_START = re.compile(r"\W*(?:if|whether|what|why|how|who|whom|whose|where|when|which)\b", re.IGNORECASE)
ASKED_WHO = re.compile(
    r"\W*(?:did|does|do|is|are|was|were|can|could|will|would|has|have|had)\s+(?:the|he|she|it|they|you|we|I|his|her)\b|"
    r"(?:(?!(?:to|that)\b)[\w’'-]+\s+){1,9}?(?:if|whether|what|why|how|who|where|when)\b",
    re.IGNORECASE,
)
"""The content opens with who was asked ("the minister where the money was"), or is the question as it was put."""
ASKED_FIRST = re.compile(r"\s*[“\"‘'][^.!?]*\?")
"""A question is what is quoted first; what follows is the speaker's remark on it."""
ABOUT_START = re.compile(r"\W*about\b", re.IGNORECASE)
TOLD_TO = re.compile(
    r"\s*(?:(?!(?:is|are|was|were|has|have|had|will|would|that|he|she|it|they)\b|(?-i:[a-z]+ed\b))[\w’'-]+\s+){0,5}?to\s+(?-i:[a-z]+)",
    re.IGNORECASE,
)
STARTS_WITH_TO = re.compile(r"\W*(?:not\s+)?to\s+[a-z]+", re.IGNORECASE)


def kind_of(cue: str, content: str) -> Kind:
    """Return the kind of a claim from the words of its cue and its content; `statement` where nothing says more.

    The cue decides first, in the order denial, prediction, question, demand, opinion; with a neutral cue
    ("said") the form of the content does.
    """
    return kind_of_cue(cue, content) or kind_of_content(content) or Kind.STATEMENT


def ruled_out(cue: str, content: str, source: str = "") -> tuple[Kind, ...]:
    """Return the kinds that a claim cannot be, whatever its words are like."""
    found = []
    if NOT_DENIED.search(cue) or NO_DENIAL.search(f"{cue} {content[:40]}"):
        found.append(Kind.DENIAL)
    if NO_DENIAL_IN_NEVER.match(content) and not DENIAL.search(cue):
        found.append(Kind.DENIAL)
    if SHOULD_COME.search(content) and not DEMAND.search(cue):
        found.append(Kind.DEMAND)
    if COURTESY.search(f"{cue} {' '.join(content.split()[:3])}"):
        found.append(Kind.OPINION)
    if WANT.search(cue) and not (TO_BE_DONE.search(content) and DOER.match(content)):
        found.append(Kind.DEMAND)
    if REPORTED_DEMAND.search(f"{cue} {' '.join(content.split()[:1])}"):
        found += [Kind.DEMAND, Kind.QUESTION]
    if WEIGHS.search(cue) and not re.match(r"\W*(?:him|her|it|them|himself|herself|itself)\b", content):
        found.append(Kind.OPINION)
    if EXECUTIVE_ORDER.search(cue):
        found.append(Kind.DEMAND)
    if DECIDES.search(source) and DECISION.search(cue):
        found.append(Kind.DENIAL)
    return tuple(found)


def kind_of_cue(cue: str, content: str) -> Kind | None:
    """Return the kind that the cue tells; None for a neutral cue."""
    cue = " ".join(cue.split())
    promised = PROMISE.search(" ".join((cue, *content.split(maxsplit=1)[:1])))
    if promised and promised.start() < len(cue) and not NO_PROMISE.search(cue):  # not "Pledges have reached", said
        return Kind.PROMISE
    if NEUTRAL.search(f"{cue} {content[:20]}"):
        return Kind.STATEMENT
    if NOT_DENIED.search(cue) or NO_DENIAL.search(f"{cue} {content[:40]}"):
        return Kind.STATEMENT
    if NEVER_SAID.search(cue) or DENIAL.search(cue) or PLEADED.search(f"{cue} {content}"):
        return Kind.DENIAL
    return _outlook(cue, content) or _question(cue, content) or _demand(cue, content) or _stance(cue, content)


def _outlook(cue: str, content: str) -> Kind | None:
    """Tell a prediction by its cue: of itself, or because the content looks ahead."""
    if PREDICTION.search(cue):
        return Kind.PREDICTION
    if WARNING.search(cue) and not STARTS_WITH_TO.match(content) and "against" not in cue:
        # "warned of floods", "warned prices could rise", but not "warned that the bridge was unsafe".
        return Kind.PREDICTION if MODAL.search(content) or not FINITE.search(content) else None
    if ESTIMATE.search(cue) and MODAL.search(" ".join(content.split()[:OPENING])):
        return Kind.PREDICTION
    if DREAD.search(cue) or (FEAR.search(cue) and MODAL.search(content)):
        return Kind.PREDICTION
    return None


def _question(cue: str, content: str) -> Kind | None:
    """Tell a question by its cue, and a doubt or a request that is worded like one."""
    asks = bool(WH_START.match(content) or ASKED_WHO.match(content)) or _asks(content)
    if QUESTION.search(cue):
        return Kind.QUESTION
    if DOUBT.search(cue):
        return Kind.QUESTION if asks else Kind.OPINION
    if ASK.search(cue):
        about = ABOUT.search(cue) or ABOUT_START.match(content) or ASKED_FIRST.match(content)
        return Kind.QUESTION if asks or about else Kind.DEMAND
    return None


def _demand(cue: str, content: str) -> Kind | None:
    """Tell a demand by its cue. "Wants to stay" is an opinion, "demanded to know why" a question."""
    told = TELL.search(cue) and (STARTS_WITH_TO.match(content) or TOLD_TO.match(content))
    if told or (INSIST.search(cue) and SUBJUNCTIVE.match(content)):
        return Kind.DEMAND
    first = content.split(maxsplit=1)[:1]
    found = DEMAND.search(" ".join((cue, *first)))
    if found is None or found.start() >= len(cue):
        return None
    if WANT.search(cue) and STARTS_WITH_TO.match(content):
        return Kind.OPINION
    return Kind.QUESTION if WH_START.match(content) else Kind.DEMAND


def _stance(cue: str, content: str) -> Kind | None:
    """Tell opinions by their cue."""
    if not OPINION.search(cue):
        return None
    charged = CALLED.search(cue) and CHARGE.search(" ".join(content.split()[:4]))
    if REJECTION.search(content) or charged:
        return Kind.DENIAL
    return None if STARTS_WITH_TO.match(content) and "agree" in cue else Kind.OPINION


def kind_of_content(content: str) -> Kind | None:
    """Return the kind that the form of a content tells; None if it tells none."""
    if PROMISES.search(content):
        return Kind.PROMISE
    if _asks(content):
        return Kind.QUESTION
    if REJECTION.search(content) and not NO_DENIAL_IN_NEVER.match(content):
        return Kind.DENIAL
    if (OUTLOOK.search(content) and not COMPARED.search(content)) or ANOTHERS_FUTURE.match(content):
        return Kind.PREDICTION
    if (OBLIGATION.search(content) and not SHOULD_COME.search(content)) or BIDDING.match(content):
        return Kind.DEMAND
    opinion = ATTITUDE.match(content) or JUDGEMENT.search(content) or _is_saying(content)
    return Kind.OPINION if opinion else None


def _is_saying(content: str) -> bool:
    """Tell a saying in quotation marks, which tells of no event: “A promise is a promise”."""
    return bool(QUOTED.fullmatch(content) and LASTING.search(content) and not PASSING.search(content))


def _asks(content: str) -> bool:
    return content.rstrip(" \"”’'").endswith("?")
