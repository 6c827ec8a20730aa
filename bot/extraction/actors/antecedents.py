"""Whom a pronoun goes back to: scores everybody met before it with learned weights.

`python -m training antecedents` fits the weights. The signs are named here, and nothing else knows their names.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.extraction.actors.agreement import agreement
from bot.extraction.actors.antecedent_weights import WEIGHTS
from bot.extraction.actors.article_state import NEAR, ArticleState
from bot.extraction.actors.known_actors import Member
from bot.extraction.wordlists.lexicon import PREPOSITIONS, SINGULAR
from bot.model.claims import ActorType

Signs = Mapping[str, float]
"""What is known of a candidate, by the names of the weights."""
Candidates = Sequence[tuple[Member, Signs]]
Choose = Callable[[str, int, int | None, Candidates], Member | None]
"""Picks one of those whom a pronoun may mean, by word, place and claim (None outside sources)."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Whom a pronoun could mean: all who agree with it, and who is `left` after those who cannot be meant.

    `answers`: the one who is left was asked something a moment before, and answers it. `alone`: it is what was
    just spoken of, and no other that "they" can mean was met lately.
    """

    agreeing: Candidates
    left: Candidates
    answers: bool
    alone: bool = False


SURE_ODDS = 6.0
"""Log odds from which on a candidate's lead over the others tells no more."""
WORD_BEFORE = re.compile(r"([\w’'-]+)\W*$")
ADDS = re.compile(r"\b(?:add|also|continu|went\son|goes\son)", re.IGNORECASE)
REPLIES = re.compile(
    r"\b(?:answer|repl(?:y|ies|ied)|respond|retort|shot\sback|hit\sback|fired\sback|counter|agree)", re.IGNORECASE
)
OTHERS = {
    "m": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
    "f": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
}
PARAGRAPH = 2_000
"""Characters before a pronoun in which the start of its paragraph is looked for."""
LOOKED_AT = 30
"""Mentions of a candidate that are looked at for whether it is a source anywhere."""
OWNS = re.compile(r"['’]s\b")


