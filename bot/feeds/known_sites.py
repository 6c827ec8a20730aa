"""Where popular sites keep the feeds of a page, by the rules of those sites. Pure.

A rule gives addresses to try; fetching them shows whether a feed is there. Sites whose pages declare
their feeds (YouTube's handles, GitLab, Tumblr, Ghost, most of WordPress) need no rule.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yarl import URL

from bot.fetching.urls import url_of

_YOUTUBE_FEED = "https://www.youtube.com/feeds/videos.xml"
_YOUTUBE_CHANNEL = re.compile(r"UC[\w-]{1,100}")
_NO_YOUTUBE_LISTS = re.compile(r"WL|LL|HL|RD")
"""Prefixes of playlist ids that belong to a viewer (watch later, liked, history) or are mixed for one."""
_GITHUB_NOT_OWNERS = frozenset(
    [
        "about",
        "collections",
        "explore",
        "features",
        "login",
        "marketplace",
        "notifications",
        "orgs",
        "pricing",
        "search",
        "settings",
        "sponsors",
        "topics",
        "trending",
    ]
)
_MEDIUM_NOT_PUBLICATIONS = frozenset(
    [
        "about",
        "creators",
        "feed",
        "jobs-at-medium",
        "m",
        "me",
        "membership",
        "new-story",
        "p",
        "plans",
        "policy",
        "s",
        "search",
        "tag",
        "topics",
        "u",
    ]
)
_MEDIUM_POST = re.compile(r".*-?[0-9a-f]{8,12}")
_MEDIUM_NOT_USERS = frozenset({"help", "link"})
_TUMBLR_NOT_BLOGS = frozenset(
    {"about", "blog", "dashboard", "explore", "likes", "login", "register", "search", "settings", "tagged", "view"}
)
_SUBSTACK_NOT_PUBLICATIONS = frozenset({"open", "on", "support", "www"})
_REDDIT_SORTS = frozenset({"best", "controversial", "hot", "new", "rising", "top"})
_HANDLE = re.compile(r"@[\w.@-]{1,200}")
_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}")
_KINDS = ("rss", "atom")
_FEDIVERSE_ADDRESS = re.compile(r"@?([A-Za-z0-9_][A-Za-z0-9_.-]*)@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
_HANDLES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile("@" + _FEDIVERSE_ADDRESS.pattern.removeprefix("@?")),
        lambda match: f"https://{match[2].lower()}/@{match[1]}",
    ),
    (
        re.compile(r"@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})"),  # Bluesky
        lambda match: f"https://bsky.app/profile/{match[1].lower()}",
    ),
    (
        re.compile(r"at://([A-Za-z0-9:._-]+)(?:/.*)?", re.IGNORECASE),
        lambda match: f"https://bsky.app/profile/{match[1]}",
    ),
    (
        re.compile(r"!([A-Za-z0-9_]+)@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})"),  # Lemmy
        lambda match: f"https://{match[2].lower()}/c/{match[1]}",
    ),
    (
        re.compile(r"/?((?:r|u|user)/[A-Za-z0-9_+-]+)/?"),
        lambda match: f"https://www.reddit.com/{match[1]}",
    ),
    (re.compile(r"UC[\w-]{22}", re.ASCII), lambda match: f"https://www.youtube.com/channel/{match[0]}"),
)
_FEDIVERSE_VIEWS = frozenset({"web", "deck"})
"""Where Mastodon shows a profile within its own pages."""


@dataclass(frozen=True, slots=True)
class _Page:
    """An address split up: the host in lower case without `www.` and `m.`, and the steps of its path."""

    url: URL
    host: str
    steps: Sequence[str]

    def step(self, number: int) -> str:
        """Return the step with this number, counted from 0, or an empty string."""
        return self.steps[number] if number < len(self.steps) else ""


def address_of_handle(text: str) -> str | None:
    """Return the address of the page that a handle names: `@name@mastodon.example`, `@name.bsky.social`,
    `at://did:plc:…`, `!community@lemmy.example`, `r/name`, the id of a channel of YouTube.

    None if `text` is not a handle. `name@host` without the first @ may be an e-mail address and does not count.
    """
    if text.lower().startswith("acct:"):
        text = "@" + text[len("acct:") :].removeprefix("@")
    for pattern, page in _HANDLES:
        if match := pattern.fullmatch(text):
            return page(match)
    return None


def known_site_feeds(address: str) -> tuple[str, ...]:
    """Return where a known site keeps the feeds of the page at `address`; nothing if unknown."""
    page = _page(address)
    rule = _RULES.get(page.host)
    if rule is None:
        domain = page.host.partition(".")[2]
        rule = _RULES_OF_SUBDOMAINS.get(domain)
    return rule(page) if rule else ()


def likely_feeds(address: str) -> tuple[str, ...]:
    """Return addresses at which the page at `address` may have a feed, judged by the form of its path alone.

    Profiles and tags of Mastodon and related software have feeds beside them on any host; writers on Substack
    usually have a publication under their own name.
    """
    page = _page(address)
    origin = str(page.url.origin())
    if page.host in _YOUTUBE_HOSTS:
        return ()
    steps = page.steps[1:] if page.step(0) in _FEDIVERSE_VIEWS else page.steps
    first, second, third = (*steps, "", "", "")[:3]
    if _HANDLE.fullmatch(first):
        return _feeds_of_profile(page, origin, first)
    if first == "users" and second:
        return tuple(f"{origin}/users/{second}.{kind}" for kind in _KINDS)
    if first == "tags" and second and not third:
        return (f"{origin}/tags/{second}.rss",)
    return ()


def _feeds_of_profile(page: _Page, origin: str, handle: str) -> tuple[str, ...]:
    if page.host == "substack.com":  # most publications are named after their writers
        return (f"https://{handle[1:].lower()}.substack.com/feed",) if _LABEL.fullmatch(handle[1:]) else ()
    if match := _FEDIVERSE_ADDRESS.fullmatch(handle):  # a profile on another host, shown by this one
        return tuple(f"https://{match[2].lower()}/@{match[1]}.{kind}" for kind in _KINDS)
    if page.step(1) == "tagged" and page.step(2):
        return (f"{origin}/{handle}/tagged/{page.step(2)}.rss",)
    return tuple(f"{origin}/{handle}.{kind}" for kind in _KINDS)


def youtube_channel_feed(channel: str) -> str:
    """Return the address of the feed of a channel, by its id (`UC` and 22 characters)."""
    return f"{_YOUTUBE_FEED}?channel_id={channel}"


def is_youtube(address: str) -> bool:
    """Return whether `address` is that of a page on YouTube."""
    return _page(address).host in _YOUTUBE_HOSTS


def _page(address: str) -> _Page:
    url = url_of(address)
    host = (url.host or "").lower().rstrip(".")
    for prefix in ("www.", "m."):
        host = host.removeprefix(prefix)
    return _Page(url, host, [step for step in url.raw_path.split("/") if step])


def _youtube(page: _Page) -> tuple[str, ...]:
    playlist = page.url.query.get("list", "")
    if page.step(0) == "channel" and _YOUTUBE_CHANNEL.fullmatch(page.step(1)):
        return (youtube_channel_feed(page.step(1)),)
    listed = re.fullmatch(r"[\w-]{2,100}", playlist) and not _NO_YOUTUBE_LISTS.match(playlist)
    if page.step(0) in ("playlist", "watch", "embed") and listed:
        return (f"{_YOUTUBE_FEED}?playlist_id={playlist}",)
    if page.step(0) == "user" and page.step(1):
        return (f"{_YOUTUBE_FEED}?user={page.step(1)}",)
    return ()  # a handle or a video belongs to a channel, which its page names


def _github(page: _Page) -> tuple[str, ...]:
    steps = page.steps
    if len(steps) < 2 or steps[0] in _GITHUB_NOT_OWNERS or steps[-1].endswith(".atom"):
        return ()
    repository = f"https://github.com/{steps[0]}/{steps[1].removesuffix('.git')}"
    match steps[2:]:
        case []:
            return tuple(f"{repository}/{name}.atom" for name in ("releases", "commits", "tags"))
        case ["commits", *_]:
            return (f"{repository}/{'/'.join(steps[2:])}.atom",)
        case ["releases" | "tags" as name, *_]:
            return (f"{repository}/{name}.atom",)
        case ["discussions", *_]:
            return (f"{repository}/discussions.atom",)
    return ()


def _reddit(page: _Page) -> tuple[str, ...]:
    steps = list(page.steps)
    if steps and steps[-1] == ".rss":
        return ()
    if (len(steps) == 1 and steps[0] in _REDDIT_SORTS) or (
        len(steps) >= 2 and steps[0] in ("r", "u", "user", "domain")
    ):
        path = steps
    else:
        return ()
    query = f"?{page.url.raw_query_string}" if page.url.raw_query_string else ""
    return (f"https://www.reddit.com/{'/'.join(path)}/.rss{query}",)


def _bluesky(page: _Page) -> tuple[str, ...]:
    if page.step(0) == "profile" and page.step(1) and page.step(2) != "rss":
        return (f"https://bsky.app/profile/{page.step(1)}/rss",)
    return ()


def _medium(page: _Page) -> tuple[str, ...]:
    """Return the feed of a user, a publication, a tag, or of the writer of a post."""
    first, second, third = page.step(0), page.step(1), page.step(2)
    if first == "tag" and second:
        return (f"https://medium.com/feed/tag/{second}",)
    if not first or first in _MEDIUM_NOT_PUBLICATIONS or (not second and _MEDIUM_POST.fullmatch(first)):
        return ()
    if second == "tagged" and third:
        return (f"https://medium.com/feed/{first}/tagged/{third}",)
    return (f"https://medium.com/feed/{first}",)


def _medium_subdomain(page: _Page) -> tuple[str, ...]:
    if page.host.partition(".")[0] in _MEDIUM_NOT_USERS:
        return ()
    return () if page.step(0) == "feed" else (f"https://{page.host}/feed",)


def _substack(page: _Page) -> tuple[str, ...]:
    if page.step(0) == "pub" and _LABEL.fullmatch(page.step(1)):
        return (f"https://{page.step(1)}.substack.com/feed",)
    return ()


def _substack_subdomain(page: _Page) -> tuple[str, ...]:
    if page.host.partition(".")[0] in _SUBSTACK_NOT_PUBLICATIONS:
        return _substack(page)
    return () if page.step(0) == "feed" else (f"https://{page.host}/feed",)


def _wordpress_subdomain(page: _Page) -> tuple[str, ...]:
    """Return the feed of a category, tag or author, or else that of the site."""
    steps = page.steps
    if "feed" in steps:
        return ()
    if page.step(0) in ("category", "tag", "author") and page.step(1):
        shown = steps[: steps.index("page")] if "page" in steps else steps
        return (f"https://{page.host}/{'/'.join(shown)}/feed/",)
    return (f"https://{page.host}/feed/",)


def _tumblr(page: _Page) -> tuple[str, ...]:
    name = page.step(1) if page.step(0) == "blog" else page.step(0)
    if not _LABEL.fullmatch(name) or name in _TUMBLR_NOT_BLOGS:
        return ()
    return (f"https://{name.lower()}.tumblr.com/rss",)


def _bluesky_subdomain(page: _Page) -> tuple[str, ...]:
    return (f"https://bsky.app/profile/{page.host}/rss",)


def _google_news(page: _Page) -> tuple[str, ...]:
    if page.step(0) == "rss":
        return ()
    query = f"?{page.url.raw_query_string}" if page.url.raw_query_string else ""
    return (f"https://news.google.com/rss{'/' if page.steps else ''}{'/'.join(page.steps)}{query}",)


_Rule = Callable[[_Page], tuple[str, ...]]
_YOUTUBE_HOSTS = ("youtube.com", "music.youtube.com", "studio.youtube.com", "youtube-nocookie.com", "youtu.be")
_RULES: dict[str, _Rule] = {
    **dict.fromkeys(_YOUTUBE_HOSTS, _youtube),
    "github.com": _github,
    **dict.fromkeys(("reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com"), _reddit),
    "bsky.app": _bluesky,
    "medium.com": _medium,
    "substack.com": _substack,
    "news.google.com": _google_news,
    "tumblr.com": _tumblr,
}
_RULES_OF_SUBDOMAINS: dict[str, _Rule] = {
    "bsky.social": _bluesky_subdomain,
    "medium.com": _medium_subdomain,
    "substack.com": _substack_subdomain,
    "wordpress.com": _wordpress_subdomain,
}
