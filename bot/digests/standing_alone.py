"""Whether a claim makes sense without its article: whether it tells by itself what somebody said. Pure.

Extraction also finds thoughts, and words that a writer put into somebody's mouth. That is clear in an article, but
misleading when it stands alone in a digest.
"""

import re
from collections.abc import Container

from bot.digests.doubts import GOES_ON, has_doubts
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.text.clipping import ELLIPSIS
from bot.text.content_words import content_words

FEWEST_WORDS = 4
"""Contents with fewer words ("yes, of course") say little by themselves."""

_LEANS = re.compile(
    r"^(?:it|this|that|these|those(?! (?:who|that|which|whose|with|in|of)\b)|they|he|she|him|"
    r"her(?! (?!(?:to|not|of|as|for|that|from|into)\b)\w)|them|"
    r"so(?! far\b)|there(?! (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b)|"
    r"here|yes|no(?! \w)|oh|then|not|and|but|because|which|who|"
    r"(?:exactly |much )?the same(?! \w+ (?:that|who|which|as)\b))\b",
    re.IGNORECASE,
)
_MEANS_NOTHING = re.compile(
    r"it(?:['’]s|['’](?:d|ll) be| (?:(?:would|will|had|has|could|may|might|must|should) )?(?:not )?"
    r"(?:is|was|be|been))(?: not|n['’]t)?(?:(?: \w+){1,3}? that\b|(?: \w+){0,2} time (?:to|for)\b| too \w+ to\b|"
    r"(?: \w+){1,2} for (?:\w+ ){1,6}?to\b)",
    re.IGNORECASE,
)
"""An opening "it" that refers to nothing: "it is time to", "it's clear that"."""
_PRONOUN = re.compile(r"he|she|it|they|i|we", re.IGNORECASE)
FEWEST_OF_THE_STORY = 6
"""Paraphrases with fewer words ("the senator had been joking") say little unless a headline shares one of them."""
FEWEST_IN_PART = 4
"""In a paraphrase with gaps, parts with fewer words are scraps: "A hardware fix … that it will offer a case"."""
FEWEST_IN_QUOTED_PART = 3
_DEED = re.compile(r"(?:ha[sd] |have )?call(?:s|ed)?", re.IGNORECASE)
_A_THING = re.compile(r"an? ", re.IGNORECASE)
"""Objects of "called" that make it a deed, as in "called a halt". "Called the plan a disgrace" is speech."""
_THE_THING = re.compile(
    r"(?:the|such an?)\s+((?:incident|move|decision|step|measure|matter|issue|problem|situation|number|figure|"
    r"amount|sum|result|finding|claim|allegation|accusation|comment|remark|statement|idea|thing|event|case|"
    r"process|change|man|woman|pair|place|area|site|group|answer|question|reason|sentence|quote|note|message|letter|"
    r"rest|opposite|same)s?)\s+(?=(?:was|were|is|are|had|"
    r"has|have|would|will|could|can|cannot|may|might|must|should|did|does|do|[a-z]+ed|came|began|took|went|led)\b)",
    re.IGNORECASE,
)
"""A thing mentioned earlier, with nothing to identify it, and its verb. A headline makes "the plane" clear."""
_OBJECT = r"(?:them|him|her(?= (?:to|not|of|as|for|that|from|into|at|in|on|only|about|by|with|if|when)\b))\b"
_ANOTHER = re.compile(
    rf"(?!(?i:he|she|they|it)\b)(?:[\w’'-]+ ){{1,3}}{_OBJECT}|"
    rf"(?:[Hh]e\b[^A-Z“\"]*?\bhim|[Ss]he\b[^A-Z“\"]*?\bher(?= (?:to|not|of|as|for|that|from|only|about)\b))\b"
)
"""A pronoun for somebody mentioned earlier: "speculators had driven them", "she had told her only"."""
_POINTS_BACK = re.compile(r"\b(?:it|them|him|her|so|that|there)$")
"""The same at the end: "he was looking forward to it"."""
MOST_TO_POINT = 7
"""A paraphrase with more words may itself name what the pronoun at its end means."""
_I = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|myself|we['’](?:re|ve|d|ll))\b")
_QUOTED = re.compile(r"[“\"][^“”\"]*(?:[”\"]|$)|‘.*?’(?!\w)|(?<!\w)'.*?'(?!\w)")
_THIS_THING = re.compile(
    r"\b(?:(?:this|these|those|such)|(?:of|in|on|for|with|by|at|from|about|over|under) that|"
    r"that(?= (?:number|figure|amount|sum)\b)) ([a-z]+)\b"
)
"""A thing mentioned earlier, anywhere in a paraphrase: "reduce that number to 40"."""
_THAT_THING = re.compile(r"\b(?:of|in|on|for|with|by|at|from|about|over|under) (?:that|these|those) ([a-z]+)\b")
"""The same in the speaker's own words, where "this" is everywhere."""
_TIME = re.compile(
    r"(?:morning|afternoon|evening|night|day|week|weekend|month|quarter|season|spring|summer|autumn|fall|winter|"
    r"year|decade|century|time|moment|country|who)"
)
"""Words after which the meaning of "this" is clear: "this year"."""
_TOUCHES_ON = re.compile(
    r"(?:describ|discuss|detail|cit(?:e|ing)|mention|explain|talk|address|review)\w*", re.IGNORECASE
)
_TELLS = re.compile(r"[“\"”\d]|\b(?:as|that|which|who|how|why|is|are|was|were|had|has|have|would|will)\b")
"""Words that make the object of "described" more than a topic."""
_POINTS = re.compile(r"\b(?:this|these|those|theirs|hers)[.!?”\"'’]*$", re.IGNORECASE)
"""An ending that points to something one has to see: "stop me if you have seen this"."""
_HAD_IN_MIND = re.compile(
    r"\b(?:did(?:n['’]t| not)|had(?:n['’]t| not)|never) (?:want|wish|believe|think|expect|intend|fear|hope|like)"
    r"|\bhad expected$|^(?:had )?(?:wanted|wished|hoped|feared|intended|(?:\w+ly )?decided)$",
    re.IGNORECASE,
)
"""Cues for somebody's thoughts as told by others."""
_TOPIC = re.compile(r"\b(?:on|about|over|upon)$")
"""The end of a cue that only says what somebody spoke about."""
_CUT = re.compile(
    r"\b(?:(?:which|who|whose|and|but|or|the|a|an|my|our|its|their|your|when|where|while|because|if|whether|as|than|into),?[”\"'’.]*"
    r"|(?:that|to|of|after|before|with|for|from|by|at),?)$"
    r"|(?:;|\]|\.) (?:however|subsequently|meanwhile|moreover|therefore|nevertheless),?$",
    re.IGNORECASE,
)
"""The last word of a text that was cut off. A preposition may end a text closed by a mark: "what to look at"."""
_NO_SUBJECT = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|must|may|might|did|does|do)\b|"
    r"[a-z]{3,}ed (?:the|an?|his|her|its|their)\b",
    re.IGNORECASE,
)
"""How a paraphrase opens that lost its subject: "was killed because he was a commander"."""
_CUT_PART = re.compile(r"\b(?:the|an?|of|in|at|on|to|for|with|by|from|and|or|but|as|than|is|was|were|are)$")
"""The end of a part that was cut off: "income tax stays the … Fuel tax rises"."""
_NOT_SAID = re.compile(
    r"^(?:may|might|could|to)\b|\b(?:must|may|might) (?:\w+ )?be\b|"
    r"\bcan (?:barely|hardly|scarcely)\b|\bfull of\b|\btook (?:\w+ )?time to\b|"
    r"\b(?:is|are|was|were|remains?|remained) (?:an? |the )?(?:\w+ ){0,3}(?:critics?|advocates?|supporters?|"
    r"opponents?|champions?|defenders?)\b|"
    r"\b(?:(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?(?:expected|set|seen|poised|bound|likely|known|thought|"
    r"believed|supposed)|(?:come|comes|came|coming)\s+(?:in\s+for|under)|(?:send|sends|sent|sending)\s+(?:an?|the)\s+"
    r"(?:clear|strong|powerful|wrong|dangerous|mixed|bad|terrible|chilling)\s+(?:message|signal)|"
    r"apparently|presumably|seemingly|evidently|(?:must|may|might|would)\s+have)\b",
    re.IGNORECASE,
)
"""Cues that report something happening to somebody, or a writer's guess, rather than speech."""
_SAYS = re.compile(
    r"^\W+$|\b(?:accord|accus|acknowledg|address(?:e|ing)|add(?:s|ed|ing)?\b|admi|admonish|advis|advocat|"
    r"affirm|afraid|against|agree|alleg|allud|announc|answer|apologi|appeal|applaud|argu|ascrib|ask|"
    r"assail|assert|assess|assum|assur|attack|attest|attribut|aver(?:s|red)\b|avow|bark|beg(?:s|ged|"
    r"ging)\b|believ|bellow|bemoan|berat|bet(?:s|ting)?\b|blam|blast|blog(?:ged|ging)|boast|brag|brand|"
    r"brief|broadcast|calculat|call|castigat|cast(?:s|ing)? doubt|caution|chalk|challeng|champion|chant|"
    r"characteri|charg|chastis|chid|chime|cit(?:e|ing)|claim|clarif|commend|comment|commit|communicat|"
    r"compar|complain|compliment|conced|concern|conclud|conclusion|concur|condemn|confess|confid|confirm|"
    r"congratulat|contend|continu(?:ed|es)$|contradict|contrast|convey|convinc|counter|credit|cried|cries|"
    r"critic|crow(?:s|ed)\b|debat|decid|declar|decri|deem|defend|defin|demand|denounc|den(?:y|"
    r"i)|deplor|derid|describ|detail|determin|diagnos|dictat|disagree|disclos|discover|discuss|dismiss|"
    r"disparag|disput|divulg|document|doubt|downplay|dub(?:s|bed|bing)\b|echo|elaborat|email|emphasi|"
    r"encourag|endors|enthus|estimat|exclaim|excoriat|exhort|expect|explain|express|fact-check|fear|"
    r"fe(?:el|lt)|find|fire(?:s|d)? back|float|forecast|found|fret|frustrat|fume|go(?:es|ing|"
    r"ne)? (?:after|on about)|grill|gripe|grous|grumbl|guess|gush|hail|hammer|held that|herald|highlight|hint|"
    r"hit(?:s|ting)? (?:back|out)|holds? that|hop(?:e|ing)|hypothes|identif|implor|impl(?:y|i)|indicat|"
    r"inform|insinuat|insist|instruct|intend|interject|interpret|interrupt|intimat|invit|jest|joke|joking|"
    r"judg|justif|label|laid out|lambast|lament|lash|laud|lay(?:s|ing)? out|learn|lectur|let(?:s|"
    r"ting)? (?:it be known|slip)|liken|list(?:s|ed|ing)?\b|(?:made|makes?|making) (?:it )?(?:plain|clear|"
    r"(?:the|a) (?:case|point|argument))|maintain|mention|messag(?:ed|ing)|moan|mock|moot|murmur|mus(?:e|"
    r"ing)|mutter|not(?:e|ing)|object|observ|offer|opin|oppos|optimis|order|outlin|paint|pan(?:s|ned)\b|"
    r"pass(?:es|ed)? on|petition|pil(?:e|ing) on|pillor|plans?\b|plea|pledg|point|ponder|portray|"
    r"posit(?:s|ed)\b|post(?:s|ed|ing)?\b|postulat|prais|preach|predict|present|press|proclaim|"
    r"profess(?!or|ion)|project|promis|promot|pronounc|propos|protest|prov(?:e|ing)|publish|puts\b|put(?:s|"
    r"ting)? (?:it|the)\b|question|quip|quot|rail|rais(?:e|ing)|rant|rat(?:e|ing)|rav(?:e|ing)|read(?:s|"
    r"ing)?\b|reaffirm|reason|reassur|rebuff|rebuk|rebut|recall|reckon|recommend|recount|refer|reflect|"
    r"refut|reiterat|reject|relat|relay|remark|rememb|remind|repeat|repl(?:y|i)|report|repriman|request|"
    r"respond|restat|retort|retweet|reveal|ridicul|rip(?:s|ped)?\b|rul(?:e|ing)|sal(?:ute|uting)|savag|"
    r"sa(?:y|id)|s[ck]eptic|scoff|scold|scorn|scream|sees?\b|shar(?:e|ing)|shout|show|sigh|signal|slam|"
    r"snap|snarl|sound(?:s|ed|ing)?\b|spe(?:ak|ech)|specif|speculat|spell|spoke|stat(?:e|ing)|stipulat|"
    r"stress|suggest|summari|sum(?:s|med|ming) up|support|surmis|suspect|swear|swore|tak(?:e|es|"
    r"ing) (?:aim|issue)|talk|taunt|teas(?:e|ing)|tell|term|testif|text(?:s|ed|ing)\b|thank|theori|think|"
    r"thought|threat|thunder|told|took (?:aim|issue)|tout|trash|tweet|underlin|underscor|unveil|upbraid|"
    r"urg|vent(?:s|ed|ing)\b|view|voic|vouch|vow|want|warn|weigh(?:s|ed|ing)? in|welcom|went (?:after|"
    r"on about)|whisper|wish|wonder|word|worr|writ|wrote|yell)",
    re.IGNORECASE,
)
"""How cues begin that report words; a colon alone does so, too. Any other cue ("ignores", "doesn't mind") may be a
writer's view of somebody.

In PolNeAR dev and the development articles of Wikinews, Hearsay is sure of 1,000 right paraphrases. It leaves out
41: three that report words, the others a deed or a thought ("refuses", "have embraced", "loves", "knows").
"""
_HEARD = re.compile(r"\b(?:hears?|heard)$", re.IGNORECASE)
_HEARING = re.compile(r"\b(?:court|jury|jurors|inquest|inquiry|tribunal|hearing|committee|trial)\b", re.IGNORECASE)
"""Bodies that "hear" what is said before them: "the court heard that the clock was sold five times"."""
_BROKEN_NAME = re.compile(
    r"^(?:[Aa]nd|[Oo]r|[Bb]ut|[Nn]or|[Tt]han|[Mm]ore) [a-z]|^(?:[Tt]he|an?)$"
    r"|,? (?:and|but) (?:was|were|is|are|ha[sd])\b"
    r"|\b(?:citing|quoting|saying|being|and|or|of|the|as|by|with|for|from|whose(?: [a-z]+)?|[a-z])$"
)
"""How the name of a speaker begins or ends if it was cut off."""


