"""Sources that depend on the last speaker: "another", the body that somebody represents, a friend of somebody."""

from bot.extraction.actors.agreement import same_sort
from bot.extraction.actors.article_state import NEAR, ArticleState
from bot.extraction.actors.description_words import described
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.model.claims import ActorType

BODY_NOUNS = frozenset(
    (
        "group",
        "organisation",
        "organization",
        "charity",
        "coalition",
        "union",
        "association",
        "trust",
        "network",
        "body",
    )
)
"""Nouns that refer back to an organisation with a spokesman."""
FRIENDS = frozenset(("friend", "ally", "neighbour", "neighbor", "colleague", "relative", "teammate", "classmate"))


class LastSpeaker:
    """Resolves the sources of one article that depend on who spoke right before them."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state

    def another(self, position: int) -> Member | None:
        """Return "another official" for a source at `position`, if an official without a name spoke last."""
        state = self._state
        before = state.speakers[state.done[-1]] if state.done else None
        if before is None or not before.head or before.plural or before.type is not ActorType.UNNAMED:
            return None
        state.told.add(position)
        name = f"another {before.name.removeprefix('another ')}"
        return state.cast.named(name) or state.cast.add_member(
            described(Phrase(Form.DESCRIPTION, name, head=before.head), name)
        )

    def body_of_last_speaker(self, phrase: Phrase, position: int) -> Member | None:
        """Return the organisation in the source of who spoke last: Norr Aid, after "Ida Roth of Norr Aid"."""
        state = self._state
        last = state.done[-1] if state.done else None
        speaker = state.speakers[last] if last is not None else None
        words = words_of(without_article(phrase.text))
        alone = phrase.definite and not phrase.plural and len(words) == 1
        if last is None or speaker is None or speaker.type is not ActorType.PERSON or not alone:
            return None
        start, end = state.article.claims[last].source[0]
        if not 0 <= state.sentence(position) - state.sentence(start) <= 1:
            return None
        inside = [
            entity for entity in state.article.entities if entity.label == "ORG" and start < entity.start < end
        ]
        since = [
            member
            for member in state.cast.recent(position, NEAR)
            if member.type is ActorType.ORG and member.last_met(position) > end
        ]
        if len(inside) != 1 or since:
            return None
        name = without_article(state.article.text[inside[0].start : inside[0].end])
        if phrase.head not in BODY_NOUNS and folded(name.split()[-1]) != phrase.head:
            return None
        known = state.cast.organisation(name, position) or Member(name, ActorType.ORG)
        if not same_sort(known, phrase.head, ()):
            return None
        state.told.add(position)
        return state.cast.named(known.name) or state.cast.add_member(known)

    def friend_of(self, phrase: Phrase, claim: int) -> Member | None:
        """Return "friend of Ada Quist" for "a friend" who says something of Ada Quist by name."""
        state = self._state
        content = state.article.claims[claim].content
        if phrase.head not in FRIENDS or phrase.definite or phrase.plural or phrase.tail or not content:
            return None
        if phrase.owner is not None or len(words_of(without_article(phrase.text))) != 1:
            return None
        start = content[0][0]
        for member in state.cast.recent(content[0][1], NEAR):
            if member.type is ActorType.PERSON and start in member.mentions:
                name = f"{phrase.head} of {member.name}"
                return state.cast.named(name) or state.cast.add_member(described(phrase, name))
        return None
