"""Explanations: the result of checking a feed, and why an article was or was not posted."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from bot.delivery.escape import safe_url
from bot.digests.causes import ArticleFacts, FeedFacts, Reading, Showing, SubscriptionFacts, Why, explained
from bot.digests.filtering import explain
from bot.digests.filters import parsed_filter
from bot.errors import BadInput, HearsayError, NotFound
from bot.feeds.checking import try_address
from bot.feeds.discovery import written_address
from bot.feeds.prints import prints_of
from bot.fetching.canonical_url import canonical_url, host_of
from bot.languages.translations import N_, _, ngettext
from bot.model.delivery import DeliveryState
from bot.model.digests import Selection, Subscription
from bot.model.feed_checks import CheckStep, FeedCheck, Trial
from bot.model.feeds import Feed, FeedState, ParsedEntry, title_of
from bot.services.claims import LONGEST_QUERY
from bot.services.digests_together import span_of
from bot.services.engine import Services
from bot.services.feed_choices import feeds_at
from bot.services.feeds import feed_named, feeds_of
from bot.services.health import hub_in_words
from bot.store.feeds.entries import key_of
from bot.store.schema.columns import ArticleState, EntryState
from bot.store.servers.explanations import FoundArticle, FoundEntry, ShownArticle
from bot.text.clipping import clip

_SIDE_HOSTS = re.compile(r"^(?:www|m|amp|mobile|feeds?|rss|news)\.")


async def check_feed(services: Services, guild_id: int | None, named: str) -> FeedCheck:
    """Check a feed of the server, or any address, now. A failing feed that works again is polled at once.

    Nothing that is found is stored: the next poll does that.
    """
    feed: Feed | None
    try:
        feed = await feed_named(services, guild_id, named)
    except NotFound:
        feed = None
        if named.strip().isdecimal():
            raise
    settings = services.settings
    trial = await try_address(
        feed.url if feed else named,
        fetcher=services.fetcher,
        workers=services.workers,
        clock=services.clock,
        allow_private=settings.allow_private_addresses,
        max_bytes=settings.fetch_max_bytes,
        timeout_s=settings.parse_timeout,
    )
    if trial.feed is None and (elsewhere := await _elsewhere(services, trial, feed)) is not None:
        trial = replace(trial, steps=(*trial.steps, elsewhere))
    if feed is None:
        if trial.feed is None:
            return FeedCheck(trial, None, trial.steps)
        adding = _("`/feed add` with this address adds it.") if guild_id is not None else _("`feeds add` adds it.")
        return FeedCheck(trial, None, (*trial.steps, CheckStep(N_("Next"), adding)))
    revived = trial.feed is not None and await services.store.notices.revive(feed.id)
    if revived:
        services.runner.wake()
        feed = await services.store.feeds.get(feed.id)
    return FeedCheck(
        trial, feed, (*trial.steps, *await _of_known(services, feed, trial, revived=revived)), revived
    )


async def _elsewhere(services: Services, trial: Trial, feed: Feed | None) -> CheckStep | None:
    """Return another feed of the site if `feed` cannot be read. None if there is none."""
    if trial.steps[-1].name not in ("Answer", "Document"):
        return None
    for place in (trial.address, feed.site_url if feed else None):
        try:
            found = await feeds_at(services, place) if place else ()
        except HearsayError:
            continue
        for candidate in found:
            if candidate.url.rstrip("/") != trial.address.rstrip("/"):
                title = clip(candidate.title or _("without a title"), 120)
                words = _(
                    "The site names the feed “{title}”: {address} – `/feed add` adds it.",
                    title=title,
                    address=clip(candidate.url, 300),
                )
                return CheckStep(N_("Elsewhere"), words)
    return None


async def _of_known(services: Services, feed: Feed, trial: Trial, *, revived: bool) -> list[CheckStep]:
    steps: list[CheckStep] = []
    if trial.feed is not None:
        keys = {key_of(entry) for entry in trial.feed.entries}
        unknown = len(keys - await services.store.explanations.known_keys(feed.id, sorted(keys)))
        told = _("None of its entries is new.")
        if unknown:
            told = ngettext(
                "{count} of its entries is not here yet.", "{count} of its entries are not here yet.", unknown
            )
        steps.append(CheckStep(N_("New"), told))
    if (hub := await hub_in_words(services, feed)) is not None:
        words, until = hub
        steps.append(CheckStep(N_("Hub"), words, at=until))
    if revived:
        steps.append(CheckStep(N_("Next"), _("It had failed and works again. It will be polled now.")))
    elif feed.state is FeedState.DISABLED:
        steps.append(
            CheckStep(N_("Next"), _("It is no longer polled until a check finds that it works."), passed=False)
        )
    else:
        steps.append(CheckStep(N_("Next"), _("It is read next"), at=feed.next_poll_at))
    return steps


async def why(
    services: Services, guild_id: int, address: str, *, sees: Callable[[int], bool] = lambda _channel: True
) -> Why:
    """Return why the article at `address` was or was not posted in a server.

    `sees` returns whether the user may see a channel: digests in other channels are left out. Raises BadInput or
    AddressRefused if `address` is not a web address.
    """
    url = canonical_url(written_address(address))
    if len(url) > LONGEST_QUERY * 10:
        raise BadInput(_("This address is too long."))
    explanations = services.store.explanations
    now = services.clock()
    link_print = _print_of(url)
    entries = await entries_at(services, guild_id, url)
    if not entries:
        feeds = await _feeds_of_site(services, guild_id, url)
        return Why(explained(ArticleFacts(now, feeds=feeds)), "", url)
    article_id = entries[0].article_id
    article = None if article_id is None else await explanations.article(article_id, guild_id)
    facts = ArticleFacts(now, reading=_reading(entries[0], article), error=entries[0].error)
    if article is None:
        facts = replace(facts, next_try_at=entries[0].read_at)
        return Why(explained(facts), entries[0].title, entries[0].url or url)
    subscriptions = [s for s in await services.store.subscriptions.of_guild(guild_id) if sees(s.plan.channel_id)]
    asked = next((one for one in article.printed if _print_of(one[1]) == link_print), article.printed[0])
    facts = replace(
        facts,
        error=article.error,
        language=article.language,
        claims=article.claims,
        subscriptions=tuple([await _of_subscription(services, s, article, asked, entries) for s in subscriptions]),
    )
    return Why(explained(facts), *asked)


async def entries_at(services: Services, guild_id: int, url: str) -> list[FoundEntry]:
    """Return the entries of a server's feeds that lead to the article at a canonical address, the best first."""
    keys = [_key(one) for one in _variants(url)]
    return await services.store.explanations.entries(guild_id, _print_of(url), keys)


