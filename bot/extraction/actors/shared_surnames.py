"""Which of two people with one surname is meant by it, if the article tells.

The surname alone means whoever was named in full in the same paragraph, or was called by it before the other one
came in, or is by far the nearer one. Otherwise nobody can know.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from bot.extraction.actors.agreement import words_of_role
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.names.entity import Entity
from bot.extraction.noun_phrases.spelling import folded, without_possessive, words_of
from bot.extraction.wordlists.lexicon import KIN, SINGULAR
from bot.model.claims import ActorType


@dataclass(slots=True)
class _Places:
    """Where a surname stands with a given name before it, with whom that names, and where it stands alone."""

    full: list[tuple[int, Member]] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


POSSESSIVE = re.compile(r"['’]s?\b")
RELATIVE_OF = re.compile(rf"\b(?:his|her|their)\s(?:[\w-]+\s)?(?:{'|'.join(sorted(KIN))})(?P<apart>,?)\s$")
CLAUSE = re.compile(r"[,;]\s(?:(?:and|but|while|whereas|as|when)\s)?$")
PAIRED = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]*\s){2,4}(?:and|or)\s(?:(?:his|her)\s\w+,?\s)?")
"""Two people of one surname in one breath: "Nils Falk and Ove Falk"."""
REACH = 60
BESIDE = re.compile(
    r"\s(?P<surname>[\w’'-]+)(?:\s(?:of|from)\s[\w.\s]{1,20}?)?,?\s(?:and|or)\s(?:[\w.-]+\s){0,3}$"
)
"""What stands between two bearers who act together, within as many characters."""
KNIGHTED = re.compile(r"(?<![\w’'-])(?:Sir|Dame|Lord|Lady|Baroness)\s$")
PLAIN = frozenset(("mr", "mrs", "ms", "miss"))
"""What nobody is called who is a knight or a peer."""
NOT_ANY_MORE = frozenset(("former", "ex", "late", "deputy", "vice"))
OF_ANOTHER = re.compile(r"[“\"‘«]\s*(he|she|his|her)\b", re.IGNORECASE)
FAR = 1_500
"""Characters that the other one must be further away for the nearer one to be meant."""


class SharedSurnames:
    """The surnames that several people of one article have.

    Only those count who are the subject of a sentence or a source under their full names, and no relatives in
    passing: "for his wife Anna Kovacs".
    """

    def __init__(self, state: ArticleState) -> None:
        article, cast = state.article, state.cast
        self._text, self._cast = article.text, cast
        self._claims = article.claims
        self._places: dict[str, _Places] = defaultdict(_Places)
        self._knighted: set[Member] = set()
        for entity in article.entities:
            words = words_of(without_possessive(article.text[entity.start : entity.end]))
            if entity.label != "PERSON" or not words:
                continue
            places = self._places[folded(words[-1])]
            member = cast.named(" ".join(words)) if len(words) > 1 else None
            if member is not None and member.type is ActorType.PERSON:
                if KNIGHTED.search(article.text, max(0, entity.start - REACH), entity.start):
                    self._knighted.add(member)
                if self._acts(state, entity):
                    places.full.append((entity.start, member))
            elif len(words) == 1:
                places.alone.append(entity.start)

    def _acts(self, state: ArticleState, entity: Entity) -> bool:
        """Return whether a full name is a source, or the subject of a sentence or clause."""
        if POSSESSIVE.match(self._text, entity.end):
            return False
        before = self._text[max(0, entity.start - REACH) : entity.start]
        surname = self._text[entity.start : entity.end].rsplit(maxsplit=1)[-1]
        other = BESIDE.search(before)
        beside = other is not None and other["surname"] == surname
        subject = state.opens(entity.start) or CLAUSE.search(before) or beside
        speaks = state.in_source(entity.start, entity.end)
        relative = RELATIVE_OF.search(before)
        # "Her husband, Malachy Toner, said" speaks; "for his wife Anna Kovacs" is mentioned.
        return bool(subject or speaks) and (relative is None or bool(speaks and relative["apart"]))

    def only_one_who_acts(self, name: str, gender: str | None) -> Member | None:
        """Return the one bearer of the surname `name` who acts under the full name, if others come in later.

        They are only named in passing: "accompanied by Bill Clinton". `gender` is what a title tells.
        """
        people = {member for _, member in self._bearers(name)}
        alone = people.pop() if len(people) == 1 else None
        if alone is None or (gender is not None and alone.gender not in (None, gender)):
            return None
        others = (other for other in self._cast.ending_in(folded(name)) if other.type is ActorType.PERSON)
        return alone if all(alone.mentions[:1] <= other.mentions[:1] for other in others) else None

    def are_shared(self, name: str) -> bool:
        """Return whether several people of the article have the surname `name`."""
        return len({member for _, member in self._bearers(name)}) > 1

    def bearer(
        self, name: str, position: int, gender: str | None, office: str | None = None, title: str | None = None
    ) -> Member | None:
        """Return whom the surname `name` means at `position`, None if unknown.

        `gender` is what its `title` tells ("Mr"), `office` the role that stands before the name: "President".
        """
        full = [
            (place, each) for place, each in self._bearers(name) if gender is None or each.gender in (None, gender)
        ]
        if title and folded(title) in PLAIN and not {each for _, each in full} <= self._knighted:
            full = [(place, each) for place, each in full if each not in self._knighted]
        told = {each for _, each in full if gender and each.gender == gender and each.certainty is Certainty.SURE}
        full = [
            (place, each) for place, each in full if not told or each in told
        ]  # explicit statements beat guesses
        people = list(dict.fromkeys(each for _, each in full))
        holders = [each for each in people if has_role(each, office)]
        if office and len(holders) == 1:
            return holders[0]
        if len(people) < 2:
            return people[0] if people else None
        before = {each: place for place, each in full if place < position}
        near = sorted(before, key=lambda each: -before[each])
        paragraph = self._text.rfind("\n", 0, position)
        if len(near) > 1 and PAIRED.fullmatch(self._text[before[near[1]] : before[near[0]]]):
            return None
        if near and before[near[0]] > paragraph:
            # Both in one paragraph: nothing tells which of them the surname means.
            return near[0] if len(near) == 1 or before[near[1]] <= paragraph else None
        firsts = {each: min(place for place, other in full if other is each) for each in people}
        first, second = sorted(firsts, key=lambda each: firsts[each])[:2]
        alone = self._places[folded(name)].alone
        if bisect_left(alone, firsts[second]) > bisect_left(alone, firsts[first]):
            return first
        far = len(near) == 1 or (len(near) > 1 and before[near[0]] - before[near[1]] > FAR)
        return near[0] if far and position - before[near[0]] < FAR else None

    def speaks_of_another(self, claim: int, member: Member) -> bool:
        """Return whether a quotation opens with the pronoun of `member`, as of somebody else: “He is modest”."""
        content = self._claims[claim].content
        found = OF_ANOTHER.match(self._text, content[0][0]) if content else None
        return found is not None and member.gender in (None, SINGULAR[folded(found[1])])

    def _bearers(self, name: str) -> list[tuple[int, Member]]:
        places = self._places.get(folded(name)) if " " not in name else None
        return places.full if places is not None else []


def has_role(member: Member, office: str | None) -> bool:
    """Return whether `member` is known to be what `office` says, and not to have been it."""
    words, role = words_of_role(office), words_of_role(member.role)
    return words <= role and not (role - words) & NOT_ANY_MORE
