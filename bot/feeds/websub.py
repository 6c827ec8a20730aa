"""The subscriber's side of WebSub (W3C Recommendation, 23 January 2018). Pure.

    announced ──ask──► asked ──verified──► active ──three quarters of the lease──► asked again, still active
        ▲                │ no verification    │ lease over
        └────failed──────┘◄───────────────────┘          denied: asked again after a week

A feed names its hubs in the `Link` header or in itself (section 4). Hearsay asks a hub to send new entries to an
address that only the hub knows (5.1). The hub asks back whether that is meant (5.3), and then sends documents
signed with a secret that only it knows (7.1).

**Trust.** A push counts no more than a poll. It is parsed, matched and limited like a polled document, and polls
continue; as soon as one finds an entry that was not pushed, the feed is polled at its normal pace again. A request
to a hub without TLS gives the secret to anyone who listens: if the feed itself is polled with TLS, pushes from
such a hub only bring the next poll forward.

**SHA-1.** `sha1` is accepted because the hubs that most feeds announce (pubsubhubbub.appspot.com, Superfeedr)
offer nothing else. SHA-1 is no longer resistant to collisions, but HMAC does not depend on that (RFC 6194, section
3.3; Bellare, CRYPTO 2006). A hub that has once signed with something stronger must keep doing so.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import AddressRefused
from bot.feeds.identity import FLOOD, LATE, Match
from bot.feeds.link_header import HeaderLink
from bot.fetching.urls import url_of
from bot.languages.translations import _, retold
from bot.model.feeds import ParsedFeed
from bot.model.websub import Announcement, HubState, HubSubscription, Pushing

LEASE = timedelta(days=10)
"""The lease that hubs are asked for; most grant 5 to 10 days."""
SHORTEST_LEASE = timedelta(minutes=1)
LONGEST_LEASE = timedelta(days=30)
"""A hub that grants more is asked again after this time."""
RENEWED_AFTER = 0.75
"""The share of a lease after which it is renewed."""
ASK_PAUSE = timedelta(minutes=10)
"""The shortest time between two requests to a hub about one feed, however short its leases are."""
VERIFIED_WITHIN = timedelta(hours=1)
"""How long a hub may take to verify a request; after that it counts as failed."""
FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=3)
DENIED_RETRY = timedelta(days=7)
LEAVE_WITHIN = timedelta(days=1)
"""How long a hub may take to verify that a subscription ends; after that it is forgotten here."""
MOST_HUBS = 3
"""How many hubs of one feed are tried in turn."""
LONGEST_ADDRESS = 2048
LONGEST_CHALLENGE = 1024
LONGEST_REASON = 200
SILENCE_POLLS = 16
"""A hub that has pushed nothing for this many normal waits, or about four new entries, counts as silent …"""
SILENCE = timedelta(hours=12)
"""… but not before this time: some feeds are quiet at night."""
MOST_STRETCHED = 16
"""The factor by which pushes can stretch the time between polls, which bounds the delay if a hub withholds
something.
"""
REST_OF_DOCUMENT = 1_000_000
"""How many entries a pushed document is assumed to lack: hubs may send only what has changed (section 7)."""

_METHODS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}
"""The methods of section 7.1, the weakest first."""
_STRENGTH = {name: number for number, name in enumerate(_METHODS)}


def announcement_of(links: Sequence[HeaderLink], feed: ParsedFeed, url: str) -> Announcement | None:
    """Return the hubs that an answer from `url` announces, those with TLS first, and its topic; None if no hub.

    The `Link` header takes precedence over the document (section 4). A feed without rel=self is its own topic. If
    the feed is polled with TLS, its hubs are tried with TLS, too: the largest ones offer it, but older feeds
    announce them without.
    """
    hubs = [link.url for link in links if "hub" in link.relations] or list(feed.hubs)
    if _has_tls(url):
        hubs = [each for hub in hubs for each in (_with_tls(hub), hub)]
    hubs = [hub for hub in dict.fromkeys(hubs) if len(hub) <= LONGEST_ADDRESS]
    if not hubs:
        return None
    hubs.sort(key=lambda hub: not _has_tls(hub))  # stable: the feed's order otherwise
    itself = next((link.url for link in links if "self" in link.relations), None) or feed.self_url or url
    return Announcement(tuple(hubs[:MOST_HUBS]), itself if len(itself) <= LONGEST_ADDRESS else url)


def callback_path(feed_id: int, token: str) -> str:
    """Return the path of the callback address of a feed, below the public address."""
    return f"/websub/{feed_id}/{token}"


def request_form(subscription: HubSubscription, mode: str, public_url: str) -> dict[str, str]:
    """Return the form that asks a hub to begin (`subscribe`) or to end (`unsubscribe`) a subscription (5.1).

    `hub.verify` is from PubSubHubbub 0.3: hubs of that version, such as PuSHPress, refuse requests without it, and
    others ignore it.
    """
    form = {
        "hub.mode": mode,
        "hub.topic": subscription.topic,
        "hub.callback": public_url.rstrip("/") + callback_path(subscription.feed_id, subscription.token),
        "hub.verify": "async",
    }
    if mode == "subscribe":
        form |= {"hub.secret": subscription.secret, "hub.lease_seconds": str(int(LEASE.total_seconds()))}
    return form


def mode_of(subscription: HubSubscription) -> str | None:
    """Return the request to a hub when its turn comes: to subscribe or to unsubscribe, or None for nothing."""
    announced = subscription.announcement
    stays = subscription.hub in announced.hubs and subscription.topic == announced.topic
    if subscription.wanted and stays:
        return "subscribe"
    return "unsubscribe" if subscription.state in (HubState.ASKED, HubState.ACTIVE) else None


def to_be_asked(subscription: HubSubscription, now: datetime) -> HubSubscription:
    """Return a subscription as stored just before its hub is asked, because the hub may verify before it answers.

    An active subscription stays active while it is renewed.
    """
    if mode_of(subscription) == "unsubscribe":
        state, patience = HubState.LEAVING, LEAVE_WITHIN
    else:
        state = HubState.ACTIVE if subscription.active_at(now) else HubState.ASKED
        patience = VERIFIED_WITHIN
    return replace(subscription, state=state, asked_at=now, pending=True, next_at=now + patience)


def failed(subscription: HubSubscription, reason: str, now: datetime) -> HubSubscription:
    """Return a subscription whose hub could not be asked, or did not verify: it, or another hub, is asked later.

    An active one stays active until its lease ends.
    """
    failures = subscription.failures + 1
    wait = min(FIRST_RETRY * 2 ** min(failures - 1, 16), LONGEST_RETRY)
    later = replace(subscription, failures=failures, pending=False, next_at=now + wait, error=reason)
    if subscription.active_at(now):
        return later
    hubs = subscription.announcement.hubs
    hub = hubs[(hubs.index(subscription.hub) + 1) % len(hubs)] if subscription.hub in hubs else subscription.hub
    method = subscription.method if hub == subscription.hub else None
    return replace(later, state=HubState.ANNOUNCED, hub=hub, lease_until=None, method=method)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a hub that asks back, and the new state of the subscription; None if it has ended."""

    status: int
    text: str
    subscription: HubSubscription | None