def _reading(entry: FoundEntry, article: FoundArticle | None) -> Reading:
    if article is None:
        if entry.state is EntryState.FAILED:
            return Reading.FAILED
        if entry.read_at is None:
            return Reading.LEFT_OUT
        return Reading.RETRYING if entry.error else Reading.WAITING
    if article.state is ArticleState.FAILED:
        return Reading.NOT_ANALYSED
    done = article.state is ArticleState.EXTRACTED and article.story_id is not None
    return Reading.READY if done else Reading.TO_ANALYSE


async def _of_subscription(
    services: Services,
    subscription: Subscription,
    article: FoundArticle,
    asked: tuple[str, str],
    entries: list[FoundEntry],
) -> SubscriptionFacts:
    s = subscription
    wanted = [entry for entry in entries if not s.selection.feed_ids or entry.feed_id in s.selection.feed_ids]
    shown = await services.store.explanations.shown(s, article)
    return SubscriptionFacts(
        channel_id=s.plan.channel_id,
        next_at=s.next_at,
        look_back=span_of(s.plan.cadence),
        wants_feed=bool(wanted),
        seen_at=max((entry.first_seen_at for entry in wanted), default=None),
        filtered_by=await _filtered_by(services, s.selection, article),
        sure=await services.store.explanations.is_sure(s, article),
        paused_reason=s.paused_reason,
        showing=None if shown is None else _showing(asked, [*article.printed, *shown.story], shown),
    )


async def _filtered_by(services: Services, selection: Selection, article: FoundArticle) -> str | None:
    if not selection.filter:
        return None
    seen = (await services.store.filtering.of(selection, [article.id])).get(article.id)
    if seen is None:
        return None
    try:
        # folding the words of a whole text would block the event loop for too long
        verdict = await asyncio.to_thread(explain, parsed_filter(selection.filter), seen)
    except BadInput as error:
        return error.message
    return None if verdict.passes else verdict.reason


def _showing(asked: tuple[str, str], others: list[tuple[str, str]], shown: ShownArticle) -> Showing:
    """Return the message that shows an article, or one that shows its text or story instead."""
    if not shown.postings:
        return Showing()
    for title, url in (asked, *others):
        for posting in shown.postings:
            if not _links_to(posting.payload, url):
                continue
            linked = url == asked[1]
            return Showing(
                state=posting.state,
                linked=linked,
                posted_at=posting.attempted_at if posting.state is DeliveryState.SENT else None,
                message_id=posting.message_id,
                thread_id=posting.thread_id,
                error=posting.error,
                lead_title="" if linked else title,
                lead_url=None if linked else url,
            )
    first = shown.postings[0]
    return Showing(
        first.state,
        posted_at=first.attempted_at,
        message_id=first.message_id,
        thread_id=first.thread_id,
        error=first.error,
    )


def _links_to(payload: dict[str, object], url: str) -> bool:
    target = safe_url(url)
    return target is not None and re.search(re.escape(target) + r"(?![\w/%&=.-])", str(payload)) is not None


async def _feeds_of_site(services: Services, guild_id: int, url: str) -> tuple[FeedFacts, ...]:
    links = await services.store.explanations.latest_links(guild_id)
    host = host_of(url)
    return tuple(
        FeedFacts(
            title=title_of(feed),
            state=feed.state,
            last_success_at=feed.last_success_at,
            next_poll_at=feed.next_poll_at,
            failing_since=feed.failing_since,
            error=feed.error,
        )
        for feed in await feeds_of(services, guild_id)
        if _is_of_site(host, (feed.url, feed.site_url or "", links.get(feed.id, "")))
    )


def _is_of_site(host: str, addresses: Iterable[str]) -> bool:
    asked = _SIDE_HOSTS.sub("", host)
    for address in addresses:
        known = _SIDE_HOSTS.sub("", host_of(address))
        if known and (known == asked or known.endswith("." + asked) or asked.endswith("." + known)):
            return True
    return False


def _variants(url: str) -> set[str]:
    """Return the forms in which an article's address may be stored: scheme, `www.` and final slash vary."""
    parts = urlsplit(url)
    hosts = {parts.netloc, parts.netloc.removeprefix("www."), f"www.{parts.netloc.removeprefix('www.')}"}
    path = parts.path.rstrip("/")
    return {
        urlunsplit((scheme, host, one, parts.query, ""))
        for scheme in ("http", "https")
        for host in hosts
        for one in (path or "/", f"{path}/")
    }


def _print_of(url: str) -> str:
    return prints_of(ParsedEntry(key="", url=url, title="")).link


def _key(url: str) -> str:
    return hashlib.sha256(url.encode(errors="replace")).hexdigest()
