"""The cast of an article from the names in it: those that mean the same one put together under the fullest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.extraction.actors.actor_type import gender_of_person, type_of_name
from bot.extraction.actors.known_actors import SUFFIXES, Cast, Certainty, Member
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.roles import LEARNED, is_tie
from bot.extraction.noun_phrases.spelling import folded, in_small_letters, words_of
from bot.extraction.wordlists.countries import COUNTRIES
from bot.extraction.wordlists.first_names import gender_of, gender_of_full_name, likely_gender
from bot.extraction.wordlists.lexicon import (
    FINDINGS,
    NAME_CONNECTORS,
    OFFICES,
    PEOPLES,
    PREMODIFIERS,
    ROLE_FORMS,
    ROLES,
)
from bot.model.claims import ActorType

PERSON = "PERSON"
MANY_BEARERS = 2
"""People with one surname from which on a title before it tells the gender of neither: "Mr Toner"."""
MONARCHS = frozenset(("king", "queen", "emperor", "sultan", "emir"))
HEIRS = frozenset(("prince", "princess"))
HEADS = MONARCHS | {"president", "pope", "chancellor"}
"""Offices of which one country has one holder."""
SURNAME_PARTICLES = frozenset(
    ("ben", "bin", "ibn", "al", "el", "abu", "van", "von", "de", "di", "da", "del", "le", "la")
)
"""What surnames of two words begin with."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place of the article: its label, and the title and role that stand with it."""

    position: int
    name: str
    label: str
    title: str | None = None
    role: str | None = None
    seat: frozenset[str] = frozenset()
    """Words for the party and the state that a lawmaker sits for."""
    is_place: bool = False
    """Whether the words before it say that it is a place: "in Kallio" is not Jussi Kallio."""


def gather(
    names: Iterable[Named], sources: Iterable[tuple[int, Phrase]], also: Mapping[str, str] | None = None
) -> Cast:
    """Return the cast of an article: the names that the name finder saw, and those in the sources (by offset).

    The longest names come first, so that each shorter one finds the fuller one it stands for. `also` tells whose
    other name a name is.
    """
    people, others = _people_and_others(names, sources)
    people = _by_one_name(people, also or {})
    cast = Cast()
    for named in _longest_first(_without_strays(people)):
        words = [folded(word) for word in named.name.split()]
        # "Major" is no name, unless somebody is called Gloria Major.
        if cast.ending_in(words[-1]) or not all(word in ROLES or word in NAME_CONNECTORS for word in words):
            _cast_person(cast, named)
    for member in cast.members:
        if member.gender is None:
            member.gender = likely_gender(member.name)
            known = gender_of_full_name(member.name) is not None
            member.certainty = Certainty.LIKELY if known else Certainty.GUESSED
    for named in _longest_first(others):
        _cast_other(cast, named)
    for name, own in (also or {}).items():
        if (goes_by := cast.named(own)) is not None:
            cast.know_as(goes_by, name)
            cast.know_as(goes_by, name.split()[-1])
    return cast


def _by_one_name(people: Sequence[Named], also: Mapping[str, str]) -> list[Named]:
    """Return `people`, those under another name by the one that they go by, if nobody else has that surname."""
    surnames = Counter(words[-1] for words in {tuple(named.name.split()) for named in people} if len(words) > 1)
    alone = {name.split()[-1]: own for name, own in also.items() if surnames[name.split()[-1]] == 1}
    return [replace(named, name=also.get(named.name, alone.get(named.name, named.name))) for named in people]


def _people_and_others(
    names: Iterable[Named], sources: Iterable[tuple[int, Phrase]]
) -> tuple[list[Named], list[Named]]:
    found = list(names)
    for position, phrase in sources:
        found += [
            Named(position, part.text, part.label or "", part.title, part.role)
            for part in phrase.parts or (phrase,)
            if part.form is Form.NAME
        ]
    people = [named for named in found if named.label == PERSON and folded(named.name) not in PEOPLES]
    others = [
        replace(named, label="" if named.label == PERSON else named.label)
        for named in found
        if (named.label != PERSON or folded(named.name) in PEOPLES) and not _is_mere_role(named.name)
    ]
    return people, others


def _is_mere_role(name: str) -> bool:
    """Return whether the name finder took a role or something to be read for a name: "Prime", "Research"."""
    words = [folded(word) for word in name.split()]
    return folded(name) in FINDINGS or all(word in ROLES or word in PREMODIFIERS for word in words)


def _longest_first(names: Iterable[Named]) -> list[Named]:
    return sorted(names, key=lambda named: (-len(named.name.split()), named.position))


def _without_strays(people: Sequence[Named]) -> list[Named]:
    """Cut off a name what the name finder took in by mistake: words beyond a more frequent name within it."""
    counts = Counter(named.name for named in people)
    cut: dict[str, str] = {}
    for long in counts:
        words = long.split()
        for size in range(2, len(words)):
            for short in (" ".join(words[:size]), " ".join(words[-size:])):
                if size == 2 and folded(words[-1]) in SUFFIXES and short.endswith(words[-1]):
                    continue  # "Ortega Jr." is the surname of "José Ortega Jr."
                if counts.get(short, 0) >= counts[long] and not _is_surname(short, long):
                    cut[long] = short
    return [replace(named, name=cut.get(named.name, named.name)) for named in people]


