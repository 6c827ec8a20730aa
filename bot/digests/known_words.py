"""Whether a claim says something about what readers know already: the headline, and what stands above it. Pure.

A claim that has no word of these needs an article around it. A reader marked 488 claims (most of the marks are in
gold/digests/alone.jsonl). Of those without such a word a third were unclear or misleading, of the others a sixth.
The same goes for a thing with "the" that nobody has named yet ("the embargo").
"""

import re
from functools import lru_cache

from bot.digests.stems import stem_of
from bot.digests.synonyms import ROOT
from bot.model.claims import Wording
from bot.model.digests import DigestClaim
from bot.text.content_words import content_words

ALIKE = 6
"""Words that begin with as many equal letters are taken for forms of one: "Ukraine", "Ukrainian"."""

_VERB = (
    r"(?:was|were|is|are|had|has|have|would|will|could|can|cannot|may|might|must|should|did|does|do|and|or|but|to|in|"
    r"on|at|by|for|with|from|as|than|after|before|when|while|because|if|[a-z]+ed|found|took|made|went|came|got|gave|"
    r"left|led|fell|rose|began|saw|told|lost|won|held|brought|kept|knew|became|ran|set|put|hit)"
)
_WORD = (
    r"(?!(?:\w+ly|against|about|who|that|which|whose|they|he|she|it|we|you|there|of|over|under|between|among|during|"
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|to|in|on|at|by|for|with|"
    r"from|as|than|after|before|while|because|if|but|and|or|be|being|where|when|into|through|around|towards?|behind|"
    r"near|per|within|without)\b)"
)
"""The start of a word that may name a thing or describe it."""
_THE_THING = re.compile(
    rf"\b[Tt]he ((?:{_WORD}(?:[a-z][\w’'-]*|[A-Z]\w+(?:ese|ish|[aei]an|can)) ){{0,2}}?{_WORD}[a-z][\w’'-]*)"
    rf"(?= {_VERB}\b|[.,;:!?”\"’)]|$)(?! of\b)",
)
"""A thing that "the" calls known, without a name or words that tell which."""


_TELLING = re.compile(r"(?<!^)(?<![.“] )\b[A-Z][a-z]{2}|\d")


"""A figure, or a name after the first word."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ONE_OF_A_KIND = _set(
    "world country government president police public economy time times day week month year years season "
    "past future internet sun earth moon sea sky war coronavirus virus pandemic state city nation people "
    "media press law court courts army military market markets weather environment rest end start "
    "beginning way others number majority right left poor rich young old need possibility fact idea west "
    "east north south middle ground air water summer winter spring autumn night morning evening weekend "
    "case moment party parties election elections vote population general risk chance opportunity ability "
    "level rate cost price impact effect"
)
"""Things of which readers take there to be only one."""
_WHICH = _set("first last next only most best worst more other")
"""Words that say which thing is meant."""


class KnownWords:
    """Words of texts that readers have seen, in any of their forms."""

    def __init__(self, *texts: str) -> None:
        self._stems = {form for text in texts for word in content_words(text) for form in _forms_of(word)}

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and not self._stems.isdisjoint(_forms_of(word))

    def __bool__(self) -> bool:
        return bool(self._stems)


def is_clear(claim: DigestClaim, known: KnownWords, *, early: bool, first: bool) -> bool:
    """Return whether readers who know the words `known` can place a claim that stands alone.

    It has one of them, and no thing that nobody has named. If it comes `early` in its article, the first suffices;
    for the `first` claim shown of a story the second does, too, but for own words without a name or a figure.
    """
    names_more = names_the_unknown(claim.content, known)
    if says_of(claim.content, known):
        return early or not names_more
    tells = claim.verbatim is not Wording.VERBATIM or _TELLING.search(claim.content) is not None
    return early and first and tells and not names_more


def is_report_of_known(claim: DigestClaim, known: KnownWords) -> bool:
    """Return whether a claim in other words, with a name or a figure, is by a speaker among the `known`."""
    return (
        _is_known(claim.actor, known)
        and claim.verbatim is not Wording.VERBATIM
        and _TELLING.search(claim.content) is not None
        and not names_the_unknown(claim.content, known)
    )


def says_of(content: str, known: KnownWords) -> bool:
    """Return whether a content has one of the `known` words."""
    return any(word in known for word in content_words(content))


def _is_known(actor: str | None, known: KnownWords) -> bool:
    return says_of(actor or "", known)


def names_the_unknown(content: str, known: KnownWords) -> bool:
    """Return whether a content has a thing with "the" that is none of the `known` ones, nor one of a kind."""
    for thing in _THE_THING.finditer(content):
        words = thing[1].split()
        if any(word.endswith("est") for word in words):  # "the strongest winds on record"
            continue
        if not (
            words[0] in _WHICH or words[-1] in _ONE_OF_A_KIND or any(w in known for w in content_words(thing[1]))
        ):
            return True
    return False


@lru_cache(maxsize=16_384)
def _forms_of(word: str) -> frozenset[str]:
    stem = stem_of(word)
    return frozenset({ROOT.get(stem, stem), word[:ALIKE] if len(word) >= ALIKE else word})
