"""How outlets word one claim: the difference between two wordings, and who shortened the quotation. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from bot.digests.merging import groups_of
from bot.model.claims import Wording as OwnWords
from bot.model.digests import DigestClaim
from bot.model.wordings import Part, Run, Wording, Wordings
from bot.text.folding import fold

MOST_WORDS = 400
"""How many words of each wording are compared."""
_BARE = re.compile(r"[^\w%$£€]+")


def wordings_of(claim_id: int, claims: Iterable[DigestClaim]) -> Wordings | None:
    """Return the wordings of a claim among those of its story, one for each outlet. None if the claim is not
    there.

    The fullest one is verbatim if any is, and the longest of those.
    """
    groups = groups_of(claims)
    group = next((one for one in groups if any(claim.claim_id == claim_id for claim in one)), None)
    if group is None:
        return None
    fullest = min(group, key=_fullness)
    others: dict[str, DigestClaim] = {}
    for claim in sorted(group, key=_fullness):
        if claim.outlet != fullest.outlet:
            others.setdefault(claim.outlet, claim)
    return Wordings(fullest, tuple(_compared(fullest, other) for other in others.values()))


def diff(first: str, second: str) -> tuple[Run, ...]:
    """Return the runs of words that two wordings share or not, in order. Case and punctuation do not count."""
    one, other = first.split()[:MOST_WORDS], second.split()[:MOST_WORDS]
    runs: list[Run] = []
    matcher = SequenceMatcher(None, _bare(one), _bare(other), autojunk=False)
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            runs.append(Run(Part.BOTH, " ".join(other[k:m])))
            continue
        if i < j:
            runs.append(Run(Part.LEFT_OUT, " ".join(one[i:j])))
        if k < m:
            runs.append(Run(Part.ADDED, " ".join(other[k:m])))
    return tuple(runs)


def _compared(fullest: DigestClaim, other: DigestClaim) -> Wording:
    runs = diff(fullest.content, other.content)
    parts = {run.part for run in runs if _BARE.sub("", run.words)}
    quoted = fullest.verbatim is not OwnWords.PARAPHRASED and other.verbatim is not OwnWords.PARAPHRASED
    return Wording(other, runs, quoted and Part.LEFT_OUT in parts and Part.ADDED not in parts)


def _bare(words: Sequence[str]) -> list[str]:
    return [_BARE.sub("", fold(word)) for word in words]


def _fullness(claim: DigestClaim) -> tuple[bool, int, int]:
    return (claim.verbatim is OwnWords.PARAPHRASED, -len(claim.content.split()), claim.claim_id)
