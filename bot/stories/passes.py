"""Articles that wait together: each is placed, and placed again once the others are known. Pure.

A story that nobody has seen yet can still be put right. An article that came first and was too short to be
recognised, or that joined a look-alike because its own story did not exist yet, is taken out of its story and goes
where it fits best now, as in a step of k-means. Articles of earlier passes stay where they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.model.stories import ArticleToGroup
from bot.stories.grouping import chosen
from bot.stories.index import Likeness, StoryIndex, numbered, term_number
from bot.stories.terms import NAME_MARK, lead_names

ROUNDS = 2
"""How often an article of a pass is placed.

Evidence: B-cubed F1 on ECB+ topics 1 to 22 is 90.1 with one round, 91.3 with two and 91.5 with three, and each
costs some 0.6 ms an article.
"""
MOST_TOGETHER = 200
"""The largest number of articles in a pass."""
TOGETHER = timedelta(days=1)
"""The longest time between the first and the last article of a pass.

Later events are no reason to see an article in another light: with passes of weeks, B-cubed F1 on
gold/stories/dated.jsonl falls from 86.3 to 83.1, because a story of many articles absorbs its look-alikes.
"""
FIRST_NEW = 1 << 62
"""The first number for stories that a pass opens, until they are saved. Such numbers sort after all ids."""


@dataclass(slots=True)
class _Story:
    """A story that contains articles of this pass."""

    weights: dict[int, float]
    earlier: int
    """The number of articles that it had before this pass; `last` is the moment of the newest of these."""
    last: float
    moments: dict[int, float] = field(default_factory=dict)
    """The moments of its articles in this pass, by article."""


@dataclass(slots=True)
class _Article:
    article: ArticleToGroup
    terms: dict[int, float]
    lead: list[int]
    words: int
    likely: list[Likeness]
    """Its likeness to the stories known before the pass."""
    story: int = 0
    absorbed: list[int] = field(default_factory=list)
    """Stories known before the pass that this article showed to be parts of its own story."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The story of an article, and stories known before the pass that turned out to be parts of it."""

    story_id: int
    absorbed: tuple[int, ...] = ()

    @property
    def is_new(self) -> bool:
        """Return whether the story was opened in this pass and so has no id in the store yet."""
        return self.story_id >= FIRST_NEW


class StoryPass:
    """Places articles that wait together, without changing the index of previously known stories."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        self._touched = StoryIndex.over(index)
        self._stories: dict[int, _Story] = {}
        self._articles: dict[int, _Article] = {}
        self._absorbed: dict[int, int] = {}
        self._opened = 0

    def place(self, article: ArticleToGroup, terms: Mapping[str, float]) -> None:
        """Put `article`, which has `terms`, into the story where it fits best, or into a new one.

        If it has been placed already, it is taken out of its story first.
        """
        again = (one := self._articles.get(article.article_id)) is not None
        if one is None:
            own, lead = numbered(terms), [term_number(term) for term in lead_names(article, terms)]
            words = sum(not term.startswith(NAME_MARK) for term in terms)
            one = _Article(article, own, lead, words, self._index.likeliest(own, lead, article.published_at))
        else:
            self._take_out(one)
        touched = self._touched.likeliest(one.terms, one.lead, article.published_at)
        others = [found for found in one.likely if not self._is_touched(found.story_id)]
        place = chosen([*touched, *others], one.words, again=again)
        story_id = self._new_story(one) if place.story_id is None else place.story_id
        if place.also is not None:
            story_id = self._made_one(one, story_id, place.also)
        self._put_into(one, story_id)

    def placed(self, article: ArticleToGroup) -> Placed:
        """Return where `article`, which was placed, belongs now.

        What it showed about other stories no longer holds if it has left them.
        """
        one = self._articles[article.article_id]
        return Placed(one.story, tuple(gone for gone in one.absorbed if self._stays_of(gone) == one.story))

    def _stays_of(self, story_id: int) -> int:
        while (into := self._absorbed.get(story_id)) is not None:
            story_id = into
        return story_id

    def _is_touched(self, story_id: int) -> bool:
        return story_id in self._stories or story_id in self._absorbed

    def _new_story(self, one: _Article) -> int:
        if one.story >= FIRST_NEW and one.story not in self._stories:
            return one.story  # the article was alone in it
        self._opened += 1
        return FIRST_NEW + self._opened

    def _take_out(self, one: _Article) -> None:
        story = self._stories[one.story]
        del story.moments[one.article.article_id]
        if not story.moments and not story.earlier:
            del self._stories[one.story]
            self._touched.drop(one.story)
            return
        for term, weight in one.terms.items():
            left = story.weights.pop(term, 0.0) - weight
            if left > _NOTHING:
                story.weights[term] = left
        self._note(one.story)

    def _put_into(self, one: _Article, story_id: int) -> None:
        story = self._story(story_id)
        for term, weight in one.terms.items():
            story.weights[term] = story.weights.get(term, 0.0) + weight
        story.moments[one.article.article_id] = one.article.published_at.timestamp()
        one.story = story_id
        self._articles[one.article.article_id] = one
        self._note(story_id)

    def _story(self, story_id: int) -> _Story:
        if (story := self._stories.get(story_id)) is None:
            story = _Story({}, 0, 0.0) if story_id >= FIRST_NEW else _Story(*self._touched.take(story_id))
            self._stories[story_id] = story
        return story

    def _made_one(self, one: _Article, *pair: int) -> int:
        """Merge two stories that an article shows to be one, and return which stays.

        A story known before the pass stays; otherwise the one with more articles does.
        """
        into, gone = sorted(pair, key=lambda story: (story >= FIRST_NEW, -self._size(story), story))
        stays, goes = self._story(into), self._story(gone)
        for term, weight in goes.weights.items():
            stays.weights[term] = stays.weights.get(term, 0.0) + weight
        stays.last = max(stays.last, goes.last)
        stays.earlier += goes.earlier
        stays.moments |= goes.moments
        for article_id in goes.moments:
            self._articles[article_id].story = into
        if gone < FIRST_NEW:
            one.absorbed.append(gone)
            self._absorbed[gone] = into
        del self._stories[gone]
        self._touched.drop(gone)
        self._note(into)
        return into

    def _size(self, story_id: int) -> int:
        story = self._story(story_id)
        return story.earlier + len(story.moments)

    def _note(self, story_id: int) -> None:
        story = self._stories[story_id]
        last = max(story.last, *story.moments.values()) if story.moments else story.last
        self._touched.put_weights(story_id, story.weights, self._size(story_id), last)


_NOTHING = 1e-9
"""What floating-point rounding leaves of a weight that was added and subtracted again."""


def passes_of(articles: Iterable[ArticleToGroup]) -> Iterator[list[ArticleToGroup]]:
    """Return `articles`, which are in order of publication, divided into passes, each placed together."""
    together: list[ArticleToGroup] = []
    for article in articles:
        full = len(together) == MOST_TOGETHER
        if together and (full or article.published_at - together[0].published_at > TOGETHER):
            yield together
            together = []
        together.append(article)
    if together:
        yield together
