"""Finds who answers: the person who was just asked or told something, rather than the one who asked or told."""

import re

from bot.extraction.actors.antecedents import Candidates
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.actors.turns_of_talk import REPLIES, TAKES_UP, Asked, asked_before
from bot.extraction.noun_phrases.spelling import folded, words_of
from bot.extraction.wordlists.lexicon import IN_POLICE, POLICE, ROLES, SINGULAR
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS

REACH = 600
"""Characters before something said in which somebody may have been asked for it."""
TOLD = re.compile(r"\b(?:told|tells?|asks?|asked|warn(?:s|ed)|remind(?:s|ed)|assur(?:es|ed))$")
OBJECT = re.compile(r"\s+(?:the\s|his\s|her\s)?(?:[a-z]+\s){0,2}(?:[A-Z][\w’'-]*\.?\s){0,2}$")
"""What may stand between such a cue and the name of its object: "told the host Victor Lund"."""
DESCRIBED = re.compile(r"\s*(?:(?:the|his|her|their)\s)?(?P<nouns>[a-z][\w’'-]*(?:\s[a-z][\w’'-]*){0,3})")
QUOTES = ("“", '"', "«", "‘")
OWN = re.compile(r"^\W*(?:yes|no)\b|\b(?:I|me|my|mine|myself)\b", re.IGNORECASE)
"""What a quotation has in which somebody answers for himself or herself."""
AGENT = 60
"""The number of characters behind "by" that contain the name of the person who asks."""
JUST = 1
"""Sentences since the claim whose addressee may reply to it."""