def reply_to(subscription: HubSubscription, query: Mapping[str, str], now: datetime) -> Reply:
    """Return the meaning of a GET request to the callback of `subscription` (5.2, 5.3).

    A request that Hearsay did not ask for is answered with 404, as the Recommendation demands, and changes
    nothing.
    """
    mode, challenge = query.get("hub.mode"), query.get("hub.challenge", "")
    if not is_same_topic(query.get("hub.topic", ""), subscription.topic):
        return Reply(404, "", subscription)
    leaving = subscription.state is HubState.LEAVING
    if mode == "denied":
        return Reply(200, "", None if leaving else _denied(subscription, query.get("hub.reason", ""), now))
    if 0 < len(challenge) <= LONGEST_CHALLENGE:
        if mode == "unsubscribe" and leaving:
            return Reply(200, challenge, None)
        asked = subscription.state in (HubState.ASKED, HubState.ACTIVE) and mode_of(subscription) == "subscribe"
        if mode == "subscribe" and asked:
            return Reply(200, challenge, _verified(subscription, query.get("hub.lease_seconds", ""), now))
    return Reply(404, "", subscription)


def is_same_topic(topic: str, asked: str) -> bool:
    """Return whether a topic is the requested one; hubs may have escaped it differently."""
    try:
        return topic == asked or url_of(topic) == url_of(asked)
    except AddressRefused:
        return False


def _verified(subscription: HubSubscription, seconds: str, now: datetime) -> HubSubscription:
    lease = LEASE
    if seconds.isascii() and seconds.isdigit():
        lease = timedelta(seconds=int(seconds[:9]))
    lease = min(max(lease, SHORTEST_LEASE), LONGEST_LEASE)
    return replace(
        subscription,
        state=HubState.ACTIVE,
        lease_until=now + lease,
        next_at=now + max(lease * RENEWED_AFTER, ASK_PAUSE),
        pending=False,
        failures=0,
        error=None,
    )


