"""The limits that the documentation states are those that hold."""

from itertools import accumulate
from pathlib import Path

import pytest

from bot.articles import html_guard, manners, read
from bot.feeds import guard, websub
from bot.fetching import address_guard, client, exchange
from bot.runner import hub_requests, push_endpoint, pushes
from bot.store.articles import rechecks
from config.settings import Settings

TEXT = (Path(__file__).parents[2] / "docs/explanation/hostile-input.md").read_text(encoding="utf-8")
PROSE = " ".join(TEXT.split())
DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}
ROWS = {
    "redirects": f"{client.REDIRECTS}",
    "connecting": f"{exchange.CONNECT_TIMEOUT:g} s",
    "a fetch in all": f"{DEFAULTS['fetch_timeout']:g} s",
    "body, counted as it comes and as it is unpacked": f"{DEFAULTS['fetch_max_bytes'] / 1e6:g} MB",
    "requests to one host at a time": f"{client.PER_HOST}",
    "pages of one host": f"{1 / manners.SECONDS_BETWEEN_PAGES:g} a second, or its Crawl-delay",
    "time of a parser worker for one document": f"{DEFAULTS['parse_timeout']:g} s, then it is killed",
    "address space of a parser worker": f"{DEFAULTS['worker_memory_mb']} MiB (RLIMIT_AS)",
    "depth of a feed's elements": f"{guard.DEPTH}",
    "attributes of a feed's element": f"{guard.ATTRIBUTES}",
    "entries that a document lists": f"{guard.MOST_ITEMS:,}",
    "entries that are read of it": f"the newest {documents.MOST_ENTRIES}",
    "elements that are left for feedparser": f"{guard.ELEMENTS:,}",
    "elements of a page": f"{html_guard.ELEMENTS:,}",
    "attributes of a page's element": f"{html_guard.ATTRIBUTES:,}",
    "readings of a page that stalls its worker": f"{read.PATIENCE + 1}",
    "hubs of a feed that are tried, and requests to one host in a pass": (
        f"{websub.MOST_HUBS}, {hub_requests.PER_HUB}"
    ),
    "requests of hubs, and pushes of one feed": (
        f"{push_endpoint.REQUESTS_AT_ONCE} at once and {push_endpoint.REQUESTS_A_SECOND:g} a second; "
        f"{push_endpoint.PUSHES_AT_ONCE} at once and one in {1 / push_endpoint.PUSHES_A_SECOND:g} s"
    ),
    "bodies of pushes that are received at the same time, and time for each": (
        f"{push_endpoint.BODIES_AT_ONCE}, {push_endpoint.BODY_S:g} s"
    ),
    "pushes that wait to be read": f"{pushes.MOST}, {pushes.MOST_BYTES / 1e6:g} MB",
}


@pytest.mark.parametrize("limit", ROWS)
def test_a_limit_is_what_is_stated(limit: str) -> None:
    assert f"| {limit} | {ROWS[limit]} |" in TEXT


def test_the_ports_are_what_is_stated() -> None:
    assert f"ports {', '.join(map(str, sorted(address_guard.PORTS)))}" in TEXT


def test_the_looks_are_what_is_stated() -> None:
    hours = [look.total_seconds() / 3600 for look in accumulate(rechecks.RECHECK_DELAYS)]
    first, second, third = (f"{hour:g}" for hour in hours)
    assert f"{first}, {second} and {third} hours after it was read" in PROSE
