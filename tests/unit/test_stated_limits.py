"""The limits in the documentation are those in the code."""

from itertools import accumulate
from pathlib import Path

import pytest

from bot.articles import html_guard, manners, read
from bot.extraction import extractor
from bot.extraction.encoder import readable_text
from bot.feeds import date_reading, dates, documents, guard, websub
from bot.fetching import address_guard, client, exchange, host_budget
from bot.runner import hub_requests, push_endpoint, pushes
from bot.services import reading_desk
from bot.store.articles import articles, rechecks
from config.settings import Settings

TEXT = (Path(__file__).parents[2] / "docs/explanation/hostile-input.md").read_text(encoding="utf-8")
PROSE = " ".join(TEXT.split())
DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}
ROWS = {
    "redirects": f"{client.REDIRECTS}",
    "connecting": f"{exchange.CONNECT_TIMEOUT:g} s",
    "a whole fetch": f"{DEFAULTS['fetch_timeout']:g} s",
    "size of a body, counted as it arrives and as it is decompressed": f"{DEFAULTS['fetch_max_bytes'] / 1e6:g} MB",
    "interim answers (1xx)": f"{exchange.INTERIM_ANSWERS}",
    "bytes up to the end of the headers; and of a body with everything around it": (
        f"{exchange.HEAD_LIMIT / 1e6:g} MB; {exchange.BODY_FACTOR} times the size of a body"
    ),
    "characters of a text in a row without white space, and of white space": (
        f"{readable_text.LONGEST_WORD}, {readable_text.LONGEST_GAP}"
    ),
    "time for an extraction process to analyse one text": f"{extractor.TIMEOUT_S:g} s, then it is killed",
    "time that the articles of one host may take before others go first": (
        f"{host_budget.SECONDS:g} s in {host_budget.WINDOW / 60:g} minutes"
    ),
    "pages and texts that one person may have read within an hour; at the same time for all": (
        f"{reading_desk.AN_HOUR}; {reading_desk.AT_ONCE}"
    ),
    "attempts at an article that cannot be analysed": f"{articles.EXTRACTION_ATTEMPTS}, with growing delays",
    "requests to one host at a time": f"{client.PER_HOST}",
    "pages from one host": f"{1 / manners.SECONDS_BETWEEN_PAGES:g} a second, or its Crawl-delay",
    "time for a parser worker to read one document": f"{DEFAULTS['parse_timeout']:g} s, then it is killed",
    "address space of a parser worker": f"{DEFAULTS['worker_memory_mb']} MiB (RLIMIT_AS)",
    "depth of elements in a feed": f"{guard.DEPTH}",
    "attributes of an element in a feed": f"{guard.ATTRIBUTES}",
    "entries in a document": f"{guard.MOST_ITEMS:,}",
    "entries read from it": f"the newest {documents.ENTRIES}",
    "namespace prefixes in a feed": f"{guard.PREFIXES}",
    "unusual dates in a document; characters and parts of one": (
        f"{dates.MOST_ODD:,}; {dates.LONGEST}, {date_reading.MOST_PARTS}"
    ),
    "elements passed to feedparser": f"{guard.ELEMENTS:,}",
    "elements in a page": f"{html_guard.ELEMENTS:,}",
    "attributes of an element in a page": f"{html_guard.ATTRIBUTES:,}",
    "attempts at a page that stalls its worker": f"{read.PATIENCE + 1}",
    "hubs of a feed that are tried, and requests to one host per pass": (
        f"{websub.MOST_HUBS}, {hub_requests.PER_HUB}"
    ),
    "requests from hubs, and pushes of one feed": (
        f"{push_endpoint.REQUESTS_AT_ONCE} at once and {push_endpoint.REQUESTS_A_SECOND:g} a second; "
        f"{push_endpoint.PUSHES_AT_ONCE} at once and one in {1 / push_endpoint.PUSHES_A_SECOND:g} s"
    ),
    "bodies of pushes received at the same time (one per feed), and time for each": (
        f"{push_endpoint.BODIES_AT_ONCE}, {push_endpoint.BODY_S:g} s"
    ),
    "time for reading the pushes of one feed": (
        f"{pushes.READING_S:g} s at once, then {100 * pushes.READING_SHARE:g} %"
    ),
    "pushes waiting to be read": f"{pushes.MOST}, {pushes.MOST_BYTES / 1e6:g} MB",
}


@pytest.mark.parametrize("limit", ROWS)
def test_a_limit_is_as_documented(limit: str) -> None:
    assert f"| {limit} | {ROWS[limit]} |" in TEXT


def test_the_ports_are_as_documented() -> None:
    assert f"ports {', '.join(map(str, sorted(address_guard.PORTS)))}" in TEXT


def test_the_times_of_rechecks_are_as_documented() -> None:
    hours = [delay.total_seconds() / 3600 for delay in accumulate(rechecks.RECHECK_DELAYS)]
    first, second, third = (f"{hour:g}" for hour in hours)
    assert f"{first}, {second} and {third} hours after the article was read" in PROSE