def is_said(actor: str | None, cue: str, verbatim: Wording) -> bool:
    """Return whether this cue means that an actor says a claim.

    Words in quotation marks always count, and partly quoted ones do unless they are a writer's guess.
    """
    if actor and _BROKEN_NAME.search(actor):
        return False
    if verbatim is Wording.VERBATIM or not cue:
        return True
    if _NOT_SAID.search(cue):
        return False
    if _HEARD.search(cue) and actor and _HEARING.search(actor):
        return True
    return verbatim is Wording.MIXED or bool(_SAYS.search(cue))


def standing(claim: DigestClaim, known: Container[str] = frozenset()) -> float:
    """Return how well a claim can be understood without its context: 1, half, or not at all.

    A claim that opens with a pronoun can be understood if its referent is shown, one by an unknown speaker cannot.
    Half is for thoughts, for claims that open with an unidentified thing ("the incident happened") unless that is
    among the `known` words, such as those of the headlines, and for doubts (`bot.digests.doubts`).
    """
    opening = bare = _opening(claim)
    if claim.refers_to:  # the pronoun means the speaker, who is called "he" there
        meant = (claim.actor or "") if _PRONOUN.fullmatch(claim.refers_to) else claim.refers_to
        bare = f"{meant} {bare.partition(' ')[2]}"
    if not claim.actor or _leans(claim, opening, bare) or _says_nothing(claim, bare) or is_anothers_i(claim):
        return 0.0
    unnamed = any(not _is_known(thing, known) for thing in _things(bare, claim.verbatim))
    in_mind = claim.verbatim is Wording.PARAPHRASED and _HAD_IN_MIND.search(claim.cue)
    another = claim.verbatim is not Wording.VERBATIM and _ANOTHER.match(opening)
    half = (
        unnamed
        or in_mind
        or another
        or _POINTS.search(bare)
        or _is_brief(claim, known)
        or has_doubts(claim, known)
    )
    return 0.5 if half else 1.0


