"""What tells the kind of a claim: words of cue and content, what the rules say, and patterns of both."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.extraction.claims.claim_kind import BIDDING, kind_of_content, kind_of_cue, ruled_out
from bot.extraction.claims.kind_model import BARRED, CUE_SAYS
from bot.model.claims import Kind

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+|[?!%$€£]")
RULE = "rule "
MOST_WORDS = 40
"""Words of a content that are looked at."""
PATTERNS = {
    "asks": re.compile(r"\?[\"”’']*\s*$"),
    "all asks": re.compile(r"^\s*[\"“‘'](?:[^.!?]*\?)+[\s\"”’']*$"),
    "to do": re.compile(r"^\W*(?:not\s+)?to\s+[a-z]+"),
    "that": re.compile(r"^\W*that\b"),
    "wh": re.compile(r"^\W*(?:who|what|when|where|why|how|whether|if|which)\b"),
    "I will": re.compile(r"\b(?:i|we)\s+(?:will|shall|won['’]t|promise|pledge|guarantee)\b|\b(?:i|we)['’]ll\b"),
    "own future": re.compile(r"^\W*(?:that\s+)?(?:he|she|it|they)\s+(?:will|would)\b"),
    "future": re.compile(r"\b(?:will|would|won['’]t|shall)\b|['’]ll\b"),
    "maybe": re.compile(r"\b(?:may|might|could)\b"),
    "ought": re.compile(r"\b(?:should|must|ought|need(?:s|ed)?|have\s+to|has\s+to)\b"),
    "first ought": re.compile(r"^\W*(?:\w+\W+){1,4}(?:should|must|ought|needs?)\b"),
    "not": re.compile(r"\b(?:not|never|no|nothing|none|nobody|neither|nor)\b|n['’]t\b"),
    "first not": re.compile(r"^\W*(?:\w+\W+){0,2}(?:not|never|no|nothing)\b"),
    "past": re.compile(r"\b(?:was|were|had|did)\b|\w{3}ed\b"),
    "numbers": re.compile(r"\d|\b(?:percent|per\s+cent|million|billion|hundred|thousand)\b"),
    "I": re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me)\b"),
    "we": re.compile(r"\b(?:we|we['’](?:re|ve|d|ll)|our|us)\b"),
    "you": re.compile(r"\b(?:you|your)\b"),
    "judging": re.compile(r"\b\w+(?:ous|ful|less|ible|able|istic|ical|est)\b"),
    "very": re.compile(
        r"\b(?:very|really|so|too|most|more|best|worst|better|worse|great(?:est)?|never|always|only)\b"
    ),
    "think": re.compile(r"\b(?:think|thought|believe|feel|felt|hope|wish|want|love|like|hate|seems?|looks?)\b"),
    "is a": re.compile(r"\b(?:is|are|was|were)\s+(?:an?|the|so|very|not)\b"),
    "quoted": re.compile(r"[\"“”]"),
    "all quoted": re.compile(r"^\s*[\"“].*[\"”]\s*$", re.DOTALL),
    "let": re.compile(r"^\W*(?:let|please|stop|don['’]t|do\s+not)\b"),
    "exclaims": re.compile(r"!"),
    "others ought": re.compile(
        r"^\W*(?:that\s+)?(?!(?:if|when|he|she|i)\b)(?:[\w’'-]+\s+){1,6}?(?:must|should|ought\s+to|needs?\s+to|needed\s+to|"
        r"(?:has|have|had)\s+to)\b(?!\s+have\b)"
    ),
    "bids": BIDDING,
    "is due": re.compile(
        r"\btime\s+(?:for|to)\b|\b(?:be|were|was)\s+\w+(?:ed|en|t)\s+(?:until|without|at\s+once|immediately|first)\b"
    ),
    "be done": re.compile(
        r"^\W*(?:that\s+)?(?!(?:will|would|can|could|must|to|may|might|should)\b)(?:[\w’'-]+\s+){1,5}?be\s+\w+"
    ),
    "is judged": re.compile(
        r"\b(?:is|are|was|were|been|be|am|felt|feels?|looks?|seems?|['’](?:s|re|m))\s+(?:(?:not|so|too|very|really|simply|"
        r"quite|just|extremely|absolutely|utterly|completely|totally|deeply|far|almost)\s+)*"
        r"(?:the\s+(?:\w+est|best|worst|most)\b|an?\s+(?:\w+\s+)?(?:disgrace|shame|joke|insult|scandal|disaster|farce|failure|nightmare|"
        r"betrayal|tragedy|mistake|triumph|miracle|pleasure|gem|mess|lie|madness|crime|genius|hero|crook|fool|coward|bully))\b"
    ),
    "charge is false": re.compile(
        r"\b(?:claims?|allegations?|accusations?|reports?|charges?|story|stories|rumou?rs?|suggestions?|that|it|this|they)\W+"
        r"(?:is|are|was|were|['’]s)\s+(?:(?:simply|completely|entirely|wholly|totally|all|just|flatly|utterly|categorically)\s+)*"
        r"(?:not\s+true|false|untrue|baseless|unfounded|groundless|invented|made\s+up|fabricated|fiction|wrong|nonsense|rubbish|a\s+lie|lies)\b"
    ),
    "no such": re.compile(
        r"\bno\s+(?:plans?|intention|truth|evidence|knowledge|proposal|talks|role|part|wrongdoing)\b|\bnothing\s+(?:wrong|to\s+do\s+with)\b|\binnocen(?:t|ce)\b"
    ),
    "own not": re.compile(
        r"^\W*(?:that\s+)?(?:i|we|he|she|they|it)\b(?:\W+(?:have|has|had|['’](?:ve|d|s|m)|am|was|were|did|do|does|would|will|is))?"
        r"(?:\W+(?:never|not)\b|n['’]t\b)"
    ),
    "a charge": re.compile(
        r"^\W*(?:\w+\s+){0,3}(?:claims?|allegations?|accusations?|charges?|"
        r"reports?|rumou?rs?|criticisms?|suggestions?|wrongdoing|talk|involvement|findings|account)\b"
    ),
    "doing": re.compile(r"^\W*(?:having\s+|ever\s+|that\s+(?:he|she|they|it|any|the)\b|\w+ing\b)"),
    "a request": re.compile(
        r"\b(?:requests?|appeals?|bids?|motions?|bail|permits?|licences?|licenses?|visas?|access|entry|permission)\b"
    ),
    "of before": re.compile(r"\bin\s+(?:19|20)\d\d\b|\b(?:last|ago|then|earlier)\b"),
}
CUES = {
    "asks for": re.compile(
        r"\b(?:urg|demand|implor|beg|plead|appeal|instruct|order|request|recommend|advis)\w*|\bcall\w*\s+(?:up)?on\b|\bcall\w*\s+for\b"
    ),
    "wants": re.compile(r"\bwant\w*\b"),
    "judges": re.compile(
        r"\b(?:condemn|prais|deplor|hail|welcom|critici[sz]|denounc|lament|regret|slam|blast|applaud|accus|blam|doubt|thank|commend|mock|decr)\w*"
    ),
    "calls it": re.compile(
        r"\b(?:call(?:s|ed|ing)?|describ\w+|brand\w*|label\w*|dubb?\w*|defend\w*)\b(?!\s+(?:on|for|upon))"
    ),
    "foretells": re.compile(r"\b(?:predict|forecast|project|expect|foresee|foresaw|anticipat)\w*|\bsees\b"),
    "denies": re.compile(r"\b(?:den(?:y|ies|ied|ying)|refut\w+|reject\w*|dismiss\w*|disput\w*|contest\w*)\b"),
    "says": re.compile(
        r"^(?:has\s+|have\s+|had\s+|also\s+)?(?:said|says|say|saying|added|adds|told|tells|according\s+to|stated|noted|replied)\b"
    ),
}
"""Sorts of cues: one feature for all the words of a sort, and one with each pattern of the content."""


def features_of(source: str, cue: str, content: str) -> list[str]:
    """Return the names of the features that a claim with these words has, each once."""
    low_cue, low = " ".join(cue.casefold().split()), " ".join(content.casefold().split())
    by_cue, by_content = kind_of_cue(cue, content), kind_of_content(content)
    found = {
        f"{RULE}{(by_cue or by_content or Kind.STATEMENT).value}",
        f"{CUE_SAYS}{by_cue.value if by_cue else '-'}",
        f"content says {by_content.value if by_content else '-'}",
        f"both {by_cue.value if by_cue else '-'} {by_content.value if by_content else '-'}",
        f"cue {low_cue}",
        f"{min(len(low.split()) // 6, 5)} long",
        f"by {_kind_of_source(source)}",
    }
    found.update(f"{BARRED}{kind.value}" for kind in ruled_out(cue, content, source))
    of_cue, of_content = WORD.findall(low_cue), WORD.findall(low)[:MOST_WORDS]
    found.update(f"c {word}" for word in of_cue)
    found.update(f"c {word[:5]}-" for word in of_cue if len(word) > 5)
    found.update(f"w {word}" for word in of_content)
    found.update(f"w {first} {second}" for first, second in pairwise(of_content))
    found.update(f"first {number} {word}" for number, word in enumerate(of_content[:3]))
    found.update(name for name, pattern in PATTERNS.items() if pattern.search(low))
    patterns = [name for name in PATTERNS if name in found]
    found.update(f"{by_cue.value if by_cue else '-'}, {name}" for name in patterns)
    for sort, pattern in CUES.items():
        if pattern.search(low_cue):
            found.add(f"cue {sort}")
            found.update(f"{sort}, {name}" for name in patterns)
            found.add(f"{sort}, content {by_content.value if by_content else '-'}")
    return sorted(found)


def ruled_in(features: Sequence[str]) -> Kind:
    """Return the kind by rules alone, which is one of the features of a claim."""
    return Kind(next(name for name in features if name.startswith(RULE)).removeprefix(RULE))


def _kind_of_source(source: str) -> str:
    """Return what a source is, roughly: a pronoun by itself, a name, or a description."""
    words = source.split()
    if not words:
        return "nobody"
    if words[0].casefold() in ("i", "we", "he", "she", "they", "it", "who", "which", "that"):
        return words[0].casefold()
    return "name" if words[-1][:1].isupper() else "description"
