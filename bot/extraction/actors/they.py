"""Who "they" is: several people, a body, or one person whose gender the article does not tell."""

import re

from bot.extraction.actors.antecedents import Candidates, weight
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.barred import LOOKED_AT, Barred, says_i
from bot.extraction.actors.known_actors import Certainty, Member
from bot.model.claims import ActorType

USES_THEY = re.compile(
    r"[^.!?\n“”\"]{0,120}?\b(?:non-?binary|they/them|uses?\sthe\spronouns?|pronouns\sare|genderqueer|agender)\b",
    re.IGNORECASE,
)
"""Words behind the name of one person who is called "they"."""
SILENT = re.compile(
    r"(?:,\s[^,.\n]{1,60},)?\s(?:(?:did|has|had|does|would)(?:\snot|n['’]t)|declined|refused)\s(?:to\s|yet\s|immediately\s)*"
    r"(?:repl|respon|answer|comment|return)",
)
"""Behind the name of a body that says nothing: "Nordline, which runs it, did not reply. They said"."""
OPENS = re.compile(r"\W*(?:(?:the|a|an|and|but|then|also)\b\W*){0,2}", re.IGNORECASE)
NEAR = 3
"""Sentences back from a pronoun within which somebody must have been met."""


class They:
    """Resolves the "they" of one article."""

    def __init__(self, state: ArticleState, barred: Barred) -> None:
        self._state = state
        self._barred = barred
        self._unsettled: int | None = None

    def left(self, rows: Candidates, position: int, index: int) -> Candidates:
        """Leave those of `rows` whom "they" at `position`, the source of the claim `index`, may mean."""
        return self._of_they(rows, position, index) or self.one(position, index)

    def _of_they(self, rows: Candidates, position: int, index: int) -> Candidates:
        """Leave out organisations, if one person whose gender is not told was spoken of after them.

        "They" then is that person, if he or she was met as one who speaks, else nobody knows.
        """
        state = self._state
        if says_i(state, index):
            self._unsettled = position
        elif self._unsettled is not None and state.sentence(position) - state.sentence(self._unsettled) <= NEAR:
            self._unsettled = position
            return [row for row in rows if row[0].type not in (ActorType.ORG, ActorType.GPE)]
        singles = [
            (met, member)
            for member in state.cast.recent(position, 12)
            if _is_single(member)
            and (met := member.met_before(position)) is not None
            and state.sentence(position) - state.sentence(met) <= NEAR
            and is_subject(state, member, met)
        ]
        if not singles:
            return rows
        last = max(met for met, _ in singles)
        kept = [
            row
            for row in rows
            if row[0].type not in (ActorType.ORG, ActorType.GPE)
            or (self._leads(row[0], position) and row[0].last_met(position) > last)
        ]
        if kept == rows or len(kept) < len(rows):
            self._unsettled = position
        return kept

    def one(self, position: int, index: int) -> Candidates:
        """Return the one person who can be called "they": the last subject, if the article says so.

        Otherwise the only person met lately whose gender nobody knows, if one person says it ("I").
        """
        state = self._state
        here = state.sentence(position)
        lately = [
            member
            for member in state.cast.recent(position, 12)
            if member.type is ActorType.PERSON and here - state.sentence(member.last_met(position)) <= NEAR
        ]
        called = [member for member in lately if self._is_called_they(member, position)]
        alone = len(lately) == 1 and lately[0].gender is None and says_i(state, index)
        found = called if len(called) == 1 else lately if alone else []
        return [(member, {}) for member in found if not self._barred.is_barred(member, "they", position, index)]

    def _is_called_they(self, member: Member, position: int) -> bool:
        """Return whether the article calls `member`, who is one person, "they" or "their" before `position`."""
        if member.gender is not None and member.certainty is Certainty.SURE:
            return False
        text = self._state.article.text
        for place in member.mentions[:LOOKED_AT]:
            end = self._state.name_end(place, member.name)
            if place < position and USES_THEY.match(text, end, min(position, end + 160)):
                return True
        return False

    def is_alone(self, rows: Candidates, position: int) -> bool:
        """Return whether the likeliest of `rows` was just spoken of, or spoke last, and no other was met since."""
        state = self._state
        here = state.sentence(position)
        near = [row for row in rows if here - state.sentence(row[0].last_met(position)) <= NEAR]
        if not near:
            return False
        likeliest = max(near, key=lambda row: weight(row[1]))[0]
        met = likeliest.last_met(position)
        if any(state.speakers[index] is likeliest for index in state.done[-1:]):
            return all(row[0].last_met(position) <= met for row in near)
        return len(near) == 1 and here - state.sentence(met) <= 1 and self._leads(likeliest, position)

    def _leads(self, member: Member, position: int) -> bool:
        """Return whether `member` was met last as a source or at the start of its sentence, and not as silent."""
        state, met = self._state, member.last_met(position)
        silent = SILENT.match(state.article.text, state.name_end(met, member.name), position)
        return silent is None and is_subject(state, member, met)


def is_subject(state: ArticleState, member: Member, met: int) -> bool:
    """Return whether `member` was met at `met` as a source, as a subject, or at the start of the sentence."""
    start = state.sentence_starts[state.sentence(met)]
    opens = OPENS.fullmatch(state.article.text, start, met) is not None
    return met in member.speaks or met in state.subjects or opens


def _is_single(member: Member) -> bool:
    """Return whether `member` is one person who may be called "they": no gender is given."""
    human = member.type is ActorType.PERSON or (member.type is ActorType.UNNAMED and not member.plural)
    return human and member.gender is None