def _leans(claim: DigestClaim, opening: str, bare: str) -> bool:
    """Return whether a content goes on from words before it, or is cut off."""
    own = claim.verbatim is Wording.VERBATIM
    return (
        (bare.startswith("to ") if own else _ends_with_pronoun(opening))
        or not _has_enough_words(bare, claim.verbatim)
        or (_LEANS.search(bare) is not None and not _MEANS_NOTHING.match(bare))
        or _CUT.search(claim.content.strip()) is not None
        or _TOPIC.search(claim.cue) is not None
    )


def _says_nothing(claim: DigestClaim, bare: str) -> bool:
    """Return whether a report tells a deed, a topic, or what something unnamed did."""
    if claim.verbatim is not Wording.PARAPHRASED:
        return False
    deed = _DEED.fullmatch(claim.cue) and _A_THING.match(bare)
    topic = _TOUCHES_ON.fullmatch(claim.cue) and not _TELLS.search(bare)
    no_subject = claim.kind is not Kind.QUESTION and _NO_SUBJECT.match(bare)
    return bool(deed or topic or no_subject)


def _is_brief(claim: DigestClaim, known: Container[str]) -> bool:
    """Return whether a paraphrase has few words, contains no name or figure, and shares nothing with the
    headlines.
    """
    words = claim.content.split()
    if claim.verbatim is not Wording.PARAPHRASED or len(words) >= FEWEST_OF_THE_STORY:
        return False
    if words[:1] == ["to"] or not known:  # a cue comes before "to leave"
        return False
    told = any(word[:1].isupper() or word[:1].isdigit() for word in words[1:])
    return not told and not _is_known(claim.content, known)


