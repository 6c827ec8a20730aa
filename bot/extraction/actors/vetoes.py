"""Who cannot be meant by a pronoun, whatever else speaks for them, and when nobody can be sure who is.

Some rules bar a person for certain: the reporter of a byline, whoever the claim is about or is said to, names
that stand only inside quotations. Others only prefer somebody else: the dead speak less than the living, and
whoever was just asked is likelier to answer than whoever asked (answers.py). If two of them are left and nothing
decides, nobody is meant.
"""

import re
from bisect import bisect_left
from functools import cached_property

from bot.extraction.actors.answers import Answers
from bot.extraction.actors.antecedents import Candidates, weight
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.first_person import speaks_of_itself
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.actors.turns_of_talk import asked_before
from bot.extraction.wordlists.lexicon import POSSESSIVES, SINGULAR
from bot.model.claims import ActorType

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
ENDS = 1_000
"""Characters from the start and from the end of an article in which a byline may stand."""
INTRODUCED = re.compile(r"\b(?:I|I['’]m|I am|[Mm]y name is|[Mm]y name['’]s|[Cc]all me|named|called)[ ,]+$")
"""What stands in a quotation before the speaker's own name."""
DIES = re.compile(
    r"(?:,[^.,\n]{1,80},)?,?\s(?:who\s)?(?:(?:has|had|later|also|suddenly|peacefully)\s)*"
    r"(?:died|dies|passed\saway|drowned|was\s(?:(?:shot|stabbed|beaten|found|pronounced)\s)?(?:and\s)?"
    r"(?:dead|killed|murdered|assassinated|executed|buried|cremated|laid\sto\srest))\b"
)
"""What stands behind the name of somebody who is dead, and what stands before it."""
DEAD = re.compile(
    r"\b(?:the\slate|(?:death|deaths|killing|murder|funeral|body|burial|assassination|widow|widower)\sof|killed|murdered)"
    r"\s(?:[A-ZÀ-Þa-z]+\s){0,3}$"
)
OWN_DEATH = re.compile(
    r"['’]s?\s(?:\w+\s)?(?:death|funeral|body|coffin|burial|remains|murder|killing|widow|widower|grave)\b"
)
OPENS = re.compile(r"\W*(?:(?:the|a|an|and|but|then|also)\b\W*){0,2}", re.IGNORECASE)
USES_THEY = re.compile(
    r"[^.!?\n“”\"]{0,120}?\b(?:non-?binary|they/them|uses?\sthe\spronouns?|pronouns\sare|genderqueer|agender)\b",
    re.IGNORECASE,
)
"""Behind the name of one person of whom "they" is said."""
WHILE_ALIVE = re.compile(
    r"\b(?:once|before\s(?:his|her|their)\sdeath|(?:19|20)\d\d|years?\s(?:ago|earlier|before)|diary|will|letter|note)\b"
)
"""What a report of what the dead once said has near it."""
HABIT = re.compile(r"had\b|(?:liked|loved|used)\sto\b|(?:often|always|never|famously)\s")
"""What a cue opens with that tells what somebody used to say."""
TO_ANOTHER = re.compile(r"\W*(?:His|Her)\s(?:[\w’'-]+\s){0,3}[a-z-]+,\s(?:[A-Z][\w-]*\.?\s)??(?=[A-ZÀ-Þ])")
"""What stands before the name that opens a sentence: "Her daughter, "."""
PAIR = 100
PAIRED = re.compile(r"\s(?:and|or)\s(?:(?:the|his|her)\s)?(?:[\w-]+\s){0,3}")
"""What stands between two people named in one breath, within as many characters."""
LOOKED_AT, REACH = 30, 600
"""Mentions of somebody, and characters before a pronoun, that are looked at: texts may be very long."""
NEAR = 3
"""Sentences back from a pronoun within which somebody else must have been met to be preferred."""


