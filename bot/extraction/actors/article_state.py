"""Where resolution stands in an article: its sentences, quotations and claims, who is known, who has spoken."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extraction.actors.known_actors import Cast, Member
from bot.extraction.names.entity import Entity
from bot.model.claims import Claim, Span

NEAR, FAR = 100, 400
"""Mentions that are looked back over for whom a pronoun, and a description, mean."""
NEARBY = 6
"""How many sentences a pronoun looks back before it takes the person mentioned last."""
LONGEST_APPOSITION = 80
APPOSED = re.compile(
    r"\W*(?:(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s|(?:The\s)?(?:[A-ZÀ-Þ][\w’'-]*\s){0,2}[A-ZÀ-Þ][\w-]*['’]s?\s)"
    r"(?:[a-zà-þA-ZÀ-Þ][\w’'-]*\s){0,5}[a-z][\w’'-]*,\s(?:[A-Z][\w-]*\.?\s){0,2}"
)
"""What stands between the start of a sentence and the name of its subject: "Norrland’s manager, "."""


@dataclass(frozen=True, slots=True)
class Article:
    """What resolution needs of an article."""

    text: str
    sentences: Sequence[Span]
    entities: Sequence[Entity]
    claims: Sequence[Claim]
    quoted: Sequence[Span]


class ArticleState:
    """An article with what is found out about who speaks in it so far."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.cast = Cast()
        self.speakers: list[Member | None] = [None] * len(article.claims)
        self.done: list[int] = []
        self.subjects: set[int] = set()
        self.told: set[int] = set()
        """Places of descriptions of which the article itself tells whom they mean."""
        self.sureness: dict[int, float] = {}
        """How sure it is, in log odds, who is meant at the places where no name stands."""
        self.sentence_starts = [start for start, _ in article.sentences]
        self.entity_starts = [entity.start for entity in article.entities]
        self._quote_starts = [start for start, _ in article.quoted]
        self._content = sorted(
            (start, end, index) for index, claim in enumerate(article.claims) for start, end in claim.content
        )
        self._content_starts = [start for start, _, _ in self._content]

        self._source_starts = {claim.source[0][0] for claim in article.claims if claim.source}
        self._source_spans = sorted(claim.source[0] for claim in article.claims if claim.source)

    def sentence(self, position: int) -> int:
        """Return the number of the sentence at `position`."""
        return max(bisect_right(self.sentence_starts, position) - 1, 0)

    def quoted_at(self, position: int) -> bool:
        """Return whether `position` is within quotation marks."""
        index = bisect_right(self._quote_starts, position) - 1
        return index >= 0 and self.article.quoted[index][1] > position

    def holder(self, position: int) -> int | None:
        """Return the claim, if any, whose content holds `position`."""
        index = bisect_right(self._content_starts, position) - 1
        for start, end, claim in reversed(self._content[max(0, index - 4) : index + 1]):
            if start <= position < end:
                return claim
        return None

    def has_source_at(self, places: Sequence[int]) -> bool:
        """Return whether a source starts at one of `places`."""
        return any(place in self._source_starts for place in places)

    def is_source(self, mentions: Sequence[int]) -> bool:
        """Return whether a source starts at one of the first few of `mentions`."""
        return self.has_source_at(mentions[:5])

    def in_source(self, start: int, end: int) -> bool:
        """Return whether a source shares words with the text from `start` to `end`."""
        index = bisect_left(self._source_spans, (end, 0)) - 1
        return index >= 0 and self._source_spans[index][1] > start

    def opens(self, position: int) -> bool:
        """Return whether a mention at `position` is the first in its sentence, as subjects are."""
        start = self.sentence_starts[self.sentence(position)]
        first = bisect_left(self.entity_starts, start)
        if first < len(self.entity_starts) and self.entity_starts[first] >= position:
            return True
        return (
            position - start < LONGEST_APPOSITION
            and APPOSED.fullmatch(self.article.text, start, position) is not None
        )

    def name_end(self, position: int, name: str) -> int:
        """Return where a mention at `position` ends: a name as the name finder saw it, else as long as `name`."""
        number = bisect_left(self.entity_starts, position)
        if number < len(self.entity_starts) and self.entity_starts[number] == position:
            return self.article.entities[number].end
        return position + len(name)
