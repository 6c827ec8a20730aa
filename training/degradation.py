"""Damages articles as bad scrapers do, and swaps names. All offsets are adjusted."""

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
    """Replaces the characters from `start` to `end` with `text`."""

    start: int
    end: int
    text: str = ""


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, list[int]]:
    """Return `text` after the edits, and the new offset for each old one (len(text) + 1 of them).

    Edits may come in any order. If two overlap, the one that starts first wins.
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
    """Return the spans in the new `text`, trimmed of white space, without empty ones."""
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
    """Return the article after the edits. Claims without any content left are removed."""
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
    """What a bad scraper does: marks lost, sentences glued at this rate, line ends replaced with spaces."""

    quotes: bool = False
    punctuation: bool = False
    glued: float = 0.0
    flat: bool = False


def is_mark(char: str) -> bool:
    """Return whether `char` is punctuation, or a backquote or acute accent used as such."""
    return unicodedata.category(char)[0] == "P" or char in "`´"


def _gaps_to_glue(article: Article, rate: float, rng: random.Random) -> set[int]:
    """Return the starts of the white space before sentences that is to be removed."""
    text, gaps = article.text, set()
    for start, _ in article.sentences:
        before = len(text[:start].rstrip())
        if 0 < before < start and rng.random() < rate:
            gaps.add(before)
    return gaps


def damage_edits(article: Article, damage: Damage, rng: random.Random) -> list[Edit]:
    """Return the edits that do `damage` to the article."""
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
    """Return the article with `damage`. Where marks were removed, double spaces become single ones."""
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
    """Return random damage: mostly that of eval/degrade.py, otherwise something milder."""
    draw = rng.random()
    if draw < 0.55:
        return Damage(punctuation=True, glued=rng.choice([1.0, 1.0, 1.0, 0.5]), flat=rng.random() < 0.85)
    if draw < 0.70:
        return Damage(punctuation=True, flat=rng.random() < 0.5)
    if draw < 0.87:
        return Damage(quotes=True, flat=rng.random() < 0.3)
    return Damage(glued=rng.choice([0.3, 1.0]), flat=rng.random() < 0.5)


def recased(article: Article, rng: random.Random) -> Article:
    """Return the article in lower case, as people type, or in capitals, as in headlines, if no offset changes."""
    text = article.text.lower() if rng.random() < 2 / 3 else article.text.upper()
    return replace(article, text=text) if len(text) == len(article.text) else article


WHOLE = frozenset({"ORG", "LOC"})
"""The types of names that are swapped as a whole."""


class NamePool:
    """Names of a corpus to swap in for others, so that a model learns where names stand and not the names."""

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
        """Return edits that replace every name of the article with another of its type, consistently."""
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
        """Return the article with other names."""
        return rewritten(article, self.edits(article, rng))
