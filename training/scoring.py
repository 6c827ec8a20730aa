"""Figures for predicted claims and contents against gold, by the same definition as in eval/.

A predicted claim matches a gold one if their contents share at least half of their joint letters and digits (one
to one, best overlap first). It is right if the sources do, too, or are both empty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training.corpus import Article, GoldClaim, Span

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over articles, from which precision, recall and F1 are computed."""

    gold: int = 0
    predicted: int = 0
    content: int = 0
    claim: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.content + other.content,
            self.claim + other.claim,
        )

    def shares(self, hits: int) -> dict[str, float]:
        """Return precision, recall and F1 of `hits`, in percent."""
        return {
            "p": round(100 * hits / max(self.predicted, 1), 1),
            "r": round(100 * hits / max(self.gold, 1), 1),
            "f1": round(200 * hits / max(self.predicted + self.gold, 1), 1),
        }

    def table(self) -> dict[str, dict[str, float]]:
        """Return the figures in a readable form."""
        return {
            "claim": self.shares(self.claim),
            "content": self.shares(self.content),
            "counts": {"gold": self.gold, "predicted": self.predicted},
        }


def letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Return the offsets of the letters and digits that `spans` cover."""
    return frozenset(i for a, b in spans for i in range(a, b) if text[i].isalnum())


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the share of the joint characters that both have; 1 if both are empty."""
    return len(a & b) / len(a | b) if a or b else 1.0


def right_claims(
    text: str, gold: Sequence[GoldClaim], predicted: Sequence[GoldClaim]
) -> tuple[set[int], set[int]]:
    """Return the indices of predicted claims with the right content, and of those also with the right source."""
    sides = [[(letters(text, c.content), letters(text, c.source)) for c in claims] for claims in (gold, predicted)]
    pairs = []
    for i, (content, source) in enumerate(sides[0]):
        for j, (found, found_source) in enumerate(sides[1]):
            if content & found and (share := overlap(content, found)) >= HALF:
                pairs.append((-share, -overlap(source, found_source), i, j))
    contents: set[int] = set()
    claims: set[int] = set()
    used: set[int] = set()
    for _, likeness, i, j in sorted(pairs):
        if i not in used and j not in contents:
            used.add(i)
            contents.add(j)
            if -likeness >= HALF:
                claims.add(j)
    return contents, claims


def figures_of(article: Article, predicted: Sequence[GoldClaim]) -> Figures:
    """Return the figures of one article. Raises ValueError if its claims are not marked."""
    if article.claims is None:
        raise ValueError(f"article {article.id} has no marked claims to compare with")
    text = article.text
    gold, found = ([c for c in side if letters(text, c.content)] for side in (article.claims, predicted))
    contents, claims = right_claims(text, gold, found)
    return Figures(len(gold), len(found), len(contents), len(claims))
