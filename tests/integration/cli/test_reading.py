"""`poll`, `digest` and `said`: the main job on the command line, on articles of the newsroom."""

import json
from pathlib import Path

import pytest

from bot.cli.json_rows import PollRow, fields_of
from bot.delivery.claim_rows import ClaimRow
from preview.newsroom import Newsroom
from tests.integration.cli.conftest import Command


def test_a_second_poll_finds_nothing_due_and_with_all_nothing_modified(hearsay: Command, read: Path) -> None:
    assert hearsay("poll").stdout.startswith("feeds 0, ")
    again = json.loads(hearsay("poll", "--all", "--json").stdout)
    assert again["feeds"] == 2
    assert again["not_modified"] + again["unchanged"] == 2
    assert again["new_articles"] == again["new_entries"] == again["errors"] == 0


def test_the_summary_as_json_has_the_documented_keys(hearsay: Command) -> None:
    summary = json.loads(hearsay("poll", "--json").stdout)
    assert list(summary) == [path for path, _kind, _meaning in fields_of(PollRow)]
    assert list(summary) == [
        "feeds",
        "not_modified",
        "unchanged",
        "changed",
        "new_articles",
        "errors",
        "seconds",
        "new_entries",
        "error_messages",
    ]


def test_a_feed_that_fails_is_named_and_is_no_failure_of_the_command(
    hearsay: Command, folder: Path, on_loopback: None
) -> None:
    (folder / "dead.opml").write_text('<opml><body><outline xmlUrl="http://127.0.0.1:9/feed"/></body></opml>')
    hearsay("feeds", "import", "dead.opml")
    polled = hearsay("poll")
    assert polled.exit_code == 0
    first, summary = polled.stdout.splitlines()
    assert first == "✗ http://127.0.0.1:9/feed: The server does not accept connections."
    assert "feeds 1, " in summary
    assert "errors 1, " in summary