class Vetoes:
    """Who is left of those whom a pronoun of one article may mean."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self._unsettled: int | None = None
        self._called: dict[Member, set[str]] = {}
        self._answers = Answers(state)
        self.answers = self._answers.found
        """Claims whose pronoun was taken to mean whoever had just been asked."""
        self.alone: set[int] = set()
        """Claims whose "they" can only mean the body that the sentence before is about, or that spoke last."""

    def is_spoken_to(self, member: Member, index: int) -> bool:
        """Return whether the claim `index` is said to `member`."""
        return self._answers.is_spoken_to(member, index)

    def take(self, word: str, member: Member) -> None:
        """Note that the pronoun `word` was taken to mean `member`."""
        if word in SINGULAR:
            self._called.setdefault(member, set()).add(SINGULAR[word])

    def remaining(self, word: str, position: int, index: int | None, candidates: Candidates) -> Candidates:
        """Return those of `candidates` whom the pronoun `word` at `position` may still mean; none for nobody.

        `index` is the claim whose source the pronoun is, None outside sources.
        """
        if index is not None and not self._is_whole_source(word, index):
            index = None  # "his aides"
        found: Candidates = [row for row in candidates if not self._is_barred(row[0], word, position, index)]
        if index is None:
            return found
        if not candidates and word in PLURAL:
            return self._of_one(position, index)
        if not self._is_plausible(candidates, found, position):
            return ()
        if word in PLURAL:
            found = self._of_they(found, position, index) or self._of_one(position, index)
            if self._is_alone(found, position):
                self.alone.add(index)
            return found
        if word not in SINGULAR:
            return found
        found = self._alive(found, word, position, index)
        found = self._answers.left(found, word, position, index)
        found = self._without_pairs(found, word, position)
        found = self._beside_topic(found, word, position, index)
        return self._nearest_subject(found, position, index)

    def _is_whole_source(self, word: str, index: int) -> bool:
        """Return whether the pronoun is all of the claim's source, and not the owner of somebody ("his aides")."""
        article = self._state.article
        first = re.match(r"\w+(?:['’]\w+)?\W*(\w+)?", article.text[slice(*article.claims[index].source[0])])
        return first is not None and (first[1] is None or word not in POSSESSIVES)

    def _is_plausible(self, candidates: Candidates, left: Candidates, position: int) -> bool:
        """Return whether somebody is left who was met lately, if the likeliest of all cannot be meant."""
        best = max(candidates, key=lambda row: weight(row[1]), default=None)
        if best is None or not left or any(row[0] is best[0] for row in left):
            return True
        second = max(left, key=lambda row: weight(row[1]))
        state = self._state
        return state.sentence(position) - state.sentence(second[0].last_met(position)) <= NEAR

    # -- for certain ----------------------------------------------------------------------------------------

    def _is_barred(self, member: Member, word: str, position: int, index: int | None) -> bool:
        """Return whether the pronoun cannot mean `member`."""
        if member in self._reporters or self._is_called_otherwise(member, word):
            return True
        if index is None:
            return word in ("him", "her", "them") and self._acts_on_another(member, position)
        if word in SINGULAR or word in PLURAL:
            if member.type is ActorType.PERSON and (
                self._is_spoken_of(member, index) or self._is_only_quoted(member, position)
            ):
                return True
            if self.is_spoken_to(member, index):
                return True
            return member.type in (ActorType.ORG, ActorType.GPE) and self._says_i(index)
        return False

    def _is_called_otherwise(self, member: Member, word: str) -> bool:
        """Return whether the name of `member` and the pronouns used so far both tell the other gender."""
        gender = SINGULAR.get(word)
        return (
            gender is not None
            and member.gender not in (None, gender)
            and self._called.get(member) == {member.gender}
        )

    @cached_property
    def _reporters(self) -> frozenset[Member]:
        """The persons whom bylines name, unless the article goes on to speak of them."""
        text = self._state.article.text
        signed = (found for pattern in (BYLINE, SIGNED) for found in pattern.finditer(text))
        lines = [found.span() for found in signed if _is_at_an_end(found.start(), text)]
        if not lines:
            return frozenset()
        people = [member for member in self._state.cast.members if member.type is ActorType.PERSON]
        return frozenset(
            member
            for member in people
            if member.mentions and any(a <= member.mentions[0] < b for a, b in lines) and not member.speaks
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

    def _says_i(self, index: int) -> bool:
        claim, article = self._state.article.claims[index], self._state.article
        return any(
            speaks_of_itself(article.text, span) for span in claim.content if self._state.quoted_at(span[0] + 1)
        )

    def _acts_on_another(self, member: Member, position: int) -> bool:
        """Return whether `member` does something to whom the pronoun means: "Voss asked her to wait"."""
        state = self._state
        start = max(state.sentence_starts[state.sentence(position)], position - REACH)
        asked = asked_before(state.article.text, start, position + len("them"))
        return (
            asked is not None and asked.object_start == position and member in state.cast.recent(asked.verb[0], 1)
        )

    # -- rather somebody else -------------------------------------------------------------------------------

    def _alive(self, rows: Candidates, word: str, position: int, index: int) -> Candidates:
        """Leave out the dead, if somebody else was met lately and nothing says that this was said long ago."""
        if len(rows) < 2:
            return rows
        state = self._state
        sentence = max(state.sentence_starts[state.sentence(position)], position - REACH)
        text, claim = state.article.text, state.article.claims[index]
        cues = [text[a:b] for a, b in claim.cue]
        around = text[sentence : position + 80]
        for start, end in claim.content:  # "I met him once" tells nothing of when this was said
            around = around.replace(text[max(start, sentence) : max(end, sentence)], " ")
        if WHILE_ALIVE.search(around) or any(HABIT.match(cue) for cue in cues):
            return rows
        here = state.sentence(position)
        living = [row for row in rows if row[0].speaks or not self._is_dead(row[0], position)]
        living = [row for row in living if row[0].gender in (None, SINGULAR[word])]
        near = [row for row in living if here - state.sentence(row[0].last_met(position)) <= NEAR]
        return living if near else rows

    def _is_dead(self, member: Member, position: int) -> bool:
        """Return whether the article has said so far that `member` died."""
        text = self._state.article.text
        before = bisect_left(member.mentions, position)
        for place in member.mentions[max(0, before - LOOKED_AT) : before]:
            end = self._state.name_end(place, member.name)
            if DIES.match(text, end) or OWN_DEATH.match(text, end) or DEAD.search(text, max(0, place - 60), place):
                return True
        return False

    def _without_pairs(self, rows: Candidates, word: str, position: int) -> Candidates:
        """Leave nobody if the likeliest was met last beside another of the same gender: "Kovacs and Voigt"."""
        state = self._state
        best = max(rows, key=lambda row: weight(row[1]), default=None)
        if best is None or best[0] in (state.speakers[index] for index in state.done[-1:]):
            return rows
        met = best[0].last_met(position)
        for other, _ in rows:
            place = other.last_met(position)
            if other is best[0] or other.gender not in (None, SINGULAR[word]) or abs(place - met) > PAIR:
                continue
            (first, start), (_, end) = sorted([(best[0], met), (other, place)], key=lambda pair: pair[1])
            if PAIRED.fullmatch(state.article.text, state.name_end(start, first.name), end):
                return ()
        return rows

    def _beside_topic(self, rows: Candidates, word: str, position: int, index: int) -> Candidates:
        """Leave whoever the sentence before opens with, if it tells what he or she is to somebody else.

        "Her daughter, Pilar, has been at her bedside. She told reporters": the daughter did.
        """
        state = self._state
        claim = state.article.claims[index]
        sentence = state.sentence(min((position, *(start for start, _ in (*claim.content, *claim.cue)))))
        if sentence == 0:
            return rows
        start, end = state.sentence_starts[sentence - 1 : sentence + 1]
        opening = TO_ANOTHER.match(state.article.text, start, end)
        if opening is None or "\n" in state.article.text[start:end].rstrip():
            return rows
        named = [row for row in rows if opening.end() in row[0].mentions]
        return [row for row in named if row[0].gender in (None, SINGULAR[word])] or rows

    def _nearest_subject(self, rows: Candidates, position: int, index: int) -> Candidates:
        """Prefer somebody without a name who is the subject of the sentence before, if nobody else is met there.

        "The harbour master closed the port. He said" means him; for "a harbour master" nobody can be sure.
        """
        state = self._state
        claim = state.article.claims[index]
        first = min((position, *(start for start, _ in (*claim.content, *claim.cue))))
        sentence = state.sentence(first)
        start = state.sentence_starts[sentence]
        if sentence == 0 or not rows:
            return rows
        before = max(state.sentence_starts[sentence - 1], start - REACH)
        if "\n" in state.article.text[before:start].rstrip() or state.quoted_at(before):
            return rows
        there = [row for row in rows if row[0].last_met(first) >= before]
        paragraph = state.article.text.rfind("\n", 0, before)
        if any(row not in there and row[0].gender and row[0].last_met(first) > paragraph for row in rows):
            return rows
        if len(there) != 1 or not there[0][0].head or there[0][0].last_met(first) not in state.subjects:
            return rows
        words = state.article.text[before:start].casefold()
        definite = re.search(
            rf"\b(?:the|his|her|its|their)\s(?:[\w’'-]+\s){{0,4}}?{re.escape(there[0][0].head)}\b", words
        )
        return there if definite else ()

    def _of_they(self, rows: Candidates, position: int, index: int) -> Candidates:
        """Leave out organisations, if one person whose gender is not told was spoken of after them.

        "They" then is that person, if he or she was met as one who speaks, else nobody knows.
        """
        state = self._state
        if self._says_i(index):
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
            and self._is_subject(member, met)
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

    def _of_one(self, position: int, index: int) -> Candidates:
        """Return the one person who can be called "they": the last subject, of whom the article says so.

        Or who is the only person met lately, and whose gender nobody knows, if one person says it ("I").
        """
        state = self._state
        here = state.sentence(position)
        lately = [
            member
            for member in state.cast.recent(position, 12)
            if member.type is ActorType.PERSON and here - state.sentence(member.last_met(position)) <= NEAR
        ]
        called = [member for member in lately if self._is_called_they(member, position)]
        alone = len(lately) == 1 and lately[0].gender is None and self._says_i(index)
        found = called if len(called) == 1 else lately if alone else []
        return [(member, {}) for member in found if not self._is_barred(member, "they", position, index)]

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

    def _is_alone(self, rows: Candidates, position: int) -> bool:
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

    # -- places ---------------------------------------------------------------------------------------------

    def _leads(self, member: Member, position: int) -> bool:
        """Return whether `member` was met last as a source or at the start of its sentence."""
        met = member.last_met(position)
        return self._is_subject(member, met)

    def _is_subject(self, member: Member, met: int) -> bool:
        state = self._state
        start = state.sentence_starts[state.sentence(met)]
        opens = OPENS.fullmatch(state.article.text, start, met) is not None
        return met in member.speaks or met in state.subjects or opens


def _is_single(member: Member) -> bool:
    """Return whether `member` is one person of whom "they" may be said: no gender is told."""
    human = member.type is ActorType.PERSON or (member.type is ActorType.UNNAMED and not member.plural)
    return human and member.gender is None


def _is_at_an_end(position: int, text: str) -> bool:
    return position < ENDS or position > len(text) - ENDS
