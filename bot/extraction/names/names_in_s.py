"""Names that end as possessives do: "Sotheby's said" is Sotheby's, and not somebody called Sotheby.

A possessive needs something that is possessed. If the source of a claim ends in one, right before the cue, it is
all of a name, unless the cue is a noun ("Moss's view") and the article has the name without the ending, too.
While sources are read, its apostrophe is written as a letter: so nothing takes it for an ending.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extraction.names.entity import ORG, Entity
from bot.model.claims import Claim, Span

LETTER = "\u02bc"
"""The letter that looks like an apostrophe."""
NAME = re.compile(r"(?:[Tt]he\s)?(?P<stem>[A-ZÀ-Þ][\w.-]*(?:\s(?:[A-ZÀ-Þ][\w.-]*|&|and)){0,3})(?P<mark>['’])s")
BEFORE_CUE = re.compile(r",?\s")
VERBAL = re.compile(r"(?:said|says?|told|tells?|wrote|writes?|\w+ed)$")
"""How a cue ends that is no noun."""


class NamesInS:
    """The names of one article that end in an apostrophe and s."""

    def __init__(self, text: str, claims: Iterable[Claim]) -> None:
        self._spans: list[Span] = []
        stems: dict[str, str] = {}
        for claim in claims:
            found = NAME.fullmatch(text, *claim.source[0]) if claim.source and claim.cue else None
            if found and BEFORE_CUE.fullmatch(text, found.end(), claim.cue[0][0]):
                verbal = VERBAL.search(text[slice(*claim.cue[0])])
                if not verbal and re.search(rf"\b{re.escape(found['stem'])}\b(?!['’])", text):
                    continue
                stems[found["stem"]] = found["mark"]
                self._spans.append((found.start("stem"), found.end()))
        self._spans.sort()
        self._mark = next(iter(stems.values()), "’")
        names = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
        self._pattern = re.compile(rf"(?<![\w’'-])({names})['’](?=s\b(?!\s[a-z]))") if stems else None

    def entities(self, entities: Sequence[Entity]) -> list[Entity]:
        """Return `entities`, those within such a name made one that is an organisation's."""
        found: list[Entity] = []
        for entity in entities:
            index = bisect_right(self._spans, entity.start, key=lambda span: span[0]) - 1
            around = self._spans[index] if index >= 0 else None
            if around is None or around[1] <= entity.start:
                found.append(entity)
            elif not found or found[-1].start != around[0]:
                found.append(replace(entity, start=around[0], end=around[1], label=ORG))
        return found

    def marked(self, text: str) -> str:
        """Return `text` with such names in a form whose apostrophe is a letter."""
        return text if self._pattern is None else self._pattern.sub(rf"\1{LETTER}", text)

    def is_all(self, words: str) -> bool:
        """Return whether `words`, as `marked` gives them, are such a name and nothing else."""
        return words.endswith(f"{LETTER}s") and NAME.fullmatch(words.replace(LETTER, "’")) is not None

    def unmarked(self, text: str) -> str:
        """Return a name or role as the article writes it."""
        return text.replace(LETTER, self._mark) if self._pattern is not None else text
