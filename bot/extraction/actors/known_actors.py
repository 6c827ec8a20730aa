"""Everyone an article names: who is known by which name, where each is met, and whom a name means."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.extraction.noun_phrases.roles import own_role
from bot.extraction.noun_phrases.spelling import folded, initials_of, is_acronym, words_of
from bot.extraction.wordlists.countries import COUNTRIES
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.institutions_by_place import OTHER_NAMES
from bot.extraction.wordlists.lexicon import (
    KIN,
    NAME_CONNECTORS,
)
from bot.model.claims import ActorType
from bot.text.folding import fold

SHORTEST = 3
"""Letters of a short form of a first name, at least."""
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""What may follow the surname of a person: "Bozell" is Brent Bozell III."""
ASSEMBLIES = frozenset(("house", "senate", "congress", "parliament", "council"))
"""Bodies that have bodies of their own, called by their name and more."""
COMMON = 20
"""Persons with one role, which singles out none of them."""


class Certainty(Enum):
    """How a person's gender is known: told by title or role, likely by first name, or guessed from its ending."""

    SURE = 0
    LIKELY = 1
    GUESSED = 2


@dataclass(eq=False, slots=True)
class Member:
    """One whom the article names: `mentions` are the offsets where, `speaks` those where as a source.

    `echoes` are the offsets of pronouns outside sources that were taken to mean it.
    """

    name: str
    type: ActorType
    role: str | None = None
    gender: str | None = None
    plural: bool = False
    head: str = ""
    aliases: Counter[str] = field(default_factory=Counter)
    mentions: list[int] = field(default_factory=list)
    speaks: list[int] = field(default_factory=list)
    echoes: list[int] = field(default_factory=list)
    parts: tuple["Member", ...] = ()
    certainty: Certainty = Certainty.SURE
    seat: frozenset[str] = frozenset()
    passing: bool = False
    """Only mentioned in the text, as no source: no member of the cast before somebody refers to it."""

    def met_before(self, position: int) -> int | None:
        """Return the offset of the last mention before `position`, if there is one."""
        index = bisect_right(self.mentions, position - 1)
        return self.mentions[index - 1] if index else None

    def last_met(self, position: int) -> int:
        """Return where the member was met last before `position`, by name or as a pronoun; -1 for never."""
        found = (places[: bisect_left(places, position)][-1:] for places in (self.mentions, self.echoes))
        return max((place for places in found for place in places), default=-1)

    def first_met_in(self, start: int, end: int) -> int | None:
        """Return where the member is met first from `start` to before `end`, None if it is not."""
        firsts = (places[bisect_left(places, start) :][:1] for places in (self.mentions, self.echoes))
        first = min((place for places in firsts for place in places), default=end)
        return first if first < end else None

    def spoke_before(self, position: int) -> int:
        """Return the offset at which the member spoke last before `position`, -1 for never."""
        index = bisect_left(self.speaks, position)
        return self.speaks[index - 1] if index else -1


