"""The component that says who passes on what another said: "as told by Marsh".

It comes behind the one that resolves actors. An inner claim (`bot.extraction.claims.retold`) is kept if it is sure
that somebody other than its teller speaks: what somebody says of his or her own earlier words is one claim.
"""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.claims.retold import cited_claim, inner_claim
from bot.extraction.encoder.doc_state import actors_of, claims_of, set_claims, text_of
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import (
    FEMALE_ROLES,
    FEMALE_TITLES,
    MALE_ROLES,
    MALE_TITLES,
    PRONOUNS,
    SINGULAR,
)
from bot.model.claims import ActorType, Claim, Teller

MOST_TELLERS = 3
"""Tellers of one claim that are kept."""


class TellerFinder:
    """Sets `told_by` of the claims of the Doc, and drops inner claims that are nobody else's."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the tellers of the claims of `doc`."""
        claims, text = claims_of(doc), text_of(doc)
        outer = _outer_claims(claims, text)
        if not outer:
            return doc
        persons = {actor.name for actor in actors_of(doc) if actor.type in (ActorType.PERSON, ActorType.UNNAMED)}
        dropped = {
            inner
            for inner, around in outer.items()
            if not _is_another(claims[inner], claims[around], text, persons)
        }
        found: list[Claim] = []
        for place, claim in enumerate(claims):
            if place in dropped:
                continue
            tellers: list[Teller] = []
            around = outer.get(place)
            while around is not None and len(tellers) < MOST_TELLERS:
                if around not in dropped:
                    teller = claims[around]
                    tellers.append(Teller(teller.source, teller.cue, teller.actor))
                around = outer.get(around)
            found.append(replace(claim, told_by=tuple(tellers)) if tellers else claim)
        set_claims(doc, found)
        return doc


def _outer_claims(claims: tuple[Claim, ...], text: str) -> dict[int, int]:
    """Return for each claim within another, by their places, the one that it stands in."""
    by_cue = {start: place for place, claim in enumerate(claims) for start, _ in claim.cue}
    outer: dict[int, int] = {}
    for place, claim in enumerate(claims):
        for inner in (inner_claim(text, claim), cited_claim(text, claim)):
            within = next((by_cue[at] for at in range(*inner.cue) if at in by_cue), None) if inner else None
            if within is not None and within != place:
                outer[within] = place
    return outer


def _is_another(inner: Claim, around: Claim, text: str, persons: set[str]) -> bool:
    """Return whether somebody other than the teller speaks in an inner claim."""
    if inner.actor is None or inner.actor == around.actor:
        return False
    word = folded(text[slice(*inner.source[0])])
    if word not in PRONOUNS:
        return True
    if around.actor is not None and around.actor not in persons:
        return True
    genders = {SINGULAR.get(word), gender_of_source(text[slice(*around.source[0])], around.actor)}
    return genders == {"m", "f"}


def gender_of_source(source: str, actor: str | None) -> str | None:
    """Return "m" or "f" if the words of a source, or the first name of its actor, tell."""
    words = [folded(word) for word in words_of(source)]
    for word in words:
        if word in SINGULAR:
            return SINGULAR[word]
        if word in MALE_TITLES | MALE_ROLES:
            return "m"
        if word in FEMALE_TITLES | FEMALE_ROLES:
            return "f"
    named = words_of(actor or source)
    return gender_of(named[0]) if len(named) > 1 else None


@Language.factory("hearsay_tellers")
def create_teller_finder(nlp: Language, name: str) -> TellerFinder:  # noqa: ARG001
    """Make the component that finds tellers."""
    return TellerFinder()
