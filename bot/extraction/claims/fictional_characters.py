"""Characters of films and plays: what they say is written for them, and nobody says it."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import ROLES, TITLES
from bot.model.claims import Claim

LONGEST = 100_000
"""Characters of a text up to which characters are sought: no review is longer."""
ON_STAGE = re.compile(
    r"\b(?:films?|movies?|dramas?|sitcoms?|musicals?|actors?|actress(?:es)?|screenplay|screenwriter|theatre|biopic|"
    r"co-stars?|Oscar|Bafta|Emmy|Tony\sAward|Netflix|thriller|opera|playwright|cinemas?)\b"
)
"""Words showing that somebody who "plays" a person does so on stage or screen, and not on a court."""
PLAYED = re.compile(
    r"\b(?:plays?|played|playing|portrays?|portrayed|portraying|(?:stars?|starred|starring|cast)\sas|(?:role|part)\sof)\s"
    r"(?:the\s[a-z]+\s)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
)
SENTENCE_END = re.compile(r"[.!?][”\"’']?(?=\s|$)|\n")
RELATIVE = re.compile(r"(?:who|he|she|they|an?\s[a-z]+(?:\swho)?)$", re.IGNORECASE)
"""Who speaks behind a character's name if it is the character."""
PRESENT = re.compile(r"(?:is\s\w+ing|\w{2,}s)\b")


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a text: where their names end, where that sentence ends, and the words of the names."""

    ends: tuple[int, ...]
    sentence_ends: tuple[int, ...]
    names: tuple[tuple[str, ...], ...]

    def speak(self, claim: Claim, text: str) -> bool:
        """Return whether a claim is a line of one of them."""
        if not self.ends or not claim.cue or not claim.source:
            return False
        place = claim.cue[0][0]
        number = bisect_right(self.ends, place) - 1
        words = text[slice(*claim.source[0])]
        behind = number >= 0 and self.ends[number] <= claim.source[0][0] and place < self.sentence_ends[number]
        if behind and RELATIVE.match(words) and PRESENT.match(text[slice(*claim.cue[0])]):
            return True  # "plays Ada Finch, a widow who tells her village that"
        source = tuple(map(folded, words_of(words)))
        return any(source in (name, name[:1]) or source[-len(name) :] == name for name in self.names)


def characters_of(text: str) -> Characters:
    """Return whom actors play in `text`; nobody where it is about neither stage nor screen."""
    if len(text) > LONGEST or not ON_STAGE.search(text):
        return Characters((), (), ())
    named = [(played.end(), tuple(map(folded, words_of(played["name"])))) for played in PLAYED.finditer(text)]
    found = [(end, words) for end, words in named if words and words[0] not in ROLES | TITLES]
    stops = [SENTENCE_END.search(text, end) for end, _ in found]
    return Characters(
        tuple(end for end, _ in found),
        tuple(stop.start() if stop else len(text) for stop in stops),
        tuple(words for _, words in found),
    )
