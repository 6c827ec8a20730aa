"""The stories that can accept articles, by their terms, in compact arrays. Pure.

50,000 stories of 120 terms take some 100 MB this way; as dictionaries they would take over a gigabyte. A term is
kept as a number of 32 bits, two of which say whether it is a word, a name or a number. Two terms in hundreds of
thousands may share a number by chance, which does no harm.
"""

import heapq
import math
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.stories import StoryProfile
from bot.stories.terms import NAME_MARK, PROFILE_TERMS_KEPT, added

CANDIDATE_TERMS = 16
"""Stories are looked up by this many of an article's weightiest terms."""
HOLDERS_READ = 300
"""About how many stories are looked at for all of those terms, so that the cost does not grow with the archive."""
COMPARED = 8
"""How many stories an article is compared with exactly."""
COMPARED_OF_PASS = 5
"""The same for the stories of a pass, which are few. Eight give the same groups."""
PRIOR_STORIES = 60
"""IDF is computed as if this many more stories existed without the term, which dampens it while there are few."""
IDF_STORIES = 500
"""From this many stories on, IDF only depends on the share of the stories that have a term.

Otherwise, rare terms would weigh more as the number of stories grows, and the threshold would change its meaning.
"""
_WORD, _NAME, _NUMBER = 0, 1, 2
_KEPT = PROFILE_TERMS_KEPT


@dataclass(frozen=True, slots=True)
class Likeness:
    """How similar an article and a story are: cosines of words, names and numbers (0 to 1), and more."""

    story_id: int
    words: float
    names: float
    numbers: float
    lead: float
    """The share, by weight, of the names in title and lead that the story has. 0.5 if there are no such names."""
    days: float
    """Days between the article and the newest one of the story."""
    size: int
    """The number of articles in the story."""


