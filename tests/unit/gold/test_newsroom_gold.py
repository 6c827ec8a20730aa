from datetime import UTC, datetime

import pytest

from gold.reading import FOLDER, read
from preview.newsroom.article import article_of, drafts

RENDERED_AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PREFIX = "newsroom_"
SLUGS = sorted(path.stem.removeprefix(PREFIX) for path in (FOLDER / "judge").glob(f"{PREFIX}*.toml"))


def as_marked(slug: str) -> str:
    """The article as readers see it, before any scraping: headline, empty line, paragraphs."""
    article = article_of(drafts()[slug], RENDERED_AT, RENDERED_AT)
    return "\n\n".join((article.title, *article.paragraphs))


def test_every_article_of_the_newsroom_is_marked() -> None:
    assert sorted(drafts()) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_gold_text_is_the_rendered_article(slug: str) -> None:
    row = read(FOLDER / "judge" / f"{PREFIX}{slug}.toml")
    assert row["text"] == as_marked(slug)
    assert row["attributions"]