def test_where_every_feed_fails_the_network_may_be_at_fault(
    hearsay: Command, folder: Path, on_loopback: None
) -> None:
    outlines = "".join(f'<outline xmlUrl="http://127.0.0.1:9/{name}"/>' for name in ("one", "two"))
    (folder / "dead.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    hearsay("feeds", "import", "dead.opml")
    assert hearsay("poll").stderr == "No feed could be polled. Is this machine connected to the internet?\n"


def test_a_digest_of_all_feeds_is_printed_and_counts_as_shown_to_nobody(hearsay: Command, read: Path) -> None:
    first, second = hearsay("digest"), hearsay("digest")
    assert first.exit_code == 0
    assert first.stdout.startswith("Who said what: ")
    assert "Konkan Mercury" in first.stdout
    assert second.stdout.splitlines()[3:] == first.stdout.splitlines()[3:]


def test_an_empty_store_says_so_and_what_to_do(hearsay: Command) -> None:
    assert "There are no feeds to poll. Add some: `python -m bot feeds add ADDRESS`" in hearsay("poll").stderr
    assert "as there are no feeds yet. Add some: " in hearsay("digest").stdout
    for arguments in (["said"], ["said", "Penhallow", "--json"]):
        asked = hearsay(*arguments)
        assert (asked.exit_code, asked.stdout) == (0, "")
        assert asked.stderr.startswith("No claims are stored yet. `python -m bot poll` reads the feeds.")


def test_where_nothing_is_due_poll_says_how_to_poll_all_the_same(hearsay: Command, read: Path) -> None:
    assert "`python -m bot poll --all`" in hearsay("poll").stderr
    assert hearsay("said", "nobody of that name").stdout == "No claims found by nobody of that name.\n"


def test_claims_as_json_have_the_documented_fields_with_the_words_and_their_context(
    hearsay: Command, read: Path
) -> None:
    fields = [path for path, _kind, _meaning in fields_of(ClaimRow) if "[]" not in path]
    (with_context,) = map(json.loads, hearsay("said", "--json", "--evidence", "--limit", "1").stdout.splitlines())
    (without,) = map(json.loads, hearsay("said", "--json", "--limit", "1").stdout.splitlines())
    assert list(with_context) == fields
    assert with_context["content_text"].split()[0].strip("“”") in with_context["context"]
    assert without == with_context | {"context": None}


def test_an_unknown_subscription_and_a_confidence_out_of_range_are_told(hearsay: Command) -> None:
    unknown = hearsay("digest", "--subscription", "7")
    assert (unknown.exit_code, unknown.stderr) == (1, "Error: There is no subscription 7.\n")
    assert hearsay("digest", "--minimum-confidence", "1.5").exit_code == 2


def test_who_said_what_is_found_by_actor_topic_and_time(hearsay: Command, read: Path) -> None:
    found = [json.loads(line) for line in hearsay("said", "--json", "--limit", "500").stdout.splitlines()]
    claim = next(c for c in found if c["actor"] and c["actor_type"] == "PERSON")
    for arguments in (claim["actor"].split(), ["--actor", claim["actor"]]):
        answer = hearsay("said", *arguments, "--since", "3 days")
        assert answer.exit_code == 0
        assert f"Claims by {claim['actor']} since " in answer.stdout
    word = max(claim["content_text"].split(), key=len).strip("“”.,")
    about = hearsay("said", "--topic", word, "--json").stdout.splitlines()
    assert about
    assert claim["published_at"].endswith("+00:00")
    assert claim["url"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("locale", "since", "told"),
    [
        ("de_AT.UTF-8", "1. bis 5. Juli 2025", "since 01 July 2025 until 05 July 2025"),
        ("pt_BR.UTF-8", "julho de 2025", "since 01 July 2025"),
        ("en_US.UTF-8", "7/1/2025", "since 01 July 2025"),
        ("C", "1 to 5 July 2025", "since 01 July 2025 until 05 July 2025"),
    ],
)
def test_dates_are_read_as_the_host_writes_them(
    hearsay: Command, read: Path, locale: str, since: str, told: str
) -> None:
    assert told in hearsay("said", "--since", since, LC_ALL=locale).stdout
    assert hearsay("said", "--since", "recently", LC_ALL=locale).exit_code == 2


def test_evidence_shows_each_claim_in_a_panel_with_its_article(
    hearsay: Command, read: Path, newsroom: Newsroom
) -> None:
    shown = hearsay("said", "--evidence", "--limit", "2").stdout
    assert shown.count("╭") == shown.count("╰") == 2
    assert shown.count(newsroom.url) == 2


def test_pages_of_claims_go_on_where_the_last_ended_and_end_in_a_sentence(hearsay: Command, read: Path) -> None:
    page = hearsay("said", "--limit", "3", "--offset", "3").stdout
    assert "(4 to 6 of " in page
    assert "\n6. " in page
    past = hearsay("said", "--offset", "100000").stdout
    assert "skips all of them" in past


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--since", "nonsense"], "I do not understand “nonsense” as a date."),
        (["--since", "9999-12-31"], "is in the future"),
        (["a" * 201], "at most 200 characters"),
        (["Elena", "--actor", "Marsh"], "Name the actor once"),
    ],
)
def test_questions_that_make_no_sense_are_told_so(hearsay: Command, arguments: list[str], sentence: str) -> None:
    result = hearsay("said", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_filter_that_cannot_be_read_is_wrong_usage(hearsay: Command) -> None:
    assert hearsay("digest", "--filter", "(flood").exit_code == 2


@pytest.mark.parametrize("topic", ['"((*', "AND OR NOT", "\udcff", "\x00", "'; DROP TABLE claims; --", " "])
def test_whatever_is_asked_about_is_answered(hearsay: Command, read: Path, topic: str) -> None:
    result = hearsay("said", "--topic", topic)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("option", [["--limit", "0"], ["--offset", "-1"], ["--limit", "many"], ["--nothing"]])
def test_wrong_usage_ends_with_two(hearsay: Command, option: list[str]) -> None:
    assert hearsay("said", *option).exit_code == 2


def test_claims_are_printed_as_files_for_other_programs(hearsay: Command, read: Path) -> None:
    claims = hearsay("said", "--json", "--limit", "20").stdout.splitlines()
    table = hearsay("said", "--export", "csv", "--limit", "20").stdout.splitlines()
    assert table[0].startswith("\ufeffactor,role,content_text,")
    assert len(table) == len(claims) + 1
    assert len(json.loads(hearsay("said", "--export", "json", "--limit", "20").stdout)) == len(claims)
    items = json.loads(hearsay("said", "--export", "csl", "--limit", "20").stdout)
    assert hearsay("said", "--export", "bibtex", "--limit", "20").stdout.count("@article{") == len(items)
    assert hearsay("said", "--export", "docx").exit_code == 2
