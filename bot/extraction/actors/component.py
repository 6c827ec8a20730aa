"""The component that says who speaks: every source resolved to an actor, the actors of the article ranked."""

import math
from bisect import insort
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.actors.actor_confidence import ActorConfidence, from_json, to_json
from bot.extraction.actors.actor_signs import is_told
from bot.extraction.actors.description_words import described
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.resolver import Article, Entity, Resolver
from bot.extraction.claims.quotations import quotations
from bot.extraction.encoder.doc_state import (
    TITLE,
    claims_of,
    entities_of,
    sentences_of,
    set_actors,
    set_claims,
    silences_of,
    text_of,
)
from bot.extraction.noun_phrases.phrase import Form
from bot.extraction.noun_phrases.roles import shown_role
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import POSSESSIVES
from bot.model.claims import Actor, ActorType, Claim

FILE = "actor_confidence.json"
TOLD = 0.9
"""How likely an actor is, at least, if the article tells in the words of the source who it is."""
MOST_SILENT = 5
"""Actors shown that the article is about but that say nothing in it."""


class ActorResolver:
    """Sets the actors of the Doc and, for each of its claims, the actor and how likely that is who is meant.

    One who says nothing is an actor where the article names it at least `minimum_mentions` times. An actor that is
    less likely than `minimum_actor_confidence`, or `minimum_description_confidence` if it has no name of its own,
    is not given: the claim keeps the description in its own words, if it has one, and else its actor is unknown.
    Without weights (older models have none) every actor is given.
    """

    def __init__(
        self,
        minimum_mentions: int = 3,
        minimum_actor_confidence: float = 0.5,
        minimum_description_confidence: float = 0.4,
    ) -> None:
        self.minimum_mentions = minimum_mentions
        self.minimum_actor_confidence = minimum_actor_confidence
        self.minimum_description_confidence = minimum_description_confidence
        self.confidence: ActorConfidence | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Resolve the sources of `doc`."""
        claims = claims_of(doc)
        text = text_of(doc)
        sentences = sentences_of(doc)
        if not sentences:
            return doc
        entities = [Entity(*name) for name in entities_of(doc)]
        silences = silences_of(doc)
        resolver = Resolver(Article(text, sentences, entities, (*claims, *silences), quotations(text)))
        speakers = resolver.resolve()
        for silent, silence in zip(speakers[len(claims) :], silences, strict=True):
            if silent is not None and silence.source[0][0] in silent.speaks:
                silent.speaks.remove(silence.source[0][0])
        rated = (
            self._rated(resolver, index, claim, speaker)
            for index, (claim, speaker) in enumerate(zip(claims, speakers, strict=False))
        )
        set_claims(doc, list(rated))
        lead = str(doc.user_data.get(TITLE, "")) + "\n" + text[: sentences[0][1]]
        set_actors(doc, ranked(resolver.cast.members, lead, len(text), self.minimum_mentions))
        return doc

    def _rated(self, resolver: Resolver, index: int, claim: Claim, speaker: Member | None) -> Claim:
        """Return `claim` with its actor, if that is sure enough, and both probabilities."""
        claim = replace(claim, claim_confidence=claim.confidence)
        signs = resolver.signs.get(index)
        if speaker is None or signs is None or self.confidence is None:
            return replace(claim, actor=speaker.name if speaker else None)
        likely = self.confidence.probability(signs)
        told = is_told(signs) and (not speaker.head or signs.get("called anew"))
        likely = max(likely, TOLD) if told else likely
        least = self.minimum_description_confidence if speaker.head else self.minimum_actor_confidence
        if likely < least:
            speaker = _in_own_words(resolver, index, claim.source[0][0], speaker)
            return replace(claim, actor=speaker.name if speaker else None)
        return replace(
            claim,
            actor=speaker.name,
            actor_confidence=round(likely, 4),
            confidence=round(claim.confidence * likely, 4),
        )

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights, if there are any, into the folder `path`."""
        if self.confidence is not None:
            folder = Path(path)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE).write_bytes(to_json(self.confidence))

    def from_disk(self, path: str | Path, **_: Any) -> "ActorResolver":
        """Read the weights from the folder `path`, if there are any."""
        file = Path(path) / FILE
        return self.from_bytes(file.read_bytes() if file.is_file() else b"")

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights, nothing if there are none."""
        return b"" if self.confidence is None else to_json(self.confidence)

    def from_bytes(self, data: bytes, **_: Any) -> "ActorResolver":
        """Take the weights from what `to_bytes` gave."""
        self.confidence = from_json(data) if data else None
        return self


def _in_own_words(resolver: Resolver, index: int, position: int, speaker: Member) -> Member | None:
    """Return the description in the source of claim `index`, instead of `speaker`; None if it has none."""
    if position in speaker.speaks:
        speaker.speaks.remove(position)
    phrase = resolver.phrases[index]
    if phrase is None or phrase.form is not Form.DESCRIPTION or folded(phrase.owner or "") in POSSESSIVES:
        return None
    text = without_article(phrase.text)
    known = resolver.cast.named(text)
    if known is None or known is speaker or not known.head:
        known = resolver.cast.add_member(described(phrase, text))
    resolver.cast.meet(known, position)
    insort(known.speaks, position)
    return known


def ranked(members: list[Member], lead: str, length: int, minimum_mentions: int) -> list[Actor]:
    """Return the actors among the members of a cast, the key actor first.

    Weight comes from claims made, then from mentions, an early first mention, and being named in the lead.
    """
    opening = {folded(word) for word in words_of(lead)}
    weights: list[tuple[float, Member]] = []
    for member in members:
        mentions = len(member.mentions)
        weight = 2.0 * len(member.speaks) + math.sqrt(mentions)
        if not member.head and words_of(member.name) and folded(words_of(member.name)[-1]) in opening:
            weight += 1.5
        if member.mentions and length:
            weight += 0.5 * (1 - member.mentions[0] / length)
        weights.append((weight, member))
    weights.sort(key=lambda pair: (-pair[0], pair[1].mentions[:1] or [0]))
    top = weights[0][0] if weights else 1.0
    actors: dict[str, Actor] = {}
    silent = 0
    for weight, member in weights:
        if not member.speaks:
            if silent >= MOST_SILENT or member.head or len(member.mentions) < minimum_mentions:
                continue
            silent += 1
        if member.name not in actors:
            actors[member.name] = _actor(member, weight / top)
    return list(actors.values())


def _actor(member: Member, salience: float) -> Actor:
    aliases = tuple(name for name, _ in member.aliases.most_common() if folded(name) != folded(member.name))
    role = shown_role(member.role)
    if member.type is ActorType.UNNAMED and role is None:
        role = member.name
    return Actor(member.name, member.type, role, aliases, round(salience, 3))


@Language.factory(
    "hearsay_actors",
    requires=["doc.ents", "token.is_sent_start"],
    default_config={
        "minimum_mentions": 3,
        "minimum_actor_confidence": 0.5,
        "minimum_description_confidence": 0.4,
    },
)
def create_actor_resolver(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    minimum_mentions: int,
    minimum_actor_confidence: float,
    minimum_description_confidence: float,
) -> ActorResolver:
    """Make the component that resolves actors.

    minimum_mentions: how often an actor must be named to be listed without having said anything.
    minimum_actor_confidence: probability from which on an actor is named (training/NOTES.md has its evidence).
    minimum_description_confidence: the same for one without a name: nobody is misnamed by it.
    """
    return ActorResolver(minimum_mentions, minimum_actor_confidence, minimum_description_confidence)