class Cast:
    """The members of one article."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._by_name: dict[str, Member] = {}
        self._by_word: dict[str, list[Member]] = {}
        self._by_last_word: dict[str, list[Member]] = {}
        self._by_initials: dict[str, list[Member]] = {}
        self._by_role: dict[str, list[Member]] | None = None
        self._met_at: list[int] = []
        self._met: list[Member] = []

    def meet(self, member: Member, position: int, name: str | None = None) -> None:
        """Record that `member` is mentioned at `position`, under `name` if there is one."""
        index = bisect_left(member.mentions, position)
        if member.mentions[index : index + 1] != [position]:
            member.mentions.insert(index, position)
            index = bisect_right(self._met_at, position)
            self._met_at.insert(index, position)
            self._met.insert(index, member)
        if name and name != member.name:
            member.aliases[name] += 1

    def recent(self, position: int, mentions: int) -> list[Member]:
        """Return who is met in the last `mentions` mentions before `position`, the last one first."""
        end = bisect_left(self._met_at, position)
        return list(dict.fromkeys(reversed(self._met[max(0, end - mentions) : end])))

    def with_role(self, noun: str) -> Sequence[Member]:
        """Return the persons who had a role with `noun` in it when this was first asked."""
        if self._by_role is None:
            self._by_role = {}
            for member in self.members:
                if member.type is ActorType.PERSON:
                    for word in {folded(word) for word in words_of(own_role(member.role))}:
                        self._by_role.setdefault(word, []).append(member)
        found = self._by_role.get(noun, ())
        return found if len(found) <= COMMON else ()

    def named(self, name: str) -> Member | None:
        """Return the member that is known by exactly this name, case and full stops aside."""
        return self._by_name.get(folded(name))

    def add(
        self, name: str, kind: ActorType, *, role: str | None = None, plural: bool = False, head: str = ""
    ) -> Member:
        """Return a new member, known by `name` from now on."""
        return self.add_member(Member(name, kind, role, plural=plural, head=head))

    def add_member(self, member: Member) -> Member:
        """Return `member`, known by its name from now on."""
        name = member.name
        self.members.append(member)
        self._by_name.setdefault(folded(name), member)
        if words := name.split():
            self._by_last_word.setdefault(folded(words[-1]), []).append(member)
        if not member.head and not member.plural:
            for word in {folded(word) for word in name.split()}:
                self._by_word.setdefault(word, []).append(member)
            self._by_initials.setdefault(initials_of(name), []).append(member)
        return member

    def ending_in(self, word: str) -> Sequence[Member]:
        """Return the members whose names end in `word`, which is folded."""
        return self._by_last_word.get(word, ())

    def _sharing(self, words: Iterable[str]) -> list[Member]:
        """Return the members with one of `words` in their names."""
        return list(dict.fromkeys(member for word in words for member in self._by_word.get(word, ())))

    def know_as(self, member: Member, name: str) -> None:
        """Let `name` mean `member`, too."""
        self._by_name.setdefault(folded(name), member)

    def person(self, name: str, position: int, gender: str | None = None) -> Member | None:
        """Return the person meant by `name` at `position`: known by it, or by a fuller name that holds it.

        Of several, one whose last name it is goes before others, then who spoke last, then who was met last.
        """
        words = [folded(word) for word in name.split()]
        best: tuple[tuple[int, ...], Member] | None = None
        ranked = [
            (member, rank)
            for member in self._sharing(dict.fromkeys((words[-1], words[0])))
            if member.type is ActorType.PERSON
            and not (gender and member.gender and gender != member.gender)
            and (rank := _same_person(words, [folded(word) for word in member.name.split()]))
        ]
        earliest = min((_first(member) for member, _ in ranked), default=0)
        for member, rank in ranked:
            before = member.met_before(position)
            spoke = member.spoke_before(position)
            # The first person named in the article is nobody's "sister": that is somebody else's word for her.
            kin = _first(member) > earliest and any(
                folded(word) in KIN for word in words_of(member.role or "")[:4]
            )
            last = before if before is not None else -_first(member)
            agrees = gender is not None and member.gender == gender
            key = (rank, int(agrees), int(not kin), spoke, int(before is not None), last)
            if best is None or key > best[0]:
                best = key, member
        return best[1] if best else None

    def peer(self, surname: str, title: str | None) -> Member | None:
        """Return Lord Rogers of Conwy for "Lord Rogers", if the article names one such peer alone."""
        if title is None:
            return None
        opens = f"{folded(title)} {folded(surname)} of "
        found = [member for member in self._sharing((folded(surname),)) if folded(member.name).startswith(opens)]
        return found[0] if len(found) == 1 else None

    def surnamed(self, name: str, position: int) -> Member | None:
        """Return the person whose last name is the one word `name`, unless something else is known by it."""
        known = self.named(name)
        if len(name.split()) > 1 or (known is not None and known.type is not ActorType.PERSON):
            return None
        found = self.person(name, position)
        return found if found and folded(name) in _surnames(found.name) else None

    def abbreviated(self, name: str) -> Member | None:
        """Return the organisation or place of which `name` is the acronym, or the other way round."""
        for member in self._by_initials.get(initials_of(name), ()):
            named = member.type in (ActorType.ORG, ActorType.GPE)
            if named and (is_acronym(name, member.name) or is_acronym(member.name, name)):
                return member
        return None

    def organisation(self, name: str, position: int) -> Member | None:
        """Return the organisation or place meant by `name`: known by it, its acronym, or a part of its name."""
        for same in (name, *OTHER_NAMES.get(folded(name), ())):
            exact = self.named(same)
            if exact is not None and exact.type is not ActorType.PERSON:
                return exact
        words = [folded(word) for word in name.split()]
        found: list[tuple[int, Member]] = []
        abbreviated = self.abbreviated(name)
        if abbreviated is not None:
            return abbreviated
        for member in self._sharing(words[:1]):
            if member.type is not ActorType.ORG:
                continue
            full = [folded(word) for word in member.name.split()]
            part = len(words) < len(full) and (full[-len(words) :] == words or full[: len(words)] == words)
            if (
                part
                and words[0] not in COUNTRIES
                and not _stood_alone(name, member, position)
                and not _is_its_body(words, full)
            ):
                before = member.met_before(position)
                found.append((before if before is not None else -1 - _first(member), member))
        return max(found, key=lambda pair: pair[0])[1] if found else None


def _stood_alone(name: str, member: Member, position: int) -> bool:
    """Return whether an acronym came in before the longer name of `member`: "MTI" is not its school MTI Sloan."""
    return " " not in name and name.isupper() and member.met_before(position) is None


def _is_its_body(words: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a longer name is a body within the shorter: the House Liberty Caucus is not the House."""
    return len(words) == 1 and words[0] in ASSEMBLIES and full[1:2] != ["of"]


