"""Whom a pronoun means: the one who agrees with it and was last spoken of."""

import re
from bisect import bisect_left

from bot.extraction.agreement import agreement
from bot.extraction.cast import Certainty, Member
from bot.extraction.course import NEAR, NEARBY, Course
from bot.extraction.lexicon import HEADLESS, SINGULAR
from bot.extraction.relatives import Describe, antecedent
from bot.extraction.values import ActorType

HEARD, REACH = 4, 200
"""Mentions of a person, and characters after each, that are looked at for pronouns."""
HE_OR_SHE = re.compile(r"\b(he|himself|she|herself)\b", re.IGNORECASE)
"""Not "him" and "her": they are mostly another one than the subject before them."""


SIGNED = 800
BYLINE = re.compile(r"^By\s+([A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]*){1,3})\s*$", re.MULTILINE)
"""A line near the start that says who wrote the article."""


def infer_genders(course: Course) -> None:
    """Set the gender of the persons of an article by the pronouns that follow where each is mentioned first."""
    people = [member for member in course.cast.members if member.type is ActorType.PERSON]
    places = sorted(position for member in people for position in member.mentions)
    for member in people:
        if member.gender is not None and member.certainty is Certainty.SURE:
            continue
        votes = {"m": 0, "f": 0}
        for position in member.mentions[:HEARD]:
            index = bisect_left(places, position + len(member.name.split()[0]))
            end = min(position + REACH, places[index] if index < len(places) else position + REACH)
            for found in HE_OR_SHE.finditer(course.article.text, position, end):
                if not course.quoted_at(found.start()):
                    near = course.sentence(found.start()) == course.sentence(position)
                    votes[SINGULAR[found.group().casefold()]] += 2 if near else 1
                    break
        more, less = ("m", "f") if votes["m"] >= votes["f"] else ("f", "m")
        against = member.certainty is Certainty.LIKELY and member.gender not in (None, more)
        if votes[more] >= 2 + 2 * votes[less] + against:
            member.gender, member.certainty = more, Certainty.LIKELY


class Pronouns:
    """Resolves the pronouns of one article."""

    def __init__(self, course: Course, describe: Describe) -> None:
        self._course = course
        self._describe = describe

    def member(self, word: str, position: int, index: int) -> Member | None:
        """Return whom the pronoun `word` means at `position`, as source of the claim `index`; None for nobody."""
        if word in HEADLESS:
            return antecedent(self._course, self._describe, word, position, index)
        if word in ("i", "me", "my", "mine", "myself"):
            return self._first_person(position) or self._author(position)
        if word in ("we", "us", "our", "ours", "ourselves"):
            return self._first_person(position)
        best: tuple[float, Member] | None = None
        for member in self._course.cast.recent(position, NEAR):
            score = self._likeness(member, word, position, index)
            if score is not None and (best is None or score > best[0]):
                best = score, member
        return best[1] if best else None

    def _first_person(self, position: int) -> Member | None:
        holder = self._course.holder(position)
        if holder is not None:
            return self._course.speakers[holder]
        return None

    def _author(self, position: int) -> Member | None:
        """Return the one who signs the article, where it speaks of itself as "I"."""
        byline = BYLINE.search(self._course.article.text, 0, SIGNED)
        if byline is None or self._course.quoted_at(position) or byline.start() > position:
            return None
        return self._course.cast.person(byline[1], position)

    def _likeness(self, member: Member, word: str, position: int, index: int) -> float | None:
        """Score a member as the one a pronoun means, or None where it cannot be."""
        score = agreement(member, word)
        before = self._last_outside(member, position, index)
        if score is None or before is None:
            return None
        if word in SINGULAR and member.type is ActorType.UNNAMED and not member.speaks:
            score -= 0.7
        distance = self._course.sentence(position) - self._course.sentence(before)
        score -= 0.6 * distance if distance <= NEARBY else 0.6 * NEARBY + 0.2 * distance
        if before in member.speaks:
            score += 1.0
        elif before in self._course.subjects or self._opens(before):
            score += 0.5
        if self._course.quoted_at(before):
            score -= 1.0
        if self._course.done and self._course.speakers[self._course.done[-1]] is member and distance <= 2:
            score += 1.1
        holder = self._course.holder(position)
        if holder is not None and self._course.speakers[holder] is member:
            score += -3.0 if self._course.quoted_at(position) else 1.2
        score += 0.08 * min(len(member.mentions), 10)
        return score + min(before, position) * 1e-7

    def _last_outside(self, member: Member, position: int, index: int) -> int | None:
        """Return where a member was last met before `position`, leaving out the claim's own content."""
        content = self._course.article.claims[index].content
        for number in range(bisect_left(member.mentions, position) - 1, -1, -1):
            met = member.mentions[number]
            if not any(start <= met < end for start, end in content):
                return met
        return None

    def _opens(self, position: int) -> bool:
        """Tell whether a mention is the first in its sentence, as subjects are."""
        start = self._course.sentence_starts[self._course.sentence(position)]
        first = bisect_left(self._course.entity_starts, start)
        return first < len(self._course.entity_starts) and self._course.entity_starts[first] >= position