@dataclass(slots=True)
class StoryIndex:
    """Stories by their terms, so that an article is compared only with stories that share a term with it."""

    _slots: dict[int, int] = field(default_factory=dict)
    """The place of each story in the arrays."""
    _ids: "array[int]" = field(default_factory=lambda: array("q"))
    _last: "array[float]" = field(default_factory=lambda: array("d"))
    _sizes: "array[int]" = field(default_factory=lambda: array("L"))
    _counts: "array[int]" = field(default_factory=lambda: array("B"))
    _terms: "array[int]" = field(default_factory=lambda: array("I"))
    _weights: "array[float]" = field(default_factory=lambda: array("f"))
    _free: list[int] = field(default_factory=list)
    _holders: "dict[int, int | array[int]]" = field(default_factory=dict)
    """By term: the slot of the only story that has it (the usual case), or the slots of several."""
    _idf: list[float] = field(default_factory=list)
    _idf_for: int = -1
    _beneath: "StoryIndex | None" = None
    """An index whose stories also count for IDF, except those `taken` from it."""
    _taken: int = 0
    _held_beneath: dict[int, int] = field(default_factory=dict)
    """By term: how many stories of the index beneath have it, without those taken; filled on demand."""

    @classmethod
    def of(cls, stories: Iterable[StoryProfile]) -> "StoryIndex":
        """Return an index of `stories`."""
        index = cls()
        for story in stories:
            index.put(story)
        return index

    @classmethod
    def over(cls, beneath: "StoryIndex") -> "StoryIndex":
        """Return an empty index with the IDF of its own stories and those of `beneath` together."""
        return cls(_beneath=beneath)

    def __len__(self) -> int:
        return len(self._slots)

    def put(self, story: StoryProfile) -> None:
        """Add `story`, or replace it if it is known."""
        self.put_weights(story.story_id, numbered(story.terms), story.size, story.last_at.timestamp())

    def joined(self, story_id: int, terms: Mapping[str, float], at: datetime) -> None:
        """Record that an article with `terms`, published `at`, joined or opened the story `story_id`."""
        total, size, last = numbered(terms), 0, at.timestamp()
        if (slot := self._slots.get(story_id)) is not None:
            size, last = self._sizes[slot], max(last, self._last[slot])
            total = added(total, self._profile(slot))
        self.put_weights(story_id, total, size + 1, last)

    def forget(self, before: datetime) -> None:
        """Drop the stories whose newest article is from before a moment."""
        moment = before.timestamp()
        for story_id in [s for s, slot in self._slots.items() if self._last[slot] < moment]:
            self.drop(story_id)

    def drop(self, story_id: int) -> None:
        """Drop a story, if it is known."""
        if (slot := self._slots.pop(story_id, None)) is not None:
            self._clear(slot)
            self._free.append(slot)

    def merge(self, absorbed: int, into: int) -> None:
        """Record that the articles of the story `absorbed` belong to the story `into`."""
        slot, other = self._slots.get(absorbed), self._slots.get(into)
        if slot is None or other is None:
            return
        total = added(dict(self._profile(other)), self._profile(slot))
        size, last = self._sizes[slot] + self._sizes[other], max(self._last[slot], self._last[other])
        self.drop(absorbed)
        self.put_weights(into, total, size, last)

    def take(self, story_id: int) -> tuple[dict[int, float], int, float]:
        """Return what the index beneath knows of a story, and stop counting it there. Raises KeyError."""
        if self._beneath is None:
            raise KeyError(story_id)
        known = self._beneath.known(story_id)
        self._taken += 1
        for term in known[0]:
            self._held_beneath[term] = self._count_beneath(term) - 1
        return known

    def known(self, story_id: int) -> tuple[dict[int, float], int, float]:
        """Return the weights of a story's numbered terms, its number of articles, and the newest one's moment.

        Raises KeyError if the story is not known.
        """
        slot = self._slots[story_id]
        return dict(self._profile(slot)), self._sizes[slot], self._last[slot]

    def likeliest(self, terms: Mapping[int, float], lead: Sequence[int], at: datetime) -> list[Likeness]:
        """Return the likeness of the stories that share the weightiest terms of an article, at most `COMPARED`.

        The article has the numbered `terms`, among them those of `lead`, and was published `at`.
        """
        self._read_idf()
        own = {term: (weight, self._idf_of(term)) for term, weight in terms.items()}
        led = [(term, own[term][1]) for term in lead if term in own]
        lengths = [0.0, 0.0, 0.0]
        for term, (weight, idf) in own.items():
            lengths[term >> 30] += (weight * idf) ** 2
        moment = at.timestamp()
        return [self._likeness(slot, own, lengths, led, moment) for slot in self._candidates(own, moment)]

    def _candidates(self, own: Mapping[int, tuple[float, float]], moment: float) -> list[int]:
        weightiest = heapq.nsmallest(CANDIDATE_TERMS, own, key=lambda term: (-own[term][0] * own[term][1], term))
        shared: dict[int, float] = {}
        read = 0
        for term in weightiest:
            holders = self._holders.get(term)
            if holders is None:
                continue
            slots = (holders,) if isinstance(holders, int) else holders[-HOLDERS_READ:]
            worth = own[term][0] * own[term][1] ** 2
            for slot in slots:
                shared[slot] = shared.get(slot, 0.0) + worth
            read += len(slots)
            if read >= HOLDERS_READ:
                break
        likely = {slot: worth * _nearness(moment - self._last[slot]) for slot, worth in shared.items()}
        compared = COMPARED if self._beneath is None else COMPARED_OF_PASS
        return heapq.nsmallest(compared, likely, key=lambda slot: (-likely[slot], self._ids[slot]))

    def _likeness(
        self,
        slot: int,
        own: Mapping[int, tuple[float, float]],
        lengths: Sequence[float],
        led: Sequence[tuple[int, float]],
        moment: float,
    ) -> Likeness:
        dots, squares = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
        held = set()
        for term, weight in self._profile(slot):
            part = term >> 30
            if (known := own.get(term)) is not None:
                held.add(term)
                dots[part] += weight * known[0] * known[1] ** 2
                squares[part] += (weight * known[1]) ** 2
            else:
                squares[part] += (weight * self._idf_of(term)) ** 2
        words, names, numbers = (
            dot / math.sqrt(square * length) if square and length else 0.0
            for dot, square, length in zip(dots, squares, lengths, strict=True)
        )
        worth = sum(idf for _, idf in led)
        return Likeness(
            self._ids[slot],
            words,
            names,
            numbers,
            sum(idf for term, idf in led if term in held) / worth if worth else 0.5,
            abs(moment - self._last[slot]) / 86_400,
            self._sizes[slot],
        )

    def put_weights(self, story_id: int, terms: Mapping[int, float], size: int, last: float) -> None:
        """Add or replace a story: weights of numbered terms, number of articles, the moment of the newest."""
        slot = self._slots.get(story_id)
        if slot is None:
            slot = self._new_slot()
            self._slots[story_id] = slot
        else:
            self._clear(slot)
        kept = heapq.nsmallest(_KEPT, terms.items(), key=lambda pair: (-pair[1], pair[0]))
        start = slot * _KEPT
        for place, (term, weight) in enumerate(kept, start):
            self._terms[place] = term
            self._weights[place] = weight
            self._hold(term, slot)
        self._ids[slot], self._last[slot] = story_id, last
        self._sizes[slot], self._counts[slot] = size, len(kept)

    def _new_slot(self) -> int:
        if self._free:
            return self._free.pop()
        self._ids.append(0)
        self._last.append(0.0)
        self._sizes.append(0)
        self._counts.append(0)
        self._terms.extend(_NO_TERMS)
        self._weights.extend(_NO_WEIGHTS)
        return len(self._ids) - 1

    def _clear(self, slot: int) -> None:
        for term, _ in self._profile(slot):
            holders = self._holders[term]
            if isinstance(holders, int):
                del self._holders[term]
                continue
            holders.remove(slot)
            if len(holders) == 1:
                self._holders[term] = holders[0]
        self._counts[slot] = 0

    def _hold(self, term: int, slot: int) -> None:
        holders = self._holders.get(term)
        if holders is None:
            self._holders[term] = slot
        elif isinstance(holders, int):
            self._holders[term] = array("I", (holders, slot))
        else:
            holders.append(slot)

    def _profile(self, slot: int) -> Iterator[tuple[int, float]]:
        start = slot * _KEPT
        end = start + self._counts[slot]
        return zip(self._terms[start:end], self._weights[start:end], strict=True)

    def _read_idf(self) -> None:
        """Recompute the table of IDF if the number of stories has changed by more than a hundredth."""
        beneath = len(self._beneath) - self._taken if self._beneath is not None else 0
        stories = len(self._slots) + beneath + PRIOR_STORIES
        if abs(stories - self._idf_for) * 100 > stories:
            counted = min(stories, IDF_STORIES)
            share = counted / stories
            self._idf = [math.log((counted + 1) / (count * share + 1)) for count in range(1_000)]
            self._idf_for = stories

    def _idf_of(self, term: int) -> float:
        holders = self._holders.get(term)
        held = 0 if holders is None else 1 if isinstance(holders, int) else len(holders)
        if self._beneath is not None:
            beneath = self._held_beneath.get(term)
            held += self._count_beneath(term) if beneath is None else beneath
        if held < len(self._idf):
            return self._idf[held]
        counted = min(self._idf_for, IDF_STORIES)
        return max(0.0, math.log((counted + 1) / (held * counted / self._idf_for + 1)))

    def _count_beneath(self, term: int) -> int:
        held = self._held_beneath.get(term)
        if held is None and self._beneath is not None:
            held = self._held_beneath[term] = self._beneath.stories_with(term)
        return held or 0

    def stories_with(self, term: int) -> int:
        """Return how many stories have a numbered term."""
        holders = self._holders.get(term)
        return 0 if holders is None else 1 if isinstance(holders, int) else len(holders)


_NO_TERMS = array("I", [0] * _KEPT)
_NO_WEIGHTS = array("f", [0.0] * _KEPT)


def term_number(term: str) -> int:
    """Return the number that stands for `term`: two bits for its part, and 30 of a checksum."""
    part = _WORD if not term.startswith(NAME_MARK) else _NUMBER if term[1:2].isdigit() else _NAME
    return part << 30 | zlib.crc32(term.encode("utf-8", "surrogatepass")) >> 2


def numbered(terms: Mapping[str, float]) -> dict[int, float]:
    """Return the weights of `terms` by the numbers that stand for them."""
    return {term_number(term): weight for term, weight in terms.items()}


def _nearness(seconds: float) -> float:
    return 1 / (1 + (seconds / 86_400 / 7) ** 2)
