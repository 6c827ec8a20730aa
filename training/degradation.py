"""Articles made worse, as bad scrapers make them, and names swapped: with every offset carried along."""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from training.corpus import Article, GoldClaim, Name, Opinion, Pause, Span

QUOTES = frozenset("\"“”‘’'`´«»„‚‹›")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str = ""


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, list[int]]:
    """`text` after the edits, and for each old offset (len(text) + 1 of them) the new one.

    Edits may come in any order; of two that overlap, the one that starts first wins.
    """
    out: list[str] = []
    offsets: list[int] = []
    length = done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < done:
            continue
        offsets.extend(range(length, length + edit.start - done))
        out.append(text[done : edit.start])
        length += edit.start - done
        offsets.extend([length] * (edit.end - edit.start))
        out.append(edit.text)
        length += len(edit.text)
        done = edit.end
    offsets.extend(range(length, length + len(text) - done + 1))
    out.append(text[done:])
    return "".join(out), offsets


def carried(spans: Iterable[Span], offsets: Sequence[int], text: str) -> tuple[Span, ...]:
    """The spans where they stand in the new `text`, white space trimmed, empty ones dropped."""
    moved = []
    for old_start, old_end in spans:
        start, end = offsets[old_start], offsets[old_end]
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            moved.append((start, end))
    return tuple(moved)


def rewritten(article: Article, edits: Iterable[Edit]) -> Article:
    """The article after the edits; a claim of whose content nothing is left goes."""
    text, offsets = edited(article.text, edits)
    claims = None
    if article.claims is not None:
        moved = (
            [carried(part, offsets, text) for part in (claim.source, claim.cue, claim.content)]
            for claim in article.claims
        )
        claims = tuple(GoldClaim(*parts) for parts in moved if parts[2])
    opinions = tuple(
        Opinion(*span, opinion.tags)
        for opinion in article.opinions
        for span in carried([(opinion.start, opinion.end)], offsets, text)
    )
    names = None
    if article.names is not None:
        names = tuple(
            Name(*span, name.type)
            for name in article.names
            for span in carried([(name.start, name.end)], offsets, text)
        )
    return Article(
        article.id,
        text,
        claims,
        carried(article.sentences, offsets, text),
        names,
        opinions,
        None if article.quoted is None else carried(article.quoted, offsets, text),
        None if article.pauses is None else tuple(Pause(offsets[x.at], x.kind) for x in article.pauses),
        article.marked,
    )


@dataclass(frozen=True, slots=True)
class Damage:
    """What a bad scraper does: marks lost, sentences glued at this rate, line ends turned into spaces."""

    quotes: bool = False
    punctuation: bool = False
    glued: float = 0.0
    flat: bool = False


def is_mark(char: str) -> bool:
    """Whether `char` is punctuation of any sort, a backquote or an acute accent used as one."""
    return unicodedata.category(char)[0] == "P" or char in "`´"


def _gaps_to_glue(article: Article, rate: float, rng: random.Random) -> set[int]:
    """The starts of the white space that stands before a sentence and is to go."""
    text, gaps = article.text, set()
    for start, _ in article.sentences:
        before = len(text[:start].rstrip())
        if 0 < before < start and rng.random() < rate:
            gaps.add(before)
    return gaps


def damage_edits(article: Article, damage: Damage, rng: random.Random) -> list[Edit]:
    """The edits that do `damage` to the article."""
    text = article.text
    glue = _gaps_to_glue(article, damage.glued, rng) if damage.glued else set()
    edits = []
    for match in SPACES.finditer(text):
        start, end = match.span()
        if start in glue:
            edits.append(Edit(start, end))
        elif damage.flat and match.group() != " ":
            edits.append(Edit(start, end, " "))
    for i, char in enumerate(text):
        if damage.punctuation:
            gone = is_mark(char)
        else:
            inside_word = 0 < i < len(text) - 1 and text[i - 1].isalnum() and text[i + 1].isalnum()
            gone = damage.quotes and char in QUOTES and not inside_word
        if gone:
            edits.append(Edit(i, i + 1))
    return edits


def damaged(article: Article, damage: Damage, rng: random.Random) -> Article:
    """The article with `damage` done to it; where marks went, doubled spaces become one."""
    worse = rewritten(article, damage_edits(article, damage, rng))
    if not damage.punctuation:
        return worse
    doubled = [
        Edit(m.start(), m.end(), "\n" if "\n" in m.group() else " ")
        for m in SPACES.finditer(worse.text)
        if len(m.group()) > 1
    ]
    return rewritten(worse, doubled)


def drawn_damage(rng: random.Random) -> Damage:
    """A kind of damage drawn at random: most often what eval/degrade.py does, else a milder one."""
    draw = rng.random()
    if draw < 0.55:
        return Damage(punctuation=True, glued=rng.choice([1.0, 1.0, 1.0, 0.5]), flat=rng.random() < 0.85)
    if draw < 0.70:
        return Damage(punctuation=True, flat=rng.random() < 0.5)
    if draw < 0.87:
        return Damage(quotes=True, flat=rng.random() < 0.3)
    return Damage(glued=rng.choice([0.3, 1.0]), flat=rng.random() < 0.5)


def recased(article: Article, rng: random.Random) -> Article:
    """The article in small letters as people type, or in capitals as headlines are, where that moves no offset."""
    text = article.text.lower() if rng.random() < 2 / 3 else article.text.upper()
    return replace(article, text=text) if len(text) == len(article.text) else article


WHOLE = frozenset({"ORG", "LOC"})
"""The types of names that are swapped as a whole."""


class NamePool:
    """Names of a corpus to swap in for others, so that a model learns places of names and not names."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.whole: dict[str, list[str]] = defaultdict(list)
        self.first: list[str] = []
        self.last: list[str] = []
        for article in articles:
            for name in article.names or ():
                text = article.text[name.start : name.end]
                if "\n" in text:
                    continue
                words = text.split()
                if name.type == "PER":
                    if len(words) == 2 and all(w.isalpha() and w.istitle() for w in words):
                        self.first.append(words[0])
                        self.last.append(words[1])
                elif name.type in WHOLE and len(words) <= 4:
                    self.whole[name.type].append(text)

    def edits(self, article: Article, rng: random.Random) -> list[Edit]:
        """Edits that give every name of the article another one of its type, the same for the same name."""
        chosen: dict[tuple[str, str], str] = {}
        edits = []
        for name in article.names or ():
            text = article.text[name.start : name.end]
            if name.type == "PER" and self.last:
                words = list(re.finditer(r"[^\W\d_]{2,}", text))
                for i, word in enumerate(words):
                    pool = self.last if i == len(words) - 1 else self.first
                    new = chosen.setdefault(("PER", word.group()), rng.choice(pool))
                    new = new.upper() if word.group().isupper() else new
                    edits.append(Edit(name.start + word.start(), name.start + word.end(), new))
            elif self.whole.get(name.type) and "\n" not in text:
                new = chosen.setdefault((name.type, text), rng.choice(self.whole[name.type]))
                edits.append(Edit(name.start, name.end, new))
        return edits

    def swapped(self, article: Article, rng: random.Random) -> Article:
        """The article with other names."""
        return rewritten(article, self.edits(article, rng))
