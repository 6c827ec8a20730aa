"""Whom a description can only mean, though nothing of what is known of anybody says so: the one left.

"The online retailer" where one company is spoken of, "the former first lady" of a person met a moment before, "the
woman" who is later called Melanie. Rather nobody than somebody unlikely: what is said here is put into a mouth.
"""

import math
import re
from collections.abc import Sequence

from bot.extraction.actors.agreement import COMING, LEAVING, other_office, same_sort, speaks_for_others
from bot.extraction.actors.article_state import NEAR, ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.organisations import MAKER
from bot.extraction.noun_phrases.phrase import Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import (
    FEMALE_ROLES,
    FIRMS,
    MALE_ROLES,
    PERSON_CLASSES,
    ROLES,
    RUNNING,
    STAY_UNNAMED,
)
from bot.model.claims import ActorType

CALLED = (ROLES | PERSON_CLASSES | FEMALE_ROLES | MALE_ROLES) - STAY_UNNAMED
"""Roles in whose words a person who has been named is called again."""
NAMELESS = frozenset(("man", "woman", "boy", "girl"))
SPOUSES = frozenset(("husband", "wife"))
SIBLINGS = frozenset(("brother", "sister"))
OF_OFFICE = re.compile(r"secretary of (?:state|defen[cs]e)$|chief of staff$", re.IGNORECASE)
HOSTS = frozenset(("host", "presenter", "anchor", "interviewer", "moderator", "broadcaster"))
ASKS = re.compile(
    r"(?:,[^,.\n]{1,60},)?\s(?:interviews?|interviewed|asks|asked|questions|questioned|hosts|hosted|presents|presented|"
    r"anchors|anchored|quizzed|pressed|grilled|(?:talked|spoke|sat\sdown)\s(?:to|with))\b"
)
"""What stands behind the name of somebody who asks the questions on air."""
DESCRIBED = re.compile(r"[Tt]he\s[a-z]")
FEW = 5
"""Mentions of somebody that are looked at for that."""
LATELY, AHEAD = 3, 0.5
"""Sentences since that person was met last, and how much likelier than the next one he or she must be."""
BACK = 4_000
"""Characters before a description in which somebody else may have been introduced by its noun."""


ISSUED = re.compile(
    r"\b(?:issued|released|published|put\sout|sent|made)\s(?:an?|the|this|its)\s(?:\w+\s){0,2}(?:statement|announcement)\b"
)
"""What tells whose "the statement" is."""


