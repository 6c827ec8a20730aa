"""The component that says who speaks: every source resolved to an actor, the actors of the article ranked."""

import math
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

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
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.model.claims import Actor, ActorType

MOST_SILENT = 5
"""Actors shown that the article is about but that say nothing in it."""


class ActorResolver:
    """Sets the actors of the Doc and the actor of each of its claims.

    One who says nothing is an actor where the article names it at least `minimum_mentions` times.
    """

    def __init__(self, minimum_mentions: int = 3) -> None:
        self.minimum_mentions = minimum_mentions

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
        set_claims(
            doc,
            [
                replace(claim, actor=speaker.name if speaker else None)
                for claim, speaker in zip(claims, speakers, strict=False)
            ],
        )
        lead = str(doc.user_data.get(TITLE, "")) + "\n" + text[: sentences[0][1]]
        set_actors(doc, ranked(resolver.cast.members, lead, len(text), self.minimum_mentions))
        return doc


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
    role = member.role
    if member.type is ActorType.UNNAMED and role is None:
        role = member.name
    return Actor(member.name, member.type, role, aliases, round(salience, 3))


@Language.factory(
    "hearsay_actors", requires=["doc.ents", "token.is_sent_start"], default_config={"minimum_mentions": 3}
)
def create_actor_resolver(nlp: Language, name: str, minimum_mentions: int) -> ActorResolver:  # noqa: ARG001
    """Make the component that resolves actors."""
    return ActorResolver(minimum_mentions)
