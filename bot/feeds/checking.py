"""Checks an address now and explains each step: what was asked, what came back, what went wrong."""

from bot.clock import Clock
from bot.errors import AddressRefused, FetchFailed, HearsayError, TooLarge
from bot.feeds.discovery import written_address
from bot.feeds.parse import Document, parse_feed
from bot.fetching.address_guard import checked_url
from bot.fetching.client import FEED_ACCEPT, Answer, Fetcher
from bot.languages.translations import N_, _, ngettext
from bot.model.feed_checks import CheckStep, Trial
from bot.model.feeds import ParsedFeed
from bot.text.clipping import clip
from bot.workers import Workers

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_LONGEST_SHOWN = 200


async def try_address(
    address: str,
    *,
    fetcher: Fetcher,
    workers: Workers,
    clock: Clock,
    allow_private: bool = False,
    max_bytes: int = 5_000_000,
    timeout_s: float = 10.0,
) -> Trial:
    """Fetch and parse an address as a poll does, but unconditionally. Never raises because of what it finds."""
    steps: list[CheckStep] = []
    written = address
    step = N_("Address")
    try:
        written = written_address(address)
        steps.append(CheckStep(step, clip(written, _LONGEST_SHOWN)))
        step = N_("Allowed")
        checked_url(written, allow_private=allow_private)
        steps.append(CheckStep(step, _("It is a web address that Hearsay may fetch.")))
        step = N_("Connection")
        answer = await fetcher.fetch(written, accept=FEED_ACCEPT, max_bytes=max_bytes)
        steps += _of_answer(answer, written)
        step = N_("Document")
        document = Document(answer.body, answer.url, answer.content_type, clock())
        feed = await workers.run(parse_feed, document, timeout=timeout_s)
    except HearsayError as error:
        failed = _failed_at(step, error)
        if failed.name in ("Answer", "Size"):
            steps.append(CheckStep(N_("Connection"), _("The server answered.")))
        if step == "Document" and _is_page(steps):
            told = _(
                "This is a web page, not a feed. `/feed add` with its address looks for the feed that it names."
            )
            failed = CheckStep(step, told, passed=False)
        return Trial(written, (*steps, failed))
    return Trial(written, (*steps, *_of_feed(feed)), feed)


def _failed_at(step: str, error: HearsayError) -> CheckStep:
    if isinstance(error, TooLarge):
        step = N_("Size")
    elif isinstance(error, FetchFailed) and error.status is not None:
        step = N_("Answer")
    told = error.message
    if isinstance(error, AddressRefused) and step == "Connection":
        told = _("The name, or a redirect, leads to a private address. {problem}", problem=told)
    return CheckStep(step, told, passed=False)


def _of_answer(answer: Answer, asked: str) -> list[CheckStep]:
    steps = [CheckStep(N_("Connection"), _("The server answered."))]
    where, status = clip(answer.url, _LONGEST_SHOWN), answer.status
    if answer.url.rstrip("/") == asked.rstrip("/"):
        told = _("Status {status}.", status=status)
    elif answer.permanent_redirect:
        told = _("Status {status}, after a redirect (for good) to {address}.", status=status, address=where)
    else:
        told = _("Status {status}, after a redirect (for now) to {address}.", status=status, address=where)
    steps.append(CheckStep(N_("Answer"), told))
    kind = clip(answer.content_type or _("no type named"), 80)
    steps.append(CheckStep(N_("Size"), f"{_size(len(answer.body))}, {kind}."))
    return steps


def _is_page(steps: list[CheckStep]) -> bool:
    return any(step.name == "Size" and any(kind in step.told for kind in _PAGE_TYPES) for step in steps)


def _of_feed(feed: ParsedFeed) -> list[CheckStep]:
    count = len(feed.entries)
    entries = ngettext("{count} entry", "{count} entries", count)
    steps = [
        CheckStep(
            "Document",
            _(
                "The feed “{feed}” with {entries}.",
                feed=clip(feed.title or _("without a title"), 120),
                entries=entries,
            ),
        )
    ]
    dated = [(entry.published_at, entry.title) for entry in feed.entries if entry.published_at is not None]
    if dated:
        moment, title = max(dated)
        steps.append(CheckStep(N_("Newest"), f"“{clip(title, 150)}”,", at=moment))
    elif count:
        steps.append(
            CheckStep(
                N_("Newest"), _("“{title}”; its entries have no dates.", title=clip(feed.entries[0].title, 150))
            )
        )
    return steps


def _size(count: int) -> str:
    return (
        f"{count} bytes"
        if count < 1000
        else f"{count / 1000:.0f} kB"
        if count < 1_000_000
        else f"{count / 1e6:.1f} MB"
    )