class Answers:
    """Who answers whom in one article."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self.found: set[int] = set()
        """Claims whose pronoun was taken to mean the person who had just been asked."""

    def left(self, rows: Candidates, word: str, position: int, index: int) -> Candidates:
        """Leave out of the candidates `rows` who asked, if somebody else was asked a moment before.

        `word` is the pronoun at `position` that is the source of the claim `index`.
        """
        state = self._state
        claim = state.article.claims[index]
        text = state.article.text
        cue = " ".join(text[a:b] for a, b in claim.cue)
        content = " ".join(text[a:b] for a, b in claim.content)
        first = min((position, *(start for start, _ in (*claim.content, *claim.cue))))
        is_reply = REPLIES.search(cue) is not None or (
            content.startswith(QUOTES) and TAKES_UP.match(content) is not None
        )
        asked = self._asked(first, word, is_reply=is_reply)
        if asked is None:
            rows = self._replying(rows, cue, first, index)
            return () if self._is_open(rows, word, first, content) else rows
        start, asked_ = asked
        agreeing = [row for row in rows if row[0].gender in (None, SINGULAR[word])]
        asker, other = self._parties(agreeing, asked_, start, first)
        if asker is None or (other is None and not _may_answer(asked_, word)):
            # "Asked by Doyle, she said": not Doyle, whoever "she" is
            return [row for row in rows if row[0] is not asker] if asked_.is_passive else rows
        answers = asked_.answered_by(cue, content)
        if answers is False:
            return [row for row in rows if row[0] is not other]
        rest = [row for row in rows if row[0] is not asker]
        if answers and other is not None:
            self.found.add(index)
            return [row for row in rest if row[0] is other]
        if other is None:
            return () if answers or asked_.is_question else rows
        # "When Ray accused Voss of greed, she said": Ray is a man
        told = asker.gender not in (None, SINGULAR[word]) and asker.certainty is not Certainty.GUESSED
        return [row for row in rest if row[0] is other] if asked_.is_question or told else ()

    def is_spoken_to(self, member: Member, index: int) -> bool:
        """Return whether the claim `index` is said to `member`: "he told Hannity"."""
        state = self._state
        claim, text = state.article.claims[index], state.article.text
        spans = [claim.addressee] if claim.addressee else []
        for start, end in claim.cue:
            if TOLD.search(text, start, end):
                spans.append((end, end + 60))
        for start, end in spans:
            place = next((at for at in member.mentions if start <= at < end), None)
            if place is not None and (claim.addressee == (start, end) or OBJECT.match(text[start:place])):
                return True
            if _is_described(member, text, start, end):
                return True
        return False

    def _asked(self, first: int, word: str, *, is_reply: bool) -> tuple[int, Asked] | None:
        """Return the last act of talk before `first` that `word` may answer, and from where it was looked for.

        What was only reported ("told her that") is such an act if something is said in reply to it.
        """
        state = self._state
        sentence = state.sentence(first)
        for number in (sentence, sentence - 1)[: 1 + bool(sentence)]:
            start = max(state.sentence_starts[number], first - REACH)
            asked = asked_before(state.article.text, start, first, or_told=is_reply)
            if asked is not None and (not asked.about or SINGULAR[asked.about] == SINGULAR[word]):
                over = state.quoted_at(asked.verb[0]) or self._is_answered(asked.verb[1], first)
                return None if over else (start, asked)
        return None

    def _is_answered(self, start: int, end: int) -> bool:
        """Return whether somebody has spoken from `start` to `end`, by name."""
        state = self._state
        for index in state.done[-3:]:
            claim, speaker = state.article.claims[index], state.speakers[index]
            within = claim.source and claim.cue and start <= min(claim.source[0][0], claim.cue[0][0]) < end
            if within and speaker is not None:
                return claim.source[0][0] in speaker.mentions
        return False

    def _replying(self, rows: Candidates, cue: str, first: int, index: int) -> Candidates:
        """Keep only the addressee of the claim before, if this one is a reply to it."""
        state = self._state
        if not REPLIES.search(cue) or not state.done:
            return rows
        before = state.article.claims[state.done[-1]]
        speaker = state.speakers[state.done[-1]]
        if before.addressee is None or state.sentence(first) - state.sentence(before.addressee[0]) > JUST:
            return rows
        told = [row for row in rows if row[0].first_met_in(*before.addressee) is not None]
        told = told or [row for row in rows if row[0].first_met_in(before.addressee[0], first) is not None]
        told = [row for row in told if row[0] is not speaker]
        if len(told) == 1:
            self.found.add(index)
            return told
        return rows

    def _is_open(self, rows: Candidates, word: str, first: int, content: str) -> bool:
        """Return whether the speaker of a quotation may be the one who told the other something, or the other.

        "The judge reminded him that he was under oath. “I have told the truth,” he said."
        """
        state = self._state
        sentence = state.sentence(first)
        if not sentence or not content.startswith(QUOTES) or not OWN.search(content):
            return False
        start, end = state.sentence_starts[sentence - 1 : sentence + 1]
        told = asked_before(state.article.text, max(start, end - REACH), end, or_told=True)
        if told is None or not told.of_pronoun or state.quoted_at(told.verb[0]):
            return False
        if SINGULAR.get(folded(state.article.text[told.object_start : told.object_start + 3])) != SINGULAR[word]:
            return False
        near = [row for row in rows if row[0].gender in (None, SINGULAR[word])]
        return len([row for row in near if row[0].last_met(first) >= max(0, start - REACH)]) > 1

    def _parties(
        self, rows: Candidates, asked: Asked, start: int, end: int
    ) -> tuple[Member | None, Member | None]:
        """Return which of the candidates asked, and which was asked."""
        verb = asked.verb
        before = [(at, member) for member, _ in rows if (at := member.last_met(verb[0])) >= start]
        firsts = ((member.first_met_in(verb[1], min(end, asked.end)), member) for member, _ in rows)
        behind = sorted(((at, member) for at, member in firsts if at is not None), key=lambda pair: pair[0])
        before.sort(key=lambda pair: -pair[0])
        if asked.is_passive:  # "Asked by Ray, Voss laughed", "Voss, asked by Ray, laughed"
            asker = behind[0][1] if behind and behind[0][0] - asked.object_start < AGENT else None
            others = [member for _, member in (*before, *behind) if member is not asker]
            return asker, others[0] if others else None
        asker = self._speaker(verb[0]) or (before[-1 if asked.of_pronoun else 0][1] if before else None)
        if asked.of_pronoun:  # "Voss asked her to wait"
            meant = [pair for pair in behind if pair[0] == asked.object_start]
            lately = sorted(((member.last_met(verb[0]), member) for member, _ in rows), key=lambda pair: -pair[0])
            behind = [*meant, *before, *(pair for pair in lately if pair[0] >= verb[0] - REACH)]
        others = [member for _, member in behind if member is not asker]
        others = _with_role(rows, asked.noun, asker) or others  # "asked the captain what he had seen"
        return asker, others[0] if others else None

    def _speaker(self, place: int) -> Member | None:
        """Return who speaks in the last claim, if the verb at `place` is its cue."""
        if not self._state.done:
            return None
        index = self._state.done[-1]
        cue = self._state.article.claims[index].cue
        return self._state.speakers[index] if any(start <= place < end for start, end in cue) else None


def _with_role(rows: Candidates, noun: str, asker: Member | None) -> list[Member]:
    """Return the only one whose role has the noun of a description: "asked the Minister"."""
    if noun not in ROLES:
        return []
    found = [
        member
        for member, _ in rows
        if member is not asker and noun in {folded(word) for word in words_of(member.role or "")}
    ]
    return found if len(found) == 1 else []


def _may_answer(asked: Asked, word: str) -> bool:
    """Return whether somebody without a name was asked: "asked the driver"."""
    return folded(asked.noun) in PERSON_NOUNS and asked.gender in (None, SINGULAR[word])


def _is_described(member: Member, text: str, start: int, end: int) -> bool:
    """Return whether the words from `start` mean `member` by what he or she is: "told police"."""
    found = DESCRIBED.match(text, start, end)
    role = {folded(word) for word in words_of(member.role or "")}
    if found is None or not role:
        return False
    for word in words_of(found["nouns"]):
        noun = folded(word)
        if noun in POLICE:
            return bool(role & IN_POLICE)
        if noun in ROLES | PERSON_NOUNS:
            return noun in role
    return False