class Suppositions:
    """What the descriptions of one article can only mean."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self._by_first_name: list[Member] | None = None
        self._settled: set[Member] = set()

    def named_later(self, phrase: Phrase, position: int) -> Member | None:
        """Return the one who speaks later, called by nothing but a first name, and only after "the woman"."""
        alone = len(words_of(without_article(phrase.text))) == 1
        if phrase.head not in NAMELESS or not alone or not phrase.definite:
            return None
        if self._by_first_name is None:  # the names are all gathered before the first source is asked about
            self._by_first_name = [
                member
                for member in self._state.cast.members
                if member.type is ActorType.PERSON
                and gender_of(member.name)
                and not member.role
                and member.mentions
            ]
        gender = "m" if phrase.head in MALE_ROLES else "f"
        found = [
            member
            for member in self._by_first_name
            if gender_of(member.name) == gender
            and (member.mentions[0] > position or member in self._settled)
            and self._state.is_source([place for place in member.mentions if place > position])
        ]
        if len(found) != 1:
            return None
        self._settled.add(found[0])
        return found[0]

    def supposed(self, phrase: Phrase, position: int) -> Member | None:
        """Return the organisation or person whom `phrase` can only mean at `position`, if there is one."""
        firm = self.firm(phrase, position)
        plain = _is_plain(phrase) and (_is_firm(phrase) or phrase.head in CALLED)
        if firm is not None or not plain or self._is_introduced(phrase.head, position):
            return firm
        return self._person(phrase, words_of(phrase.text), position)

    def firm(self, phrase: Phrase, position: int) -> Member | None:
        """Return the company whom `phrase` can only mean at `position`, if there is one."""
        if not _is_plain(phrase) or not _is_firm(phrase) or self._is_introduced(phrase.head, position):
            return None
        firm = phrase.head if phrase.head in FIRMS else "company"
        return self._organisation(firm, phrase, words_of(phrase.text), position)

    def presenter(self, phrase: Phrase, position: int) -> Member | None:
        """Return who asks the questions on CNN for "the CNN host", if the article names one such person."""
        words = words_of(without_article(phrase.text))
        plain = phrase.definite and not phrase.plural and phrase.owner is None
        if not plain or phrase.head not in HOSTS or len(words) < 2 or not words[0][:1].isupper():
            return None
        outlet = re.escape(" ".join(words[:-1]))
        text, state = self._state.article.text, self._state
        found = [
            member
            for member in state.cast.recent(position, NEAR)
            if member.type is ActorType.PERSON
            and any(
                ASKS.match(text, state.name_end(place, member.name))
                or re.search(rf"\b{outlet}(?:['’]s?)?\s(?:[\w-]+\s){{0,2}}$", text[max(0, place - 60) : place])
                for place in member.mentions[:FEW]
            )
        ]
        return found[0] if len(found) == 1 and outlet in re.escape(text[:position]) else None

    def relative(self, phrase: Phrase, owner: Member | None) -> Member | None:
        """Return Samuel Ochieng for Grace Ochieng’s husband or brother, if the two are named in one breath."""
        names = owner.name.split() if owner is not None and owner.type is ActorType.PERSON else []
        if phrase.head not in SPOUSES | SIBLINGS or len(names) < 2:
            return None
        gender = "m" if phrase.head in MALE_ROLES else "f"
        found = [
            member
            for member in self._state.cast.ending_in(folded(names[-1]))
            if member is not owner
            and member.type is ActorType.PERSON
            and member.gender in (None, gender)
            and self._are_couple(names, member.name.split())
        ]
        return found[0] if len(found) == 1 else None

    def _are_couple(self, names: list[str], others: list[str]) -> bool:
        """Return whether the text has "Grace and Samuel Ochieng" or "Samuel and Grace Ochieng"."""
        text, surname = self._state.article.text, names[-1]
        return len(others) > 1 and any(
            f"{first} and {second} {surname}" in text
            for first, second in ((names[0], others[0]), (others[0], names[0]))
        )

    def stater(self, phrase: Phrase, position: int) -> Member | None:
        """Return the body that spoke a moment before "the statement" is quoted."""
        if not phrase.definite or len(phrase.text.split()) > 1 or phrase.head not in ("statement", "announcement"):
            return None
        recent = [m for m in self._state.cast.recent(position, NEAR) if m.type in (ActorType.ORG, ActorType.GPE)]
        return self._issuer(recent, position) or next((m for m in recent if self._spoke_lately(m, position)), None)

    def _issuer(self, bodies: Sequence[Member], position: int) -> Member | None:
        """Return which of `bodies` is said to have issued a statement, within the sentence before."""
        starts, sentence = self._state.sentence_starts, self._state.sentence(position)
        issued = ISSUED.search(self._state.article.text, starts[max(0, sentence - 1)], position)
        if issued is None:
            return None
        first = starts[self._state.sentence(issued.start())]
        met = [(member.last_met(issued.start()), member) for member in bodies]
        return max((pair for pair in met if pair[0] >= first), key=lambda pair: pair[0], default=(0, None))[1]

    def _is_introduced(self, noun: str, position: int) -> bool:
        """Return whether somebody was introduced as "a young retailer" before."""
        told = re.compile(rf"\b(?:an?|another|one|every|each|any)\s(?:[\w’'-]+,?\s){{0,4}}?{re.escape(noun)}\b")
        return told.search(self._state.article.text, max(0, position - BACK), position) is not None

    def _spoke_lately(self, member: Member, position: int) -> bool:
        spoke = member.spoke_before(position)
        return spoke >= 0 and self._state.sentence(position) - self._state.sentence(spoke) <= LATELY

    def _organisation(self, firm: str, phrase: Phrase, words: list[str], position: int) -> Member | None:
        """Return the likeliest `firm` met before for "the online retailer"."""
        proper = any(word[:1].isupper() and "-" not in word for word in words)
        if words[-1].casefold() != phrase.head or proper:
            return None
        found: list[tuple[tuple[int, int], Member]] = []
        for member in self._state.cast.recent(position, NEAR):
            likeness = same_sort(member, firm, ()) if member.type is ActorType.ORG and not member.head else 0
            if likeness and member.met_before(position) is not None:
                found.append(((likeness, min(len(member.mentions), 3)), member))
        if not found:
            return None
        best = max(key for key, _ in found)
        likeliest = [member for key, member in found if key == best]
        if len(likeliest) == 1:
            return likeliest[0]
        # Of two, the one that the article is about is called by another name, not the one beside it.
        opening = [member for member in likeliest if self._state.sentence(member.mentions[0]) <= 1]
        return opening[0] if len(opening) == 1 else None

    def _person(self, phrase: Phrase, words: list[str], position: int) -> Member | None:
        """Return the one person met lately who can be "the former first lady", clearly before any other."""
        whole = folded(words[-1]) == phrase.head or OF_OFFICE.search(phrase.text)
        if phrase.head not in CALLED or len(words) < 2 or not whole:
            return None
        proper = {folded(word) for word in words[:-1] if word[:1].isupper()}
        here = self._state.sentence(position)
        found: list[tuple[float, Member]] = []
        for member in self._state.cast.recent(position, NEAR):
            before = member.met_before(position)
            role = {folded(word) for word in words_of(member.role or "")}
            held = phrase.head in role and ("former" in words or (COMING.intersection(words) and role & LEAVING))
            if before is None or held or not _may_be(member, phrase.head, proper):
                continue
            if self._just_described(member):
                continue
            apart = here - self._state.sentence(before)
            if apart <= LATELY:
                lately = float(self._spoke_lately(member, position))
                found.append((math.log1p(len(member.mentions)) - 0.5 * apart + lately, member))
        found.sort(key=lambda pair: -pair[0])
        if not found or (len(found) > 1 and found[0][0] - found[1][0] < AHEAD):
            return None
        return found[0][1]

    def _just_described(self, member: Member) -> bool:
        """Return whether `member` spoke last, as "the farmer": "the owner" right after is somebody else."""
        state = self._state
        if not state.done or state.speakers[state.done[-1]] is not member:
            return False
        return DESCRIBED.match(state.article.text, state.article.claims[state.done[-1]].source[0][0]) is not None


def _is_plain(phrase: Phrase) -> bool:
    """Return whether a description is of one who is known, in a few words: "the online retailer"."""
    plain = phrase.definite and not phrase.plural and phrase.owner is None and not phrase.tail
    return plain and bool(words_of(phrase.text))


def _is_firm(phrase: Phrase) -> bool:
    """Return whether a description is of a company: "retailer", "carmaker"."""
    return phrase.head in FIRMS or MAKER.search(phrase.head) is not None


def _may_be(member: Member, head: str, proper: set[str]) -> bool:
    """Return whether a named person may be called by the noun `head` and the names `proper` before it."""
    if member.type is not ActorType.PERSON or member.head:
        return False
    gender = "m" if head in MALE_ROLES else "f" if head in FEMALE_ROLES else None
    if gender and member.gender and gender != member.gender:
        return False
    if other_office(member, head) or (head in RUNNING and speaks_for_others(member)):
        return False
    return proper <= {folded(word) for word in words_of(member.role or "")} | member.seat
