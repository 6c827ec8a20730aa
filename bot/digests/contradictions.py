"""Filters that no article can pass, such as `dam -dam` or `lang:en lang:de`. Pure.

A filter is written out as alternatives, each a list of terms that must and must not match. If each alternative
contradicts itself, nothing can pass. What is found is certain; not every contradiction is found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from bot.digests.filters import AllOf, AnyOf, Field, Negation, Node, Term, written_filter
from bot.languages.translations import _
from bot.model.claims import Kind
from bot.text.folding import words_of

MOST_ALTERNATIVES = 500
"""A filter with more alternatives is taken to be possible. Filters that people write have fewer than ten."""


@dataclass(frozen=True, slots=True)
class _Literal:
    term: Term
    wanted: bool


def contradiction_in(node: Node, feeds: Sequence[tuple[str, str]] | None = None) -> str | None:
    """Return why no article can pass a filter, in words, or None if one might.

    `feeds` are the title and address of each feed that the articles come from, if they are known.
    """
    reason = None
    for number, alternative in enumerate(_alternatives(node, wanted=True)):
        if number == MOST_ALTERNATIVES:
            return None
        found = _contradiction(alternative, feeds)
        if found is None:
            return None
        reason = reason or found
    return reason


def _alternatives(node: Node, *, wanted: bool) -> Iterator[tuple[_Literal, ...]]:
    match node:
        case Term():
            yield (_Literal(node, wanted),)
        case Negation(part):
            yield from _alternatives(part, wanted=not wanted)
        case AllOf(parts) | AnyOf(parts):
            if isinstance(node, AllOf) is wanted:
                # one more than is examined, from each part: the product of long lists would fill the memory
                lists = [list(islice(_alternatives(part, wanted=wanted), MOST_ALTERNATIVES + 1)) for part in parts]
                yield from (tuple(one for some in chosen for one in some) for chosen in product(*lists))
            else:
                for part in parts:
                    yield from _alternatives(part, wanted=wanted)


def _contradiction(literals: Sequence[_Literal], feeds: Sequence[tuple[str, str]] | None) -> str | None:
    wanted = [one.term for one in literals if one.wanted]
    unwanted = [one.term for one in literals if not one.wanted]
    for term in wanted:
        for other in unwanted:
            if _implies(term, other):
                return _("an article with {term} is left out by {other}", term=_shown(term), other=_shown(other))
    languages = [term for term in wanted if term.field is Field.LANG]
    for term in languages:
        for other in languages:
            if not (_implies(term, other) or _implies(other, term)):
                return _(
                    "an article has one language, not both {one} and {other}",
                    one=_shown(term),
                    other=_shown(other),
                )
    for term in wanted:
        if term.field is Field.FEED and feeds is not None and not any(_names(term, feed) for feed in feeds):
            return _("no feed of this server matches {term}", term=_shown(term))
    return None


def _implies(term: Term, other: Term) -> bool:
    """Return whether every article that matches `term` matches `other`."""
    if term.field is not other.field:
        return False
    if term.field is Field.LANG:
        language = term.written.casefold()
        return language == other.written.casefold() or language.startswith(f"{other.written.casefold()}-")
    if term.field is Field.KIND:
        return _kinds(term) <= _kinds(other)
    if term.field is Field.TOPIC:
        return _topic_implies(term, other)
    return _sought(other) in _sought(term)


def _topic_implies(term: Term, other: Term) -> bool:
    words, fewer = words_of(term.written), words_of(other.written)
    whole = words[:-1] if term.prefix else words
    if not other.prefix:
        return set(fewer) <= set(whole)
    return set(fewer[:-1]) <= set(whole) and any(word.startswith(fewer[-1]) for word in words)


def _kinds(term: Term) -> frozenset[str]:
    wanted = term.written.casefold()
    return frozenset(k for k in Kind if k == wanted or (term.prefix and k.startswith(wanted)))


def _sought(term: Term) -> str:
    return f" {' '.join(words_of(term.written))}" + ("" if term.prefix else " ")


def _names(term: Term, feed: tuple[str, str]) -> bool:
    return any(_sought(term) in f" {' '.join(words_of(name))} " for name in feed)


def _shown(term: Term) -> str:
    return f"`{written_filter(term)}`"