def _surnames(name: str) -> list[str]:
    """Return the last word of a name; of "Brent Bozell III" also the one before what tells the generation."""
    words = [folded(word) for word in name.split()]
    return words[-2:] if len(words) > 2 and words[-1] in SUFFIXES else words[-1:]


def _first_surname(full: Sequence[str]) -> str | None:
    """Return the first of two surnames, which Spanish names are shortened to: "ibarra" of "ana ibarra robledo"."""
    return full[-2] if len(full) > 2 and full[-2] not in NAME_CONNECTORS and gender_of(full[-2]) is None else None


def _first(member: Member) -> int:
    return member.mentions[0] if member.mentions else 1 << 40


def _same_person(words: Sequence[str], full: Sequence[str]) -> int:
    """Rank how well `words` name the person with the name `full`; 0 where they do not."""
    if list(map(fold, words)) == list(map(fold, full)):
        return 4  # with or without accents, as texts have them
    if len(full) > 2 and full[-1] in SUFFIXES and words[-1] not in SUFFIXES:
        return min(_same_person(words, full[:-1]), 2)
    if len(words) == 1:
        return 3 if full[-1] == words[0] else 1 if full[0] == words[0] or words[0] == _first_surname(full) else 0
    short, long = sorted((words, full), key=len)
    if short[-1] == long[-1] and len(short) > 1 and _is_short_form(short[0], long[0]):
        return 3
    if short[-1] == long[-1] and (short[0] == long[0] or (short[0][0] == long[0][0] and len(short[0]) == 1)):
        return 4
    return 2 if len(short) > 1 and all(word in long for word in short) else 0


def _is_short_form(short: str, long: str) -> bool:
    """Return whether a first name is the beginning of another: "Frank" of "Franklin", but not "Ann" of "Anna"."""
    low, high = sorted((short, long), key=len)
    return SHORTEST <= len(low) <= len(high) - 2 and high.startswith(low)