def is_anothers_i(claim: DigestClaim) -> bool:
    """Return whether the "I" of a content is the listener rather than the speaker: "the doctors said I would not
    walk again".
    """
    if claim.verbatim is Wording.VERBATIM or not any(map(str.isalpha, claim.cue)):
        return False
    return _I.search(_QUOTED.sub("", claim.content)) is not None


def _ends_with_pronoun(content: str) -> bool:
    return len(content.split()) <= MOST_TO_POINT and _POINTS_BACK.search(content) is not None


def _opening(claim: DigestClaim) -> str:
    """Return the text of a content from its first word on, without an opening "that"."""
    return claim.content.strip(" “”\"'‘’").removeprefix("that ")


def _things(content: str, verbatim: Wording) -> list[str]:
    """Return the nouns for things in a content that must have been named before it."""
    opening = _THE_THING.match(content)
    pointed = (_THIS_THING if verbatim is Wording.PARAPHRASED else _THAT_THING).finditer(content)
    return ([opening[1]] if opening else []) + [one[1] for one in pointed if not _TIME.fullmatch(one[1])]


def _is_known(thing: str, known: Container[str]) -> bool:
    return any(word in known for word in content_words(thing))


def _has_enough_words(content: str, verbatim: Wording) -> bool:
    """Return whether a content, and each of its parts between gaps, has enough words."""
    fewest = FEWEST_IN_QUOTED_PART if verbatim is Wording.VERBATIM else FEWEST_IN_PART
    parts = GOES_ON.sub(" ", content).split(f" {ELLIPSIS} ")
    if len(parts) > 1 and any(len(part.split()) < fewest for part in parts):
        return False
    if any(_CUT_PART.search(part) for part in parts[:-1]):
        return False
    return len(content.split()) >= FEWEST_WORDS
