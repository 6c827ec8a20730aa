"""What tells the kind of a claim: words of cue and content, what the rules say, and patterns of both."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.extraction.claims.claim_kind import kind_of_content, kind_of_cue, ruled_out
from bot.extraction.claims.kind_model import BARRED, CUE_SAYS
from bot.model.claims import Kind

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+|[?!%$€£]")
RULE = "rule "
MOST_WORDS = 40
"""Words of a content that are looked at."""
PATTERNS = {
    "asks": re.compile(r"\?[\"”’']*\s*$"),
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
}


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
    found.update(f"{BARRED}{kind.value}" for kind in ruled_out(cue, content))
    of_cue, of_content = WORD.findall(low_cue), WORD.findall(low)[:MOST_WORDS]
    found.update(f"c {word}" for word in of_cue)
    found.update(f"c {word[:5]}-" for word in of_cue if len(word) > 5)
    found.update(f"w {word}" for word in of_content)
    found.update(f"w {first} {second}" for first, second in pairwise(of_content))
    found.update(f"first {number} {word}" for number, word in enumerate(of_content[:3]))
    found.update(name for name, pattern in PATTERNS.items() if pattern.search(low))
    found.update(f"{by_cue.value if by_cue else '-'}, {name}" for name in PATTERNS if name in found)
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
