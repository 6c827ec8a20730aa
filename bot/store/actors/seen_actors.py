"""The actors as a server sees them, after the changes by its managers and the host. Pure.

Changes apply in the order in which they were made: each refers to the actors as seen after the earlier ones. So a
chain of merges leads to the last actor, and a circle ends where it was closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.actor_changes import ActorChange, ActorChangeKind, ChangedBy
from bot.model.reports import EVERYWHERE
from bot.store.search.words import folded_name, words_of

_Moves = Mapping[int, Sequence[tuple[int, ActorChange]]]
"""The merges and splits of each actor, with their position among all changes."""


@dataclass(frozen=True, slots=True)
class PartOfActor:
    """Claims of one stored actor: all but those in `articles`, or only those in `articles`."""

    actor_id: int
    all_but: bool
    articles: frozenset[int]


@dataclass(frozen=True)
class SeenActors:
    """The actors as a server sees them, after its changes and the host's, the oldest first.

    Stored actors differ from seen ones: `seen` maps the former to the latter.
    """

    changes: tuple[ActorChange, ...] = ()
    _whole: dict[int, int] = field(init=False, repr=False, compare=False)
    _parted: dict[tuple[int, int], int] = field(init=False, repr=False, compare=False)
    _names: dict[int, str] = field(init=False, repr=False, compare=False)
    hidden: frozenset[int] = field(init=False, repr=False, compare=False)
    """The actors that are hidden."""

    def __post_init__(self) -> None:
        moves = _moves(self.changes)
        whole, parted = _whole(self.changes, moves), _parted(self.changes, moves)
        object.__setattr__(self, "_whole", whole)
        object.__setattr__(self, "_parted", parted)
        object.__setattr__(self, "_names", _names(self.changes))
        hidden = {one.actor_id for one in self.changes if one.kind is ActorChangeKind.HIDE}
        object.__setattr__(self, "hidden", frozenset(hidden))

    def __bool__(self) -> bool:
        return bool(self.changes)

    def seen(self, actor_id: int, article_id: int | None = None) -> int:
        """Return the actor that a stored one appears as in an article; without one, in articles that nobody
        changed.
        """
        if article_id is not None and (parted := self._parted.get((actor_id, article_id))) is not None:
            return parted
        return self._whole.get(actor_id, actor_id)

    @property
    def regrouped(self) -> frozenset[int]:
        """The stored actors with claims that belong to another one now, and the stored actors that got them."""
        moved = {*self._whole, *self._whole.values()}.union(*((one[0], to) for one, to in self._parted.items()))
        return frozenset(one for one in moved if one > 0)

    def name_of(self, seen_id: int) -> str | None:
        """Return a server's name for an actor, or None if the articles' names apply."""
        return self._names.get(seen_id)

    def shown_as(self, actor_id: int, article_id: int | None = None) -> tuple[str | None, bool]:
        """Return how a stored actor is named in an article (None: as there), and whether it is hidden."""
        seen_id = self.seen(actor_id, article_id)
        return self.name_of(seen_id), seen_id in self.hidden

    def changed_by(self, actor_id: int, article_id: int) -> ChangedBy | None:
        """Return who changed how a stored actor is shown in an article. None: nobody did.

        It was the server if the host's changes alone would give a different result.
        """
        shown = self.shown_as(actor_id, article_id)
        if shown != self._for_all.shown_as(actor_id, article_id):
            return ChangedBy.SERVER
        return ChangedBy.HOST if shown != (None, False) else None

    @cached_property
    def _for_all(self) -> "SeenActors":
        return SeenActors(tuple(one for one in self.changes if one.guild_id == EVERYWHERE))

    def shown_otherwise(self, other: "SeenActors") -> list[PartOfActor]:
        """Return the stored actors, by parts, that look different after the changes of `other`."""
        changes = (*self.changes, *other.changes)
        stored = {one for change in changes for one in (change.actor_id, change.becomes) if one > 0}
        articles = {article_id for change in changes for article_id in change.article_ids}
        found = []
        for one in sorted(stored):
            apart = frozenset(a for a in articles if self.shown_as(one, a) != other.shown_as(one, a))
            if self.shown_as(one) != other.shown_as(one):
                found.append(PartOfActor(one, True, frozenset()))
            elif apart:
                found.append(PartOfActor(one, False, apart))
        return found

    def called(self, name: str) -> set[int]:
        """Return the actors to which exactly this name was given."""
        wanted = folded_name(name)
        return {seen_id for seen_id, given in self._names.items() if wanted and folded_name(given) == wanted}

    def called_like(self, typed: str) -> set[int]:
        """Return the actors to which a name with all typed words was given, the last word as a prefix."""
        words = words_of(typed)
        if not words:
            return set()
        return {seen_id for seen_id, given in self._names.items() if _fits(words, words_of(given))}

    def parts_of(self, seen_ids: Collection[int]) -> list[PartOfActor]:
        """Return the stored actors whose claims belong to these seen actors."""
        wanted = set(seen_ids)
        apart: dict[int, set[int]] = {}
        for (actor_id, article_id), seen_id in self._parted.items():
            if (seen_id in wanted) != (self.seen(actor_id) in wanted):
                apart.setdefault(actor_id, set()).add(article_id)
        stored = {one for one in (*self._whole, *wanted) if one > 0 and self.seen(one) in wanted} | set(apart)
        return [
            PartOfActor(one, self.seen(one) in wanted, frozenset(apart.get(one, ())))
            for one in sorted(stored)
            if one > 0
        ]


def _fits(typed: Sequence[str], words: Sequence[str]) -> bool:
    return all(word in words for word in typed[:-1]) and any(word.startswith(typed[-1]) for word in words)


def _moves(changes: Sequence[ActorChange]) -> _Moves:
    found: dict[int, list[tuple[int, ActorChange]]] = {}
    for place, change in enumerate(changes):
        if change.kind in (ActorChangeKind.MERGE, ActorChangeKind.SPLIT):
            found.setdefault(change.actor_id, []).append((place, change))
    return found


def _after(moves: _Moves, actor_id: int, article_id: int | None) -> int:
    """Return the seen actor for a stored one, in an article or in those that nobody split off."""
    last = -1
    while True:
        for place, change in moves.get(actor_id, ()):
            parts = change.kind is ActorChangeKind.MERGE or article_id in change.article_ids
            if place > last and parts:
                last, actor_id = place, change.becomes
                break
        else:
            return actor_id


def _whole(changes: Sequence[ActorChange], moves: _Moves) -> dict[int, int]:
    known = {one for change in changes for one in (change.actor_id, change.becomes)}
    return {one: seen for one in known if (seen := _after(moves, one, None)) != one}


def _parted(changes: Sequence[ActorChange], moves: _Moves) -> dict[tuple[int, int], int]:
    """Return the seen actors for stored ones in the articles that were split off."""
    found: dict[tuple[int, int], int] = {}
    for place, change in enumerate(changes):
        if change.kind is not ActorChangeKind.SPLIT:
            continue
        behind = {change.actor_id}
        for earlier in reversed(changes[:place]):
            moved = earlier.kind in (ActorChangeKind.MERGE, ActorChangeKind.SPLIT)
            if moved and earlier.becomes in behind:
                behind.add(earlier.actor_id)
        for one in behind:
            whole = _after(moves, one, None)
            for article_id in change.article_ids:
                if (seen := _after(moves, one, article_id)) != whole:
                    found[one, article_id] = seen
    return found


def _names(changes: Sequence[ActorChange]) -> dict[int, str]:
    """Return the given names, the last one of each actor; that of a merge counts only if there is no other."""
    given: dict[int, str] = {}
    for change in changes:
        if change.kind is ActorChangeKind.MERGE and change.name is not None:
            given[change.becomes] = change.name
    for change in changes:
        if change.name is not None and change.kind is ActorChangeKind.SPLIT:
            given[change.becomes] = change.name
        elif change.name is not None and change.kind is ActorChangeKind.RENAME:
            given[change.actor_id] = change.name
    return given
