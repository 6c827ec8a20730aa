"""Pages of known sites, and what people paste instead of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.feeds.known_sites import address_of_handle, is_youtube, known_site_feeds, likely_feeds

CHANNEL = "UCx5XG1OV2P6uZZ5FSM9Ttw1"
YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        # YouTube
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", f"{YOUTUBE}?channel_id={CHANNEL}"),
        (f"https://m.youtube.com/channel/{CHANNEL}", f"{YOUTUBE}?channel_id={CHANNEL}"),
        ("https://youtube.com/playlist?list=PL1", f"{YOUTUBE}?playlist_id=PL1"),
        ("https://music.youtube.com/playlist?list=OLAK5uy_x", f"{YOUTUBE}?playlist_id=OLAK5uy_x"),
        ("https://www.youtube.com/watch?v=x&list=PL1&index=2", f"{YOUTUBE}?playlist_id=PL1"),
        ("https://www.youtube.com/watch?v=x&list=RDx", None),
        ("https://www.youtube.com/playlist?list=WL", None),
        ("https://www.youtube.com/playlist?list=a%26b", None),
        ("https://www.youtube.com/user/name", f"{YOUTUBE}?user=name"),
        ("https://www.youtube.com/@name", None),
        ("https://www.youtube.com/watch?v=x", None),
        (f"{YOUTUBE}?channel_id={CHANNEL}", None),
        ("https://www.youtube.com/embed/videoseries?list=PL1", f"{YOUTUBE}?playlist_id=PL1"),
        (f"https://studio.youtube.com/channel/{CHANNEL}", f"{YOUTUBE}?channel_id={CHANNEL}"),
        # Bluesky, Medium, WordPress and Tumblr in other forms than their own
        ("https://name.bsky.social", "https://bsky.app/profile/name.bsky.social/rss"),
        ("https://medium.com/p/0123456789ab", None),
        ("https://link.medium.com/abc", None),
        ("https://name.wordpress.com/tag/news/page/2/", "https://name.wordpress.com/tag/news/feed/"),
        ("https://www.tumblr.com/blog/Name", "https://name.tumblr.com/rss"),
        ("https://tumblr.com/name/123/title", "https://name.tumblr.com/rss"),
        ("https://www.tumblr.com/dashboard", None),
        # GitHub
        ("https://github.com/owner/repo/releases/tag/v1", "https://github.com/owner/repo/releases.atom"),
        (
            "https://github.com/owner/repo/commits/main/docs",
            "https://github.com/owner/repo/commits/main/docs.atom",
        ),
        ("https://github.com/owner/repo/discussions/7", "https://github.com/owner/repo/discussions.atom"),
        ("https://github.com/owner/repo/releases.atom", None),
        ("https://github.com/owner/repo/issues", None),
        ("https://github.com/owner", None),
        ("https://github.com/features/actions", None),
        ("https://github.com/owner/repo/tags", "https://github.com/owner/repo/tags.atom"),
        ("https://github.com/orgs/owner/repositories", None),
        ("https://gist.github.com/owner/abc", None),
        # Reddit
        ("https://old.reddit.com/r/news", "https://www.reddit.com/r/news/.rss"),
        ("https://www.reddit.com/r/news/top/?t=week", "https://www.reddit.com/r/news/top/.rss?t=week"),
        ("https://np.reddit.com/r/a+b/", "https://www.reddit.com/r/a+b/.rss"),
        ("https://www.reddit.com/user/name/m/multi", "https://www.reddit.com/user/name/m/multi/.rss"),
        ("https://www.reddit.com/domain/example.org", "https://www.reddit.com/domain/example.org/.rss"),
        ("https://www.reddit.com/new", "https://www.reddit.com/new/.rss"),
        ("https://www.reddit.com/r/news/.rss", None),
        ("https://www.reddit.com/settings", None),
        # Bluesky
        ("https://bsky.app/profile/name.bsky.social", "https://bsky.app/profile/name.bsky.social/rss"),
        ("https://bsky.app/profile/did:plc:abc/post/3k", "https://bsky.app/profile/did:plc:abc/rss"),
        ("https://bsky.app/profile/name.example/rss", None),
        ("https://bsky.app/search?q=x", None),
        # Medium
        ("https://medium.com/@name", "https://medium.com/feed/@name"),
        ("https://medium.com/@name/a-post-0123456789ab", "https://medium.com/feed/@name"),
        ("https://medium.com/a-publication", "https://medium.com/feed/a-publication"),
        ("https://medium.com/a-publication/a-post-0123456789ab", "https://medium.com/feed/a-publication"),
        ("https://medium.com/a-publication/tagged/news", "https://medium.com/feed/a-publication/tagged/news"),
        ("https://medium.com/tag/news/archive", "https://medium.com/feed/tag/news"),
        ("https://name.medium.com/a-post-0123456789ab", "https://name.medium.com/feed"),
        ("https://medium.com/feed/@name", None),
        ("https://medium.com/m/signin", None),
        ("https://medium.com/", None),
        # Substack
        ("https://name.substack.com/p/a-post", "https://name.substack.com/feed"),
        ("https://name.substack.com/", "https://name.substack.com/feed"),
        ("https://open.substack.com/pub/name/p/a-post?r=1", "https://name.substack.com/feed"),
        ("https://name.substack.com/feed", None),
        ("https://substack.com/home", None),
        # WordPress
        ("https://name.wordpress.com/2026/01/02/a-post/", "https://name.wordpress.com/feed/"),
        ("https://name.wordpress.com/category/news/", "https://name.wordpress.com/category/news/feed/"),
        ("https://name.wordpress.com/feed/", None),
        # Google News
        ("https://news.google.com/topics/CAA?hl=en", "https://news.google.com/rss/topics/CAA?hl=en"),
        ("https://news.google.com/rss/topics/CAA", None),
        # others
        ("https://example.org/r/news", None),
        ("https://notmedium.com/@name", None),
        ("https://medium.com.evil.example/@name", None),
        ("https://203.0.113.7/@name", None),
    ],
)
def test_known_sites_keep_their_feeds_where_they_say(page: str, feed: str | None) -> None:
    assert known_site_feeds(page) == ((feed,) if feed else ())


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        (
            "https://social.example/@name",
            ["https://social.example/@name.rss", "https://social.example/@name.atom"],
        ),
        (
            "https://social.example/@name/115000000000000000",
            ["https://social.example/@name.rss", "https://social.example/@name.atom"],
        ),
        (
            "https://social.example/@name@other.example",
            ["https://other.example/@name.rss", "https://other.example/@name.atom"],
        ),
        ("https://social.example/@name/tagged/news", ["https://social.example/@name/tagged/news.rss"]),
        ("https://social.example/tags/news", ["https://social.example/tags/news.rss"]),
        (
            "https://social.example:8443/users/name",
            ["https://social.example:8443/users/name.rss", "https://social.example:8443/users/name.atom"],
        ),
        (
            "https://social.example/deck/@name",
            ["https://social.example/@name.rss", "https://social.example/@name.atom"],
        ),
        ("https://www.youtube.com/@name", []),
        ("https://substack.com/@Name", ["https://name.substack.com/feed"]),
        ("https://social.example/about", []),
        ("https://social.example/", []),
    ],
)
def test_profiles_and_tags_suggest_where_their_feeds_are(page: str, feeds: list[str]) -> None:
    assert list(likely_feeds(page)) == feeds


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("@name@social.example", "https://social.example/@name"),
        ("@Na_me.x@Social.Example", "https://social.example/@Na_me.x"),
        ("@name.bsky.social", "https://bsky.app/profile/name.bsky.social"),
        ("@example.org", "https://bsky.app/profile/example.org"),
        ("name@example.org", None),
        ("@name", None),
        ("@@", None),
        ("@a@b", None),
    ],
)
def test_handles_are_addresses_of_profiles(text: str, address: str | None) -> None:
    assert address_of_handle(text) == address


def test_hosts_of_youtube_are_known() -> None:
    assert is_youtube("https://www.youtube.com/@name")
    assert is_youtube("https://youtu.be/x")
    assert not is_youtube("https://youtube.com.evil.example/@name")


@given(
    host=st.sampled_from(
        ["medium.com", "x.medium.com", "substack.com", "www.youtube.com", "bsky.app", "reddit.com"]
    ),
    path=st.text(alphabet=st.sampled_from("/@.:%?#&=+ \\aZ0-_é\u202e"), max_size=30),
)
def test_whatever_is_pasted_leads_to_the_site_itself(host: str, path: str) -> None:
    page = f"https://{host}/{path}"
    site = host.removeprefix("www.").split(".")[-2]
    for feed in known_site_feeds(page):
        assert (URL(feed).host or "").split(".")[-2] == site
    for feed in likely_feeds(page):
        assert URL(feed).scheme == "https"
