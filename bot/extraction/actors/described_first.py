"""Who is described before the article names them: in its headline, in its first sentences, by an office."""

import re

from bot.extraction.actors.actor_type import type_of_name
from bot.extraction.actors.agreement import fit, words_of_role
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.description_words import OWNERS, parts_of
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.roles import own_role
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import (
    KIN,
    OFFICES,
    ORGANISATIONS,
    PERSON_CLASSES,
    PLACES,
    ROLE_FORMS,
    ROLES,
    TOWNS,
)
from bot.model.claims import ActorType

ANOTHER = frozenset(("prime", "vice", "deputy", "shadow"))
"""Words that make another office of one: a prime minister is no "minister" of a headline."""
HEADLINE = 3
"""Sentences at the start of an article that may describe someone who is named only later."""
SOON = 3
"""Sentences within which one who opens the article without a name gets it."""
NOT_IN_OFFICE = frozenset(("vice", "deputy", "former", "ex", "late"))


class DescribedFirst:
    """Those of one article who are described before they are named."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state

    def headline(self, phrase: Phrase) -> Member | None:
        """Return whom a description in the headline means, once the whole article is read; None if nobody fits."""
        words = [folded(word) for word in words_of(phrase.text)]
        if phrase.owner is not None or phrase.definite:
            return None
        head = ROLE_FORMS.get(phrase.head, phrase.head)
        members = self._state.cast.members
        if not phrase.plural:
            people = [
                member
                for member in members
                if member.type is ActorType.PERSON
                and phrase.head in ROLES
                and not (ANOTHER & words_of_role(member.role)) - set(words)
                and fit(
                    member,
                    head,
                    [ROLE_FORMS.get(word, word) for word in words if word != phrase.head],
                    plural=False,
                )
                >= 2.5 - 0.5 * (len(words) > 2)
            ]
            if len(people) == 1:
                return people[0]
        firms = [
            member
            for member in members
            if member.type is ActorType.ORG
            and not member.head
            and not phrase.plural
            and phrase.head in ORGANISATIONS | {"maker"}
            and set(words) <= {folded(word) for word in words_of(member.role or "")}
        ]
        if len(firms) == 1:
            return firms[0]
        named = self._state.cast.named(phrase.text)
        if named is not None or phrase.head in PERSON_CLASSES:
            return named
        same = [
            member
            for member in members
            if (
                member.head == phrase.head
                and member.plural == phrase.plural
                and all(word in words_of(member.name.casefold()) for word in words)
            )
            or (
                phrase.head in ROLES
                and phrase.head in words_of((member.role or "").casefold())
                and len(words) == 1
            )
        ]
        return min(same, key=lambda member: member.mentions[:1] or [1 << 40]) if len(same) == 1 else None

    def later(self, phrase: Phrase, text: str, position: int) -> Member | None:
        """Return who is named only later: by the role that the description gives, or as the first of all."""
        words = {folded(word) for word in words_of(text)}
        opening = self._state.sentence(position) <= HEADLINE
        alone = phrase.definite and phrase.head in OFFICES and len(words) == 1
        if phrase.plural or phrase.head in KIN or not (opening or phrase.owner or alone):
            return None
        if phrase.owner is not None:
            owned = folded(phrase.owner) in OWNERS or len(phrase.text.split()) > 1
            own = (
                phrase.text
                if folded(phrase.owner) in OWNERS
                else re.sub(r"^.*?['’]s?\s+", "", phrase.text, count=1)
            )
            words = {folded(word) for word in words_of(own)}
            words = words if owned and phrase.head in ROLES else set()
        elif len(words) < 2:
            words = words if phrase.definite and phrase.head in OFFICES else set()
        found = [
            member
            for member in (self._state.cast.with_role(phrase.head) if words else ())
            if words <= (role := {folded(word) for word in words_of(own_role(member.role))})
            and (len(words) > 1 or not role & NOT_IN_OFFICE)
        ]
        if len(found) == 1:
            return found[0]
        alone = phrase.definite and (phrase.owner is None or self._is_body(phrase.owner))
        return self._named_next(phrase, position) if alone and opening else None

    def _is_body(self, owner: str) -> bool:
        """Return whether an owner is a place or an organisation: "Ukraine's minister", "the city's mayor"."""
        if folded(without_article(owner)) in PLACES | TOWNS:
            return True
        known = self._state.cast.named(owner)
        kind = type_of_name(owner, None) if known is None else known.type
        return kind is ActorType.GPE or (known is not None and kind is ActorType.ORG)

    def _named_next(self, phrase: Phrase, position: int) -> Member | None:
        """Return the first person whom the article names, right after opening with a description of one."""
        if phrase.head not in ROLES or not (phrase.tail or len(phrase.text.split()) > 2):
            return None
        people = [member for member in self._state.cast.members if member.type is ActorType.PERSON]
        first = min(people, key=lambda member: member.mentions[:1] or [1 << 40], default=None)
        if first is None or not first.mentions or first.mentions[0] < position or len(first.name.split()) < 2:
            return None
        soon = self._state.sentence(first.mentions[0]) - self._state.sentence(position) <= SOON
        role = {folded(word) for word in words_of(first.role or "")}
        own = set(parts_of(phrase)[1]) - {folded(word) for word in words_of(f"{phrase.owner or ''}'s")}
        other = role and (phrase.head not in role or (phrase.owner is not None and not own <= role))
        if not soon or other or not self._state.is_source(first.mentions):
            return None
        first.role = first.role or without_article(phrase.text)
        return first
