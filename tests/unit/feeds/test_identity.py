"""Which entries are new, and which are known ones that look different."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.identity import (
    FLOOD,
    READ_AT_FIRST,
    KnownEntry,
    Match,
    Verdict,
    matches_of,
    put_away_notice,
    read_at_first,
)
from bot.feeds.prints import content_print, key_digest, likeness, prints_of
from bot.model.feeds import ParsedEntry

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LAST = NOW - timedelta(hours=1)
TEXT = (
    "The harbour council approved the new bridge on Monday after a long debate about its cost. Engineers expect "
    "the work to begin in spring and to last for two years, while ferries keep running between the islands."
)


def entry(number: int, **changes: object) -> ParsedEntry:
    body = " ".join(f"word{number}x{i}" for i in range(40))
    made = ParsedEntry(
        f"id-{number}",
        f"https://news.example/a/{number}",
        f"Headline number {number}",
        None,
        NOW,
        f"<p>{body}</p>",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def known(*entries: ParsedEntry) -> list[KnownEntry]:
    return [KnownEntry(i, e.key, prints_of(e), e.published_at) for i, e in enumerate(entries, 1)]


def matched(
    document: list[ParsedEntry],
    before: list[ParsedEntry],
    *,
    left_out: int = 0,
    left_out_keys: frozenset[bytes] = frozenset(),
    newest_known: datetime | None = NOW,
) -> list[Match]:
    stored = {k.key: k for k in known(*before)}
    return matches_of(
        [(e.key, e, prints_of(e)) for e in document],
        {e.key: stored[e.key] for e in document if e.key in stored},
        stored.values(),
        left_out=left_out,
        last_success_at=LAST,
        left_out_keys=left_out_keys,
        newest_known=newest_known,
    )


def verdicts(matches: list[Match]) -> list[Verdict]:
    return [match.verdict for match in matches]


def test_what_has_a_known_key_is_known_and_the_rest_is_new() -> None:
    found = matched([entry(3), entry(2), entry(1)], [entry(1), entry(2)])
    assert verdicts(found) == [Verdict.NEW, Verdict.KNOWN, Verdict.KNOWN]
    assert [match.rekeyed for match in found] == [False, False, False]


def test_a_changed_date_is_no_change() -> None:
    assert verdicts(matched([entry(1, published_at=None)], [entry(1)])) == [Verdict.KNOWN]
    assert verdicts(matched([entry(1, published_at=NOW - timedelta(days=9))], [entry(1)])) == [Verdict.KNOWN]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"title": "Another headline"}, Verdict.UPDATED),
        ({"title": "HEADLINE  number 1!"}, Verdict.KNOWN),
        ({"html": f"<p>{TEXT}</p>"}, Verdict.UPDATED),
        ({"html": "<div>" + entry(1).html.upper() + "</div>"}, Verdict.KNOWN),
        ({"html": ""}, Verdict.KNOWN),
    ],
)
def test_a_known_entry_is_updated_where_its_words_changed(changes: dict[str, str], verdict: Verdict) -> None:
    (match,) = matched([entry(1, **changes)], [entry(1)])
    assert (match.verdict, match.rekeyed) == (verdict, False)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a/1",
        "https://www.news.example/a/1/",
        "https://news.example/a/1?utm_source=rss#top",
    ],
)
def test_an_entry_with_a_known_address_is_known_under_a_new_key(url: str) -> None:
    (match,) = matched([entry(1, key="other", url=url)], [entry(1), entry(2)])
    assert (match.verdict, match.rekeyed) == (Verdict.KNOWN, True)
    assert match.known is not None
    assert match.known.key == "id-1"


def test_an_address_that_entries_share_tells_nothing_without_the_title() -> None:
    page = "https://news.example/changes"
    before = [entry(1, url=page), entry(2, url=page)]
    assert verdicts(matched([entry(3, url=page)], before)) == [Verdict.NEW]
    (match,) = matched([entry(2, key="new", url=page)], before)
    assert (match.verdict, match.rekeyed) == (Verdict.KNOWN, True)


def test_of_several_at_one_address_the_one_that_has_not_changed_is_the_known_one() -> None:
    page = "https://news.example/notes"
    note = entry(1, url=page, title="", html=TEXT)
    greeting = entry(2, url=page, title="", html="Good morning, all!", published_at=NOW - timedelta(hours=2))
    found = matched([greeting, replace(note, key="id-1 note")], [note])
    assert verdicts(found) == [Verdict.NEW, Verdict.KNOWN]


def test_a_front_page_as_link_tells_nothing() -> None:
    (match,) = matched([entry(2, url="https://news.example/")], [entry(1, url="https://news.example/")])
    assert match.verdict is Verdict.NEW


def test_a_known_entry_that_the_document_still_has_is_not_taken_for_another() -> None:
    found = matched([entry(5, url=entry(1).url), entry(1)], [entry(1)])
    assert verdicts(found) == [Verdict.NEW, Verdict.KNOWN]


def test_the_same_title_alone_is_a_column_that_comes_again() -> None:
    (match,) = matched([entry(2, title="The morning briefing")], [entry(1, title="The morning briefing")])
    assert match.verdict is Verdict.NEW


def test_the_same_title_with_near_equal_content_is_the_same_entry() -> None:
    moved = entry(2, title=entry(1).title, html=entry(1).html + "<p>Read more</p>")
    (match,) = matched([moved], [entry(1)])
    assert match.rekeyed


def test_where_all_ids_and_addresses_change_titles_or_contents_tell() -> None:
    before = [entry(i) for i in range(10)]
    titled = [entry(i + 100, title=entry(i).title, html="") for i in range(10)]
    assert {(m.verdict, m.rekeyed) for m in matched(titled, before)} == {(Verdict.KNOWN, True)}
    retold = [entry(i + 100, title=f"New name {i}", html=entry(i).html) for i in range(10)]
    found = matched(retold, before)
    assert {(m.verdict, m.rekeyed) for m in found} == {(Verdict.UPDATED, True)}
    assert [m.known.key for m in found if m.known] == [f"id-{i}" for i in range(10)]


def test_a_flood_of_old_entries_is_put_away() -> None:
    flood = [entry(i + 100, published_at=NOW - timedelta(days=30)) for i in range(40)]
    found = matched([entry(50), *flood], [entry(i) for i in range(10)])
    assert verdicts(found) == [Verdict.NEW] + [Verdict.PUT_AWAY] * 40
    assert "40 entries" in put_away_notice(40)


def test_an_entry_without_a_date_is_news_however_many_there_are() -> None:
    document = [entry(i + 100, published_at=None) for i in range(20)]
    assert set(verdicts(matched(document, [entry(1)]))) == {Verdict.NEW}


def test_the_breaker_keeps_back_only_what_its_date_explains() -> None:
    old = [entry(i + 100, published_at=NOW - timedelta(days=30)) for i in range(20)]
    undated = [entry(i + 200, published_at=None) for i in range(10)]
    found = matched([*undated, *old], [entry(1)])
    assert verdicts(found) == [Verdict.NEW] * 10 + [Verdict.PUT_AWAY] * 20


@pytest.mark.parametrize("lag", [timedelta(0), timedelta(days=1)])
def test_entries_dated_after_the_newest_known_one_are_news_however_old(lag: timedelta) -> None:
    issue = NOW - timedelta(days=200)  # a journal dates its articles by the issue, or a site by its launch
    document = [entry(i + 100, published_at=issue + lag) for i in range(20)]
    before = [entry(i, published_at=issue) for i in range(5)]
    assert set(verdicts(matched(document, before, newest_known=issue))) == {Verdict.NEW}


def test_after_a_long_silence_dated_news_is_no_flood() -> None:
    found = matched([entry(i + 100) for i in range(40)], [entry(i) for i in range(10)])
    assert set(verdicts(found)) == {Verdict.NEW}


def test_few_new_entries_beside_many_known_ones_are_never_a_flood() -> None:
    document = [entry(i + 100, published_at=NOW - timedelta(days=30)) for i in range(FLOOD)]
    assert set(verdicts(matched(document, [], left_out=20))) == {Verdict.NEW}
    assert set(verdicts(matched(document, []))) == {Verdict.PUT_AWAY}


def test_a_new_entry_that_resembles_one_that_was_left_out_is_new() -> None:
    before = [entry(1), entry(2)]
    left_out = frozenset({key_digest(entry(1).key)})
    fragment = entry(5, url=f"{entry(1).url}#second")
    column = entry(6, title=entry(1).title, html=entry(1).html)
    assert verdicts(matched([fragment], before, left_out_keys=left_out)) == [Verdict.NEW]
    assert verdicts(matched([column], before, left_out_keys=left_out)) == [Verdict.NEW]
    assert [match.rekeyed for match in matched([fragment], before)] == [True]


def test_a_feed_polled_for_the_first_time_is_all_new() -> None:
    entries = [entry(i, published_at=None) for i in range(50)]
    found = matches_of([(e.key, e, prints_of(e)) for e in entries], {}, [])
    assert set(verdicts(found)) == {Verdict.NEW}


def test_at_first_the_newest_and_all_of_two_days_are_read() -> None:
    days = [entry(i, published_at=NOW - timedelta(days=i)) for i in range(40)]
    assert sum(read_at_first(days, NOW)) == READ_AT_FIRST
    assert read_at_first(days, NOW)[:READ_AT_FIRST] == [True] * READ_AT_FIRST
    busy = [entry(i, published_at=NOW - timedelta(hours=i)) for i in range(60)]
    assert sum(read_at_first(busy, NOW)) == 49
    assert sum(read_at_first([entry(i, published_at=None) for i in range(60)], NOW)) == READ_AT_FIRST


def test_at_first_an_entry_without_a_date_is_as_new_as_the_one_below_it() -> None:
    entries = [entry(i, published_at=NOW - timedelta(days=3 + i)) for i in range(40)]
    for place in (0, 5, 39):
        some = [*entries[:place], entry(99, published_at=None), *entries[place:]]
        assert read_at_first(some, NOW)[place] == (place < READ_AT_FIRST)
    assert sum(read_at_first([entry(99, published_at=None)] * 30, NOW)) == READ_AT_FIRST


def test_contents_are_alike_by_their_words() -> None:
    sketch = content_print(TEXT)
    assert likeness(sketch, content_print(f"<div><b>{TEXT.upper()}</b></div>")) == 1
    assert likeness(sketch, content_print(TEXT + " It was the last session of the year.")) > 0.7
    assert likeness(sketch, content_print(entry(1).html)) < 0.1
    assert content_print("Read more") == ""
    assert likeness("", "") == 0


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    share = likeness(content_print(one), content_print(other))
    assert 0 <= share <= 1
    assert share == likeness(content_print(other), content_print(one))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.sampled_from(["", "https://a.example/x", "https://b.example/y"]),
            st.text(max_size=9),
        ),
        max_size=12,
        unique_by=lambda t: t[0],
    ),
    st.integers(0, 6),
)
def test_no_known_entry_is_ever_two_of_a_document(rows: list[tuple[int, str, str]], cut: int) -> None:
    entries = [ParsedEntry(f"k{n}", url or None, title, None, None, TEXT) for n, url, title in rows]
    found = matched(entries[cut:], entries[:cut])
    ids = [match.known.entry_id for match in found if match.known]
    assert len(ids) == len(set(ids))
    assert [match.entry for match in found] == entries[cut:]


def test_any_address_gives_a_print() -> None:
    for url in ("", "http://[", "https://x.example:99999999/a", "https://a.example/?id=1", "https://a.example/ü"):
        assert isinstance(prints_of(ParsedEntry("k", url, "t")).link, str)
    assert len(prints_of(ParsedEntry("k", "https://a.example/" + "x" * 1900, "t" * 300)).link) <= 200


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"title": "Headline number 1, corrected"}, Verdict.UPDATED),
        ({"title": "Something else", "html": f"<p>{TEXT}</p>", "published_at": NOW}, Verdict.UPDATED),
        ({"title": "Something else", "html": f"<p>{TEXT}</p>"}, Verdict.NEW),
        ({"html": f"<p>{TEXT}</p>"}, Verdict.NEW),
        ({"title": "Something else", "html": ""}, Verdict.NEW),
        ({"title": "Something else", "html": "", "published_at": None}, Verdict.NEW),
        ({"title": "", "html": "", "published_at": None}, Verdict.KNOWN),
    ],
)
def test_at_an_address_that_stands_for_long_an_entry_that_says_something_else_is_new(
    changes: dict[str, object], verdict: Verdict
) -> None:
    """A ticker, a podcast and a daily briefing have one address, and their old entries leave the feed."""
    later = {"published_at": NOW + timedelta(hours=1)} | changes
    (match,) = matched([entry(1, key="other", **later)], [entry(1)])
    assert match.verdict is verdict


def test_what_is_dated_later_at_another_address_is_new_however_alike() -> None:
    """The weather of today is that of yesterday with other numbers."""
    later = entry(2, title=entry(1).title, html=entry(1).html, published_at=NOW + timedelta(days=1))
    assert verdicts(matched([later, entry(3)], [entry(1), entry(3)])) == [Verdict.NEW, Verdict.KNOWN]
    reports = [replace(later, key=f"r{i}", url=f"https://news.example/r{i}") for i in range(4)]
    assert verdicts(matched(reports, [entry(1)], left_out=1)) == [Verdict.NEW] * 4


def test_a_feed_that_dates_everything_to_the_present_may_change_its_ids() -> None:
    now = {"published_at": NOW + timedelta(hours=1)}
    before = [entry(i) for i in range(10)]
    moved = [entry(i, key=f"new-{i}", url=f"https://news.example/b/{i}", **now) for i in range(10)]
    assert {match.rekeyed for match in matched(moved, before)} == {True}
