"""Which actors of different articles are the same. Pure.

When in doubt, two actors stay apart: they can be merged later, while a mixed-up actor cannot be taken apart. A
name links if it is distinctive: first and last name for a person; for others a proper name that is not a common
word ("Police"). A person known by one word only ("Smith") is never linked, and an unnamed source is linked only if
the words are exactly the same.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.model.claims import Actor, ActorType
from bot.store.search.words import STOP_WORDS, folded_name, words_of

BODIES = {ActorType.ORG, ActorType.GPE, ActorType.GROUP}
"""Types that may stand for each other: a country speaks, and so does its government."""

COMMON_NAMES = frozenset(
    {
        "administration", "agency", "army", "assembly", "authorities", "cabinet", "church", "coalition",
        "commission", "committee", "company", "congress", "council", "court", "department", "experts", "forces",
        "foundation", "government", "group", "house", "institute", "legislature", "military", "ministry",
        "observatory", "officials", "opposition", "parliament", "party", "police", "prosecutors", "protesters",
        "rebels", "researchers", "residents", "scientists", "senate", "state", "supreme court", "team",
        "treasury", "troops", "union", "university", "workers",
    }
)  # fmt: skip
"""Short names that many bodies share: "the Ministry" in one article is not that in another."""


_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor: as written, as compared, and whether it is distinctive enough to link."""

    text: str
    folded: str
    links: bool


@dataclass(frozen=True, slots=True)
class KnownName:
    """A linking name of a stored actor. `own` says that it is the actor's main name, not an alias."""

    actor_id: int
    type: ActorType
    folded: str
    own: bool


def names_of(actor: Actor) -> list[Name]:
    """Return the names of an actor, its own first, each once. A person can also be found by the last name."""
    person = actor.type is ActorType.PERSON
    given = [(actor.name, True), *((alias, False) for alias in actor.aliases)]
    last = words_of(actor.name)[-1:] if person else []
    names: dict[str, Name] = {}
    for text, own in given:
        folded = folded_name(text, person=person)
        if folded and folded not in names:
            names[folded] = Name(text[:200], folded, _is_distinct(text, folded, actor.type, own=own))
    for word in last:
        names.setdefault(word, Name(word, word, links=False))
    return list(names.values())


def _is_distinct(text: str, folded: str, kind: ActorType, *, own: bool) -> bool:
    if kind is ActorType.UNNAMED:
        return own
    words = folded.split()
    capitals = sum(not word[0].islower() for word in _LETTERS.findall(text))
    if words[0] in STOP_WORDS or folded in COMMON_NAMES or not capitals:
        return False
    if kind is ActorType.PERSON:
        return len(words) > 1 and capitals > 1
    letters = [c for c in text if c.isalpha()]
    acronym = len(letters) > 1 and all(not c.islower() for c in letters)
    return own or len(words) > 1 or acronym


def linked_actor(
    actor: Actor, names: Sequence[Name], known: Iterable[KnownName], taken: AbstractSet[int]
) -> int | None:
    """Return the stored actor that is the same as `actor`, or None if it is new or ambiguous.

    `known` are stored names that equal one of `names`. `taken` are stored actors already linked to another actor
    of the same article: extraction has found the two to be different. The actor's own name counts more than an
    alias; two equal aliases ("PA") are not enough.
    """
    linking = {name.folded for name in names if name.links}
    own = names[0].folded if names else ""
    fitting = [
        k for k in known if k.folded in linking and k.actor_id not in taken and _compatible(k.type, actor.type)
    ]
    same = sorted(
        (k for k in fitting if k.own and k.folded == own), key=lambda k: (k.type is not actor.type, k.actor_id)
    )
    if same:
        return same[0].actor_id
    if actor.type is ActorType.UNNAMED:
        return None
    by_alias = {k.actor_id for k in fitting if k.own or k.folded == own}
    return by_alias.pop() if len(by_alias) == 1 else None


def _compatible(one: ActorType, other: ActorType) -> bool:
    return one is other or {one, other} <= BODIES
