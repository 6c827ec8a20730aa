"""Who cannot be meant by a pronoun for certain.

That is the reporter of a byline, whoever the claim is about or is said to, names that stand only in quotations,
whoever just did something to the one that is meant, and those whom the article calls by another pronoun.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from bot.extraction.actors.answers import Answers
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.first_person import speaks_of_itself
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.actors.turns_of_talk import asked_before
from bot.extraction.wordlists.lexicon import SINGULAR
from bot.model.claims import ActorType, Span

PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
BYLINE = re.compile(
    r"^[ \t]*(?:(?i:words|story|report|reporting|reported|written|writing|photographs?|pictures?|text|from)[ ])?"
    r"[Bb][Yy]:?[ ]+(?=[A-ZÀ-Þ])[^\n.!?]{3,90}\.?[ \t]*$",
    re.MULTILINE,
)
"""A line that says who wrote the article, or took its pictures."""
SIGNED = re.compile(
    r"^[ \t]*[A-ZÀ-Þ][\w.’'-]+(?:[ ][A-ZÀ-Þ][\w.’'-]*){1,3}[ \t]*\n+"
    r"[^\n.!?“”]{0,40}\b(?:[Rr]eporter|[Cc]orrespondent|[Ww]riter|[Ee]ditor|"
    r"[Cc]olumnist)\b[^\n.!?“”]{0,30}$",
    re.MULTILINE,
)
"""A name on a line of its own, with what he or she is at the paper on the next."""
_TITLED = r"(?<=\n)[ \t]*(?:(?:Dr|Prof|Sir|Dame|Rev|Mr|Mrs|Ms)\.?[ ])?"
ALONE = re.compile(_TITLED + r"[A-ZÀ-Þ][\w.’'-]+(?:[ ][A-ZÀ-Þ][\w.’'-]*){1,3}[ \t]*(?=\n)")
"""A line with nothing but a name."""
IS_A = re.compile(
    _TITLED + r"(?:[A-ZÀ-Þ][\w.’'-]*[ ]){1,4}(?:is|was)[ ](?:an?|the)[ ][^\n.!?]{5,200}[.]?[ \t]*(?=\n|$)"
)
"""A paragraph that says what somebody is: "Dr. Frye is a cardiologist in Tulsa."."""
ENDS = 1_000
"""Characters from the start and from the end of an article in which a byline may stand."""
INTRODUCED = re.compile(r"\b(?:I|I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|[Cc]all me|named|called)[ ,]+$")
"""What stands in a quotation before the speaker's own name."""
LOOKED_AT, REACH = 30, 600
"""Mentions of somebody, and characters before a pronoun, that are looked at: texts may be very long."""


class Barred:
    """Whom the pronouns of one article cannot mean."""

    def __init__(self, state: ArticleState, answers: Answers) -> None:
        self._state = state
        self._answers = answers
        self._called: dict[Member, set[str]] = {}

    def take(self, word: str, member: Member) -> None:
        """Record that the pronoun `word` was taken to mean `member`."""
        if word in SINGULAR:
            self._called.setdefault(member, set()).add(SINGULAR[word])

    def is_barred(self, member: Member, word: str, position: int, index: int | None) -> bool:
        """Return whether the pronoun cannot mean `member`."""
        if member in self._reporters or self.is_called_otherwise(member, word):
            return True
        if index is None:
            return word in ("him", "her", "them") and self._acts_on_another(member, position)
        if word in SINGULAR or word in PLURAL:
            if member.type is ActorType.PERSON and (
                self._is_spoken_of(member, index) or self._is_only_quoted(member, position)
            ):
                return True
            if self._answers.is_spoken_to(member, index):
                return True
            return member.type in (ActorType.ORG, ActorType.GPE) and says_i(self._state, index)
        return False

    def tells_of_itself(self, member: Member, word: str, position: int, index: int) -> bool:
        """Return whether `member` may be who tells of itself in the claim `index`: "Ms. Moss was hurt, she said".

        That is not so in quotation marks, nor for somebody whose gender the pronoun `word` does not have.
        """
        state = self._state
        content = state.article.claims[index].content
        return (
            member.type is ActorType.PERSON
            and member.gender == SINGULAR.get(word)
            and member.certainty is not Certainty.GUESSED
            and member not in self._reporters
            and not self._is_only_quoted(member, position)
            and not self._answers.is_spoken_to(member, index)
            and not self.is_called_otherwise(member, word)
            and all(end <= position and not state.quoted_at(start + 1) for start, end in content)
            and any(start <= place < end for start, end in content for place in member.mentions)
        )

    def is_called_otherwise(self, member: Member, word: str) -> bool:
        """Return whether the pronouns used so far tell the other gender, and the name does not tell this one."""
        gender, called = SINGULAR.get(word), self._called.get(member)
        if gender is None or not called or member.gender == gender:
            return False
        return called == {member.gender} if member.gender is not None else gender not in called

    @cached_property
    def _reporters(self) -> frozenset[Member]:
        """The persons whom bylines name, unless the article goes on to speak of them."""
        text = self._state.article.text
        signed = (found for pattern in (BYLINE, SIGNED) for found in pattern.finditer(text))
        lines = [found.span() for found in signed if _is_at_an_end(found.start(), text)]
        alone = [found.span() for found in ALONE.finditer(text) if _is_at_an_end(found.start(), text)]
        about = [found.span() for found in IS_A.finditer(text)] if alone else []
        people = [
            m for m in self._state.cast.members if m.type is ActorType.PERSON and m.mentions and not m.speaks
        ]
        return frozenset(
            member
            for member in people
            if _is_within(member.mentions[:1], lines)
            or (_is_within(member.mentions[:1], alone) and _is_within(member.mentions, [*alone, *about]))
        )

    def _is_spoken_of(self, member: Member, index: int) -> bool:
        """Return whether what is said names `member`: who says "Moss has resigned" is not Moss."""
        text = self._state.article.text
        for start, end in self._state.article.claims[index].content:
            first = bisect_left(member.mentions, start)
            for place in member.mentions[first : bisect_left(member.mentions, end)]:
                if not INTRODUCED.search(text, max(start - 1, place - 14), place):
                    return True
        return False

    def _is_only_quoted(self, member: Member, position: int) -> bool:
        """Return whether nobody but quoted speakers has named `member` so far."""
        end = bisect_left(member.mentions, position)
        before = member.mentions[max(0, end - LOOKED_AT) : end]
        return bool(before) and all(self._state.quoted_at(place) for place in before)

    def _acts_on_another(self, member: Member, position: int) -> bool:
        """Return whether `member` does something to whom the pronoun means: "Voss asked her to wait"."""
        state = self._state
        start = max(state.sentence_starts[state.sentence(position)], position - REACH)
        asked = asked_before(state.article.text, start, position + len("them"))
        return (
            asked is not None and asked.object_start == position and member in state.cast.recent(asked.verb[0], 1)
        )


def says_i(state: ArticleState, index: int) -> bool:
    """Return whether one person speaks in the claim `index`: "I" stands within its quotations."""
    claim, text = state.article.claims[index], state.article.text
    return any(speaks_of_itself(text, span) for span in claim.content if state.quoted_at(span[0] + 1))


def _is_at_an_end(position: int, text: str) -> bool:
    return position < ENDS or position > len(text) - ENDS


def _is_within(places: Sequence[int], spans: Sequence[Span]) -> bool:
    """Return whether each of `places` lies within one of `spans`; there must be both."""
    return bool(spans) and all(any(start <= place < end for start, end in spans) for place in places)