def weight(signs: Signs) -> float:
    """Return the score of a candidate with these signs."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())


def likeliest(word: str, position: int, index: int | None, candidates: Candidates) -> Member | None:  # noqa: ARG001
    """Return the candidate with the highest score, None if there is none."""
    return max(candidates, key=lambda candidate: weight(candidate[1]))[0] if candidates else None


def _step(distance: int) -> str:
    """Return a distance in sentences, the far ones put together."""
    return str(distance) if distance < 3 else "3-4" if distance < 5 else "5-8" if distance < 9 else "9+"


def _lines(breaks: int) -> str:
    """Return a distance in paragraphs from the number of line breaks: mostly there are two to a paragraph."""
    return "0" if not breaks else "1" if breaks < 3 else "2" if breaks < 5 else "3+"


class Antecedents:
    """Says of each pronoun of one article whom it may mean, and remembers whom it was taken for."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self._taken: dict[str, tuple[int, Member]] = {}
        self._breaks = [found.start() for found in re.finditer(r"\n", state.article.text)]

    def take(self, word: str, position: int, member: Member) -> None:
        """Record that the pronoun `word` at `position` means `member`."""
        self._taken[SINGULAR.get(word, word)] = position, member

    def candidates(self, word: str, position: int, index: int | None) -> Candidates:
        """Return who agrees with the pronoun `word` at `position`, the one met last first, with their signs.

        `index` is the claim whose source it is (or is part of); who is met in that claim's own content is not
        counted as met there.
        """
        state = self._state
        found: list[tuple[int, bool, Member, str]] = []
        for member in state.cast.recent(position, NEAR):
            agrees = _agrees(member, word)
            met = self._last(member, position, index) if agrees else None
            if met is not None:
                found.append((*met, member, agrees))
        found.sort(key=lambda candidate: -candidate[0])
        most = max((bisect_left(member.mentions, position) for _, _, member, _ in found), default=0)
        opens = self._opens_sentence(position)
        how = self._how_said(word, index)
        rows: list[tuple[Member, Signs]] = []
        for rank, (last, echo, member, agrees) in enumerate(found):
            signs = {agrees: 1.0, f"rank {min(rank, 3)}": 1.0}
            signs |= self._distances(member, position, last, most)
            signs |= self._place(member, position, last, echo=echo, opens=opens)
            signs |= self._speech(member, word, position, index, last)
            if index is not None:
                signs |= self._as_source(member, position, last, rank, how)
            rows.append((member, signs))
        return rows

    def _how_said(self, word: str, index: int | None) -> list[str]:
        """Return what cue and content of the claim `index` tell of who may have said it.

        Whoever adds something spoke before, whoever replies did not, and "“He is loud,” he said" means two men.
        """
        if index is None:
            return []
        state, text = self._state, self._state.article.text
        claim = state.article.claims[index]
        cue = " ".join(text[a:b] for a, b in claim.cue)
        quoted = any(state.quoted_at(start + 1) for start, _ in claim.content)
        found = ["quoted" if quoted else "not quoted"]
        if ADDS.search(cue):
            found.append("adds")
        elif REPLIES.search(cue):
            found.append("replies")
        other = OTHERS.get(SINGULAR.get(word, ""))
        if quoted and other is not None and any(other.search(text, a, b) for a, b in claim.content):
            found.append("of another")
        return found

    def _as_source(
        self, member: Member, position: int, last: int, rank: int, how: Sequence[str]
    ) -> dict[str, float]:
        """Return the evidence for a candidate as the source of a claim made in the ways `how`."""
        state = self._state
        signs: dict[str, float] = {}
        if bisect_left(member.speaks, position):
            signs["spoke before"] = 1.0
        if state.has_source_at(member.mentions[:LOOKED_AT]):
            signs["source somewhere"] = 1.0
        holder = state.holder(last)
        if holder is not None and last not in member.speaks:
            signs["met within a content"] = 1.0
        line = state.article.text.rfind("\n", max(0, position - PARAGRAPH), position)
        spoke = member.spoke_before(position)
        if line >= 0 and spoke > line:
            signs["spoke in the paragraph"] = 1.0
        lately = bool(state.done) and state.speakers[state.done[-1]] is member
        for way in how:
            if lately:
                signs[f"{way}: last speaker"] = 1.0
            if rank == 0:
                signs[f"{way}: rank 0"] = 1.0
            if holder is not None:
                signs[f"{way}: met within a content"] = 1.0
            if spoke >= 0:
                signs[f"{way}: spoke before"] = 1.0
        return signs

    def _last(self, member: Member, position: int, index: int | None) -> tuple[int, bool] | None:
        """Return where a member was last met before `position`, and whether only as a pronoun."""
        content = self._state.article.claims[index].content if index is not None else ()
        best: tuple[int, bool] | None = None
        for places, echo in ((member.mentions, False), (member.echoes, True)):
            for number in range(bisect_left(places, position) - 1, -1, -1):
                met = places[number]
                if not any(start <= met < end for start, end in content):
                    best = max(best, (met, echo)) if best else (met, echo)
                    break
        return best

    def _opens_sentence(self, position: int) -> bool:
        """Return whether a pronoun at `position` opens its sentence."""
        state = self._state
        start = state.sentence_starts[state.sentence(position)]
        return not any(map(str.isalnum, state.article.text[start:position]))

    def _distances(self, member: Member, position: int, last: int, most: int) -> dict[str, float]:
        state = self._state
        here = state.sentence(position)
        signs = {f"sentences {_step(here - state.sentence(last))}": 1.0}
        if self._breaks:
            breaks = bisect_left(self._breaks, position) - bisect_left(self._breaks, last)
            signs[f"paragraphs {_lines(breaks)}"] = 1.0
        times = bisect_left(member.mentions, position)
        if times:
            signs[f"named before {_step(here - state.sentence(member.mentions[times - 1]))}"] = 1.0
        signs["mentions"] = math.log1p(times)
        if times == most:
            signs["mentioned most"] = 1.0
        return signs

    def _place(self, member: Member, position: int, last: int, *, echo: bool, opens: bool) -> dict[str, float]:
        """Return what the place says where a member was met last."""
        state, text = self._state, self._state.article.text
        far = min(state.sentence(position) - state.sentence(last), 2)
        if echo:
            how = "echo"
        elif last in member.speaks:
            how = "spoke"
        else:
            how = "subject" if last in state.subjects or state.opens(last) else "other"
        signs = {f"last {how} {far}": 1.0}
        if opens:
            signs[f"opens, last {how} {far}"] = 1.0
        if how in ("other", "subject"):
            if OWNS.match(text, state.name_end(last, member.name)):
                signs[f"owner {far}"] = 1.0
            before = WORD_BEFORE.search(text, max(0, last - 20), last)
            if before and before[1].casefold() in PREPOSITIONS:
                signs[f"behind preposition {far}"] = 1.0
        if state.quoted_at(last):
            signs["quoted"] = 1.0
        return signs

    def _speech(self, member: Member, word: str, position: int, index: int | None, last: int) -> dict[str, float]:
        """Return the signs of who spoke last, and whom the last such pronoun meant."""
        state = self._state
        signs: dict[str, float] = {}
        if state.done and state.speakers[state.done[-1]] is member:
            far = min(state.sentence(position) - state.sentence(last), 2)
            signs[f"last speaker {far}"] = 1.0
            if index is not None:
                after = any(start < position for start, _ in state.article.claims[index].content)
                signs[f"last speaker, {'behind' if after else 'before'} the content {far}"] = 1.0
        holder = state.holder(position)
        if holder is not None and state.speakers[holder] is member:
            signs["quoted speaker" if state.quoted_at(position) else "reported speaker"] = 1.0
        taken = self._taken.get(SINGULAR.get(word, word))
        if taken is not None and taken[1] is member:
            since = min(state.sentence(position) - state.sentence(taken[0]), 3)
            signs[f"last pronoun {since}"] = 1.0
            if index is not None:
                signs[f"last pronoun, source {since}"] = 1.0
        return signs


def _agrees(member: Member, word: str) -> str:
    """Return how a member agrees with a pronoun; empty where it does not."""
    if agreement(member, word) is None:
        return ""
    if word in SINGULAR:
        named = "name" if member.type is ActorType.PERSON else "description"
        if member.gender is None:
            return f"{named} of unknown gender"
        sure = member.certainty.name.lower()
        return (
            f"{named} of the {sure} gender"
            if member.gender == SINGULAR[word]
            else f"{named} not of the {sure} gender"
        )
    several = ", several" if member.plural else ""
    return f"{'they' if word.startswith('the') else 'it'}: {member.type.value.lower()}{several}"