def _denied(subscription: HubSubscription, reason: str, now: datetime) -> HubSubscription:
    words = " ".join("".join(c if c.isprintable() else " " for c in reason[: 4 * LONGEST_REASON]).split())
    return replace(
        subscription,
        state=HubState.DENIED,
        pending=False,
        lease_until=None,
        next_at=now + DENIED_RETRY,
        error=f"The hub refuses ({words[:LONGEST_REASON]})." if words else "The hub refuses.",
    )


def in_words(subscription: HubSubscription, now: datetime) -> tuple[str, datetime | None]:
    """Return the state of a subscription in words, and the time to add at their end, if any."""
    hub = urlsplit(subscription.hub).hostname or "?"
    if subscription.active_at(now):
        return _("Its hub ({hub}) pushes what is new, until", hub=hub), subscription.lease_until
    if subscription.state is HubState.ASKED:
        return _(
            "Its hub ({hub}) has been asked to push what is new, and has not confirmed that yet.", hub=hub
        ), None
    if subscription.error is not None:
        return (
            _(
                "It is polled, as its hub ({hub}) does not push: {reason} Next try",
                hub=hub,
                reason=retold(subscription.error),
            ),
            subscription.next_at,
        )
    return _("Its hub ({hub}) is to be asked to push what is new.", hub=hub), None


def signature_method(secret: str, body: bytes, fields: Iterable[str]) -> str | None:
    """Return the strongest method by which one of the `X-Hub-Signature` fields is a signature of `body` (7.1).

    None if there is none. Each is compared in constant time.
    """
    found: str | None = None
    for field in list(fields)[: len(_METHODS)]:
        name, _sign, signature = field.strip().partition("=")
        method = _METHODS.get(name.strip().lower())
        if method is None:
            continue
        right = hmac.new(secret.encode(), body, method).hexdigest()
        same = hmac.compare_digest(right.encode(), signature.strip().lower().encode("utf-8", "replace"))
        if same and (found is None or is_weaker(found, name.strip().lower())):
            found = name.strip().lower()
    return found


def is_weaker(method: str, than: str | None) -> bool:
    """Return whether a signature method is weaker than another; nothing is weaker than none."""
    return than is not None and _STRENGTH[method] < _STRENGTH.get(than, 0)


def may_be_read(subscription: HubSubscription) -> bool:
    """Return whether pushes of the hub may be read; otherwise they only bring the next poll forward.

    They may not if the feed is polled with TLS, but the secret was sent to the hub without.
    """
    return _has_tls(subscription.hub) or not _has_tls(subscription.feed_url)


def _with_tls(url: str) -> str:
    """Return an address with TLS, if it names no port of its own."""
    try:
        parts = urlsplit(url)
        return parts._replace(scheme="https").geturl() if parts.scheme == "http" and parts.port is None else url
    except ValueError:
        return url


def _has_tls(url: str) -> bool:
    return urlsplit(url).scheme == "https"


def sure_of_push(matches: Sequence[Match], last_success_at: datetime) -> list[Match]:
    """Return the part of a pushed document that can be stored at once; the rest is left to the feed's next poll.

    A push may contain only a part of the topic (section 7), and entries that the feed does not list, such as
    edited old ones. So these are left to the poll, which sees the whole document: possible known entries under new
    keys, new entries dated more than two days before `last_success_at`, and a flood of new undated entries.
    """
    sure = [match for match in matches if not (match.rekeyed or _is_old(match, last_success_at - LATE))]
    undated = [match for match in sure if match.known is None and match.entry.published_at is None]
    return sure if len(undated) < FLOOD else [match for match in sure if match not in undated]


def _is_old(match: Match, since: datetime) -> bool:
    published_at = match.entry.published_at
    return match.known is None and published_at is not None and published_at < since


def poll_stretch(pushing: Pushing, now: datetime, wait: timedelta) -> int:
    """Return the factor for the normal `wait` before the next poll if this poll finds that everything was pushed.

    It doubles with each such poll. It is 1 if the lease has ended, or if the hub has been silent for longer than
    the feed ever is.
    """
    if pushing.lease_until is None or pushing.lease_until <= now or pushing.pushed_at is None:
        return 1
    if now - pushing.pushed_at > max(SILENCE_POLLS * wait, SILENCE):
        return 1
    return int(min(2 ** min(pushing.confirmed + (pushing.pushes > 0), 16), MOST_STRETCHED))
