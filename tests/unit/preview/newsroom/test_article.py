import re
import struct
import unicodedata
import zlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.newsroom.article import age, article_of, draft_of, drafts
from preview.newsroom.outlets import HEAP, KONKAN, MERIDIAN, OUTLETS
from preview.newsroom.pictures import picture
from preview.newsroom.scraped import scraped

MONDAY = datetime(2025, 11, 24, 9, 30, tzinfo=UTC)

DRAFT = """+++
title = "A headline"
byline = "A Reporter"
age = "2h"
section = "World News"
summary = "What it says."
+++
It rained on {day:1d}.

It will rain on {day:-1d}, and on {date:-9d}.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0m", timedelta()),
        ("3d", timedelta(days=3)),
        ("2h30m", timedelta(hours=2, minutes=30)),
        ("1d6h", timedelta(days=1, hours=6)),
        ("-2d", timedelta(days=-2)),
    ],
)
def test_an_age_is_read(text: str, expected: timedelta) -> None:
    assert age(text) == expected


@pytest.mark.parametrize("text", ["", "-", "3", "h", "3w", "2h3d"])
def test_an_age_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an age"):
        age(text)


def test_weekdays_follow_from_the_start_and_not_from_when_each_article_came_out() -> None:
    draft = draft_of(DRAFT, KONKAN, "rain")
    early = article_of(draft, MONDAY, MONDAY - timedelta(hours=20))
    late = article_of(draft, MONDAY, MONDAY)
    assert early.paragraphs == late.paragraphs
    assert early.paragraphs == ("It rained on Sunday.", "It will rain on Tuesday, and on 3 December.")


def test_american_outlets_put_the_month_first() -> None:
    article = article_of(draft_of(DRAFT, MERIDIAN, "rain"), MONDAY, MONDAY)
    assert article.paragraphs[1].endswith("on December 3.")


def test_a_scraping_outlet_prints_one_glued_run() -> None:
    article = article_of(draft_of(DRAFT, HEAP, "rain"), MONDAY, MONDAY)
    assert article.printed == ("It rained on SundayIt will rain on Tuesday and on December 3",)


def test_scraping_keeps_letters_and_both_spaces_round_a_dash() -> None:
    text = scraped(["He “won’t” go - ever.", "She's 3.5 metres up…"])
    assert text == "He wont go  everShes 35 metres up"


@given(st.lists(st.text()))
def test_scraping_leaves_every_letter_and_no_punctuation(paragraphs: list[str]) -> None:
    text = scraped(paragraphs)
    assert not any(unicodedata.category(char).startswith("P") for char in text)
    assert [c for c in text if c.isalnum()] == [c for p in paragraphs for c in p if c.isalnum()]


def test_every_outlet_has_articles_and_some_are_held_back() -> None:
    counts: dict[str, int] = defaultdict(int)
    for draft in drafts().values():
        counts[draft.outlet.key] += 1
    assert set(counts) == set(OUTLETS)
    assert sum(counts.values()) >= 26
    assert {draft.slug for draft in drafts().values() if draft.held} == {
        "baltic-cable-ship-sails",
        "brandreth-appointed",
    }


def test_no_two_outlets_use_the_same_slug() -> None:
    files = [file for key in OUTLETS for file in _files(key)]
    assert len(files) == len(set(files)) == len(drafts())


def test_seven_stories_are_told_by_two_to_four_outlets() -> None:
    outlets = defaultdict(set)
    for draft in drafts().values():
        if draft.story:
            outlets[draft.story].add(draft.outlet.key)
    assert {story: len(keys) for story, keys in outlets.items()} == {
        "penhallow": 2,
        "halden": 4,
        "baltic-cable": 3,
        "calder-trial": 2,
        "cyclone-vayla": 3,
        "dengue-vaccine": 2,
        "pune-one-day": 2,
    }


@pytest.mark.parametrize("slug", sorted(drafts()))
def test_a_draft_is_of_article_length_and_all_its_placeholders_are_filled(slug: str) -> None:
    draft = drafts()[slug]
    article = article_of(draft, MONDAY, MONDAY - draft.age)
    text = "\n\n".join(article.paragraphs)
    assert 280 <= len(text.split()) <= 620
    assert not re.search(r"[{}]", text + article.title + article.summary)
    assert article.published_at <= MONDAY


def test_a_picture_is_a_png_of_the_size_asked_for() -> None:
    data = picture("slug", 40, 20)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (40, 20)
    start = data.index(b"IDAT") + 4
    assert len(zlib.decompress(data[start : data.index(b"IEND") - 8])) == 20 * (1 + 5)


def _files(key: str) -> list[str]:
    from preview.newsroom.article import DRAFTS

    return [file.stem for file in (DRAFTS / key).glob("*.md")]
