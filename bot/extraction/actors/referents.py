"""The component that says whom, or what, the pronoun means that a content opens with: "it would cost jobs".

Only if that is sure: the speaker ("Marsh said she would resign"), or what the speaker was asked about ("Asked
about the takeover, Marsh said it would cost jobs"). Whoever was told something, or was named just before, may be
meant just as well, and "it" often means nothing ("it was too early to say"): then nothing is said.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.actors.tellers import gender_of_source
from bot.extraction.encoder.doc_state import (
    Name,
    actors_of,
    claims_of,
    entities_of,
    sentences_of,
    set_claims,
    text_of,
)
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import FEMALE_ROLES, MALE_ROLES, ORGANISATIONS, SINGULAR
from bot.model.claims import ActorType, Claim, Span, Wording

SURE = 0.9
"""Probability of the actor from which on a pronoun can be said to mean it."""
NEAR = 60
"""Characters before a source in which another organisation may be what "it" means."""
OPENS = re.compile(r"(?:[Tt]hat\s+)?(?P<pronoun>[Hh]e|[Ss]he|[Ii]t|[Tt]hey)(?=\s)")
PRESS = re.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:reporters?|journalists?|media|press|newspaper|broadcaster|parliament|court|BBC|CNN|Reuters|AFP|AP|"
    r"radio|television|station|agency|conference|inquiry|committee|council|jury)\b",
    re.IGNORECASE,
)
"""Listeners whom "he" cannot mean."""
MEANS_NOTHING = re.compile(
    r"\s+(?:(?:would|will|had|has|could|may|might|must|should|can|wo|did|does)\s*(?:not|n['’]t)?\s+)?(?:\w+ly\s+)?"
    r"(?:(?:be|been|is|was|isn['’]t|wasn['’]t|['’]s)\s+(?!\w+ing\b)|(?:seem|appear|take|took|taken|cost|mean|happen|become|became|make|made|"
    r"rain|snow|matter|come|turn|remain|help)\w*\b)",
    re.IGNORECASE,
)
"""Behind "it": words with which it often means nothing, or something else than the speaker."""
TO_SAY = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:is|was|be|been)\s+(?:\w+\s+){1,4}?(?:to|that|for|whether|if|when)\b|\s+(?:take|took|seem|appear|rain)",
    re.IGNORECASE,
)
"""Behind "it" where that means nothing: "it was too early to say"."""
TOPIC = re.compile(
    r"(?:^|\b)(?:[Aa]sked|[Qq]uestioned|[Ss]peaking|[Cc]ommenting|[Ww]riting|[Tt]alking)\s+(?:about|on|of)\s+"
    r"(?P<topic>(?:the|his|her|its|their|a|an|this|that|these|those)\s+(?:[\w’'-]+\s+){0,5}?[\w’'-]+),\s*$"
)
"""Before a source: what the speaker was asked about."""
SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|solicitors?|barrister|attorneys?|agent|aide|representative|adviser|advisor)\s(?:for|of|to)\s"
    r"(?P<whom>(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.?\s)?(?:[A-ZÀ-Þ][\w’'-]*\s){0,2}[A-ZÀ-Þ][\w’'-]+|the\s(?:[\w’'-]+\s){0,2}"
    r"(?:minister|mayor|president|secretary|governor|senator|singer|actor|actress|player|striker|driver|captain|defendant|"
    r"suspect|chancellor|premier|star|author))$"
)
"""Somebody who represents one other person."""
TO_OTHER = {
    "he": re.compile(r"\b[A-Za-z]+ing\s(?:\w+\s)?him\b(?!\s(?:and|or)\b)"),
    "she": re.compile(r"\b[A-Za-z]+ing\s(?:\w+\s)?her(?=,|\s(?:on|in|at|to|for|after)\b)"),
}
"""Before a source, somebody else of the pronoun's gender: "Sentencing him, Judge Moss said he"."""
FEW_WORDS = 3
"""Words that a content has at least if it says something of "it": not "recommended it unanimously"."""
OWNER = re.compile(r"(his|her)\s", re.IGNORECASE)
VERBS = re.compile(r"\b(?:is|are|was|were|had|has|have|would|will|which|who|that|and|or)\b")