def _is_surname(short: str, long: str) -> bool:
    """Return whether `short` is the double surname of the person `long`: "Le Pen" of "Marine Le Pen"."""
    first, *rest = long.split()
    if short == " ".join(rest) and folded(rest[0]) in SURNAME_PARTICLES:
        return True  # "Ben Salah" of "Mourad Ben Salah"
    return short == " ".join(rest) and (gender_of(first) is not None or gender_of(rest[0]) is None)


def _office_of_another(member: Member, named: Named) -> str | None:
    """Return the office before a surname that `member`, who shares it, cannot hold: "President Ray" is no Ray Jr.

    A crown prince is not the king. Whoever is called by the office with a full name, too, holds it.
    """
    office = named.title or named.role or ""
    if " " in named.name or folded(office) not in HEADS or " " not in member.name:
        return None
    role = {folded(word) for word in words_of(member.role or "")}
    junior = folded(member.name.split()[-1]) in SUFFIXES - {"sr"}
    heir = bool(role & HEIRS) and folded(office) in MONARCHS
    return office if (junior or heir) and folded(office) not in role else None


def _cast_person(cast: Cast, named: Named) -> None:
    gender = gender_of_person(named.name, named.title, named.role)
    told = gender_of_person(named.name, named.title, named.role, by_name=False)
    member = cast.peer(named.name, named.title) or cast.person(named.name, named.position, gender)
    if member is not None and (office := _office_of_another(member, named)):
        member = cast.named(f"{office} {named.name}") or cast.add(
            f"{office} {named.name}", ActorType.PERSON, role=office
        )
    member = member or (_misjudged(cast, named.name) if told else None)
    member = member or cast.add(in_small_letters(named.name), ActorType.PERSON)
    alone = " " in named.name or len(cast.ending_in(folded(named.name))) < MANY_BEARERS
    open_ = member.gender in (None, told) or member.certainty is not Certainty.SURE
    if told is not None and open_ and alone:
        member.gender, member.certainty = told, Certainty.SURE
    elif gender is not None and member.gender is None:
        member.gender, member.certainty = gender, Certainty.LIKELY
    if len(named.name.split()) > 1 or len(cast.ending_in(folded(named.name))) < 2:
        member.role = _better_role(member.role, named.role)
        member.seat |= named.seat | _learned(named.title)
    cast.know_as(member, named.name)
    cast.meet(member, named.position, named.name)


def _learned(title: str | None) -> frozenset[str]:
    """Return what a learned title makes of somebody: "Dr" a doctor."""
    words = {folded(word) for word in words_of(title or "")}
    return frozenset(ROLE_FORMS.get(word, word) for word in words & LEARNED)


def _misjudged(cast: Cast, name: str) -> Member | None:
    """Return the only person with a surname, if nothing but a rare first name spoke against what a title tells."""
    found = cast.ending_in(folded(name)) if " " not in name else ()
    alone = found[0] if len(found) == 1 and found[0].type is ActorType.PERSON else None
    if alone is None or " " not in alone.name or alone.certainty is Certainty.SURE:
        return None
    return alone if gender_of(alone.name.split()[0]) is None else None


def _cast_other(cast: Cast, named: Named) -> None:
    kind = type_of_name(named.name, named.label or None)
    member = cast.named(named.name)
    if member is None and not named.is_place:
        member = cast.surnamed(named.name, named.position)
    if member is None and " " not in named.name and named.label in ("", "ORG"):
        found = cast.person(named.name, named.position)
        member = found if not named.label or (found and _opens_with_surname(found.name, named.name)) else None
    if member is None:
        place = kind is ActorType.GPE
        member = cast.abbreviated(named.name) if place else cast.organisation(named.name, named.position)
    if member is None:
        member = cast.add(named.name, kind, plural=kind is ActorType.GROUP)
    member.role = member.role or named.role
    cast.know_as(member, named.name)
    cast.meet(member, named.position, named.name)


def _opens_with_surname(name: str, word: str) -> bool:
    """Return whether `word` opens a person's `name` and is no given name: the surname of "Lu Zhengwei"."""
    return name.split(maxsplit=1)[0] == word and gender_of(word) is None and folded(word) not in COUNTRIES


def _better_role(known: str | None, new: str | None) -> str | None:
    """Return the more telling of two roles: the longer one, within reason."""
    if new is None or not any(len(word) > 3 for word in new.split()):
        return known or new
    if known is None or is_tie(known) or folded(new).startswith(f"{folded(known)},"):
        return new
    if is_tie(new):
        return known
    offices = [OFFICES & {folded(word) for word in words_of(role)} for role in (known, new)]
    if offices[1] and not offices[0]:
        return new
    return new if len(known.split()) < 2 <= len(new.split()) <= 10 else known
