"""The actors as a server sees them, after what its managers and the host changed about them. Pure.

Changes hold in the order in which they were made: each is about the actors as they are seen after the earlier
ones. So a chain of merges leads to the last actor, and a circle ends where it was closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.actor_changes import ActorChange, ActorChangeKind, ChangedBy
from bot.model.reports import EVERYWHERE
from bot.store.search.words import folded_name, words_of

_Moves = Mapping[int, Sequence[tuple[int, ActorChange]]]
"""The merges and splits of each actor, with their place among all changes."""


@dataclass(frozen=True, slots=True)
class PartOfActor:
    """Claims of one stored actor: all but those in `articles`, or only those in `articles`."""

    actor_id: int
    all_but: bool
    articles: frozenset[int]


@dataclass(frozen=True)
class SeenActors:
    """The actors as a server sees them, after its changes and those of the host, the oldest first.

    Stored actors are told from those that are seen: `seen` leads from the one to the other.
    """

    changes: tuple[ActorChange, ...] = ()
    _whole: dict[int, int] = field(init=False, repr=False, compare=False)
    _parted: dict[tuple[int, int], int] = field(init=False, repr=False, compare=False)
    _names: dict[int, str] = field(init=False, repr=False, compare=False)
    hidden: frozenset[int] = field(init=False, repr=False, compare=False)
    """The actors of whom nothing is shown."""

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
        """Return the actor that a stored one is in an article; without one, in articles that nobody changed."""
        if article_id is not None and (parted := self._parted.get((actor_id, article_id))) is not None:
            return parted
        return self._whole.get(actor_id, actor_id)

    @property
    def regrouped(self) -> frozenset[int]:
        """The stored actors of whom claims are those of another one by now, and the stored ones that got them."""
        moved = {*self._whole, *self._whole.values()}.union(*((one[0], to) for one, to in self._parted.items()))
        return frozenset(one for one in moved if one > 0)

    def name_of(self, seen_id: int) -> str | None:
        """Return what a server calls an actor, or None if articles do."""
        return self._names.get(seen_id)

    def shown_as(self, actor_id: int, article_id: int | None = None) -> tuple[str | None, bool]:
        """Return what a stored actor is called in an article (None: as there), and whether it is hidden."""
        seen_id = self.seen(actor_id, article_id)
        return self.name_of(seen_id), seen_id in self.hidden

    def changed_by(self, actor_id: int, article_id: int) -> ChangedBy | None:
        """Return who changed what is shown of a stored actor in an article. None: nobody did.

        It was the server if the changes of the host alone would show something else.
        """
        shown = self.shown_as(actor_id, article_id)
        if shown != self._for_all.shown_as(actor_id, article_id):
            return ChangedBy.SERVER
        return ChangedBy.HOST if shown != (None, False) else None

    @cached_property
    def _for_all(self) -> "SeenActors":
        return SeenActors(tuple(one for one in self.changes if one.guild_id == EVERYWHERE))

    def shown_otherwise(self, other: "SeenActors") -> list[PartOfActor]:
        """Return the stored actors, by parts, of which something else is shown after the changes of `other`."""
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
        """Return the actors that were given exactly this name."""
        wanted = folded_name(name)
        return {seen_id for seen_id, given in self._names.items() if wanted and folded_name(given) == wanted}

    def called_like(self, typed: str) -> set[int]:
        """Return the actors that were given a name with all typed words, the last one as a beginning."""
        words = words_of(typed)
        if not words:
            return set()
        return {seen_id for seen_id, given in self._names.items() if _fits(words, words_of(given))}

    def parts_of(self, seen_ids: Collection[int]) -> list[PartOfActor]:
        """Return the stored actors whose claims are those of the actors that are seen."""
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
    """Return whom a stored actor is seen as, in an article or in those that nobody split off."""
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
    """Return whom stored actors are seen as in the articles that were split off."""
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
    """Return the names that were given, the last one of each; that of a merge counts only if there is no other."""
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
