"""Different numbers for one thing in one story: "11 dead" and "14 dead". Pure.

Only for what is counted after an event (the dead, the hurt, the missing, and so on), and only if the numbers
cannot both be right as printed: "at least 11" does not contradict 14, nor do numbers for two places.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.digests.amounts import amounts_read
from bot.digests.plain_form import plain_form
from bot.model.claims import Kind
from bot.model.digests import DigestClaim
from bot.model.disputes import DifferingFigures, Figure
from bot.text.folding import fold

_PEOPLE = (
    r"(?:people|persons|civilians|residents|passengers|workers|soldiers|children|women|men|students|villagers|"
    r"migrants|miners|tourists|protesters|officers)"
)
_COUNTED = {
    "dead": r"dead|killed|died|deaths|fatalities|bodies|lost their lives|perished",
    "injured": r"injured|wounded|hurt|injuries",
    "missing": r"missing|unaccounted for",
    "arrested": r"arrested|detained|arrests",
    "homeless": r"homeless|displaced",
    "evacuated": r"evacuated",
    "trapped": r"trapped",
}
_NUMBER = r"#(?P<number>\d{1,12})(?![\w.%$£€])"
_AUXILIARIES = r"(?:(?:had|have|has|been|were|was|are|is|still|confirmed|also|now|feared|reported)\s+)*"
_AFTER = {
    counted: re.compile(rf"{_NUMBER}\s*(?:{_PEOPLE}\s+)?{_AUXILIARIES}(?:{words})\b")
    for counted, words in _COUNTED.items()
}
_TOLL = re.compile(rf"\b(?:death toll|toll)\b[^#.;]{{0,40}}?\s{_NUMBER}")
_KILLED = re.compile(rf"\b(?:killed|killing|claimed the lives of)\s+{_NUMBER}\s*(?:{_PEOPLE})?")
_OPEN = re.compile(
    r"\b(?:at least|more than|over|up to|as many as|nearly|almost|about|around|some|another|further|additional|"
    r"more|fewer than|less than|could|may|might|if|of the|of them|than)\b"
)
"""Words near a number that make it something other than a plain total."""
_NEAR = 30


def differing_figures(claims: Sequence[DigestClaim]) -> list[DifferingFigures]:
    """Return the numbers on which the sources of one story differ, with their claims."""
    found: defaultdict[str, defaultdict[int, list[DigestClaim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.kind in (Kind.QUESTION, Kind.DEMAND, Kind.PREDICTION):
            continue
        for counted, number in figures_in(claim.content):
            found[counted][number].append(claim)
    return [
        DifferingFigures(
            counted, tuple(Figure(f"{number:,}", tuple(said)) for number, said in sorted(numbers.items()))
        )
        for counted, numbers in found.items()
        if len(numbers) > 1 and _of_one_place(numbers) and _by_several(numbers)
    ]


def figures_in(content: str) -> list[tuple[str, int]]:
    """Return what is counted in a content, and the number, if it is stated as a plain fact."""
    text = amounts_read(fold(content))
    text = re.sub(r"\s+", " ", text)
    found: dict[str, int] = {}
    patterns = [*_AFTER.items(), ("dead", _TOLL), ("dead", _KILLED)]
    for counted, pattern in patterns:
        for match in pattern.finditer(text):
            near = text[max(0, match.start() - _NEAR) : match.end()]
            if _OPEN.search(near) or int(match["number"]) < 1:
                continue
            found.setdefault(counted, int(match["number"]))
    return list(found.items())


def _of_one_place(numbers: defaultdict[int, list[DigestClaim]]) -> bool:
    """Return whether no two claims name different places or groups."""
    names = [plain_form(claim.content).names for said in numbers.values() for claim in said]
    named = [one for one in names if one]
    return all(one & other for one in named for other in named)


def _by_several(numbers: defaultdict[int, list[DigestClaim]]) -> bool:
    """Return whether the numbers come from different articles."""
    return len({(claim.article_id, claim.url) for said in numbers.values() for claim in said}) > 1