class ReferentFinder:
    """Sets `refers_to` of the claims of the Doc."""

    def __call__(self, doc: Doc) -> Doc:
        """Find what the pronouns mean with which contents of `doc` open."""
        claims, text, sentences = claims_of(doc), text_of(doc), sentences_of(doc)
        types = {actor.name: actor.type for actor in actors_of(doc)}
        names = entities_of(doc)
        found: list[Claim] = []
        for claim in claims:
            opens = None
            if claim.verbatim is not Wording.VERBATIM and claim.content and claim.source and claim.cue:
                opens = OPENS.match(text, *claim.content[0])
            if opens is not None:
                number = max(bisect_right(sentences, claim.cue[0][0], key=lambda s: s[0]) - 1, 0)
                low, before = sentences[number][0], sentences[max(number - 1, 0)][0]
                word, behind = opens["pronoun"].lower(), opens.end()
                meant = _topic(text, claim, word, behind, low) or _spoken_for(text, claim, word)
                bare = word == "it" and len(text[slice(*claim.content[0])].split()) < FEW_WORDS
                other = word in TO_OTHER and TO_OTHER[word].search(text, low, claim.source[0][0])
                if meant is None and not (bare or other) and not _another(claim, word, text, before, names):
                    meant = _speaker(text, claim, word, behind, low, types)
                claim = replace(claim, refers_to=meant)  # noqa: PLW2901
            found.append(claim)
        set_claims(doc, found)
        return doc


def _topic(text: str, claim: Claim, word: str, behind: int, low: int) -> Span | None:
    """Return the words for what the speaker was asked about, if "it" or "they" can mean that and nothing else."""
    if word not in ("it", "they") or claim.source[0][0] < low or TO_SAY.match(text, behind):
        return None
    found = TOPIC.search(text, low, claim.source[0][0])
    if found is None or VERBS.search(found["topic"]):
        return None
    plural = found["topic"].endswith("s") and not found["topic"].endswith(("ss", "us", "is"))
    source = text[slice(*claim.source[0])]
    one = folded(source) in SINGULAR or bool(re.search(r"\b[A-Z][a-z]+$", source))
    return found.span("topic") if one and plural == (word == "they") else None


def _spoken_for(text: str, claim: Claim, word: str) -> Span | None:
    """Return the person whom the speaker represents, if "he" or "she" means them: "A spokesman for the mayor said
    she".
    """
    found = SPEAKS_FOR.search(text, *claim.source[0])
    if word not in SINGULAR or found is None or claim.source[0][1] > claim.content[0][0]:
        return None
    noun = folded(found["whom"].split()[-1])
    gender = "m" if noun in MALE_ROLES else "f" if noun in FEMALE_ROLES else None
    return found.span("whom") if gender in (None, SINGULAR[word]) else None


def _another(claim: Claim, word: str, text: str, before: int, names: list[Name]) -> bool:
    """Return whether somebody else is named from `before` on, up to the content, whom the pronoun may mean."""
    own = {folded(each) for each in words_of(f"{claim.actor or ''} {text[slice(*claim.source[0])]}")}
    person = word in SINGULAR
    return any(
        before <= start < claim.content[0][0]
        and not {folded(each) for each in words_of(text[start:end])} <= own
        and (label == "PERSON") is person
        and (person or start > claim.source[0][0] - NEAR)
        for start, end, label in names
    )


def _speaker(
    text: str, claim: Claim, word: str, behind: int, low: int, types: dict[str, ActorType]
) -> Span | None:
    """Return the source, if the pronoun can only mean the speaker."""
    source, cue, content = claim.source[0], claim.cue[0], claim.content[0]
    if claim.actor is None or (claim.actor_confidence or 0) < SURE:
        return None
    if not low <= source[0] < cue[0] < content[0] or _tells_somebody(text, claim):
        return None
    words = text[slice(*source)]
    kind = types.get(claim.actor)
    owner = OWNER.match(words)
    if word in SINGULAR and owner is not None and SINGULAR[owner[1].lower()] == SINGULAR[word]:
        return None  # "his coach said he could run faster": the coach, or the runner?
    if word in SINGULAR:
        fits = kind in (ActorType.PERSON, ActorType.UNNAMED)
        return source if fits and gender_of_source(words, claim.actor) in (None, SINGULAR[word]) else None
    if word == "they":
        several = folded(words).endswith("s") or " and " in words
        return source if several and kind is not ActorType.PERSON else None
    body = kind in (ActorType.ORG, ActorType.GPE) or folded(words.split()[-1]) in ORGANISATIONS
    return source if body and not MEANS_NOTHING.match(text, behind) else None


def _tells_somebody(text: str, claim: Claim) -> bool:
    """Return whether somebody was told, who may be meant, too."""
    return claim.addressee is not None and not PRESS.match(text, *claim.addressee)


@Language.factory("hearsay_referents")
def create_referent_finder(nlp: Language, name: str) -> ReferentFinder:  # noqa: ARG001
    """Make the component that finds what opening pronouns mean."""
    return ReferentFinder()
