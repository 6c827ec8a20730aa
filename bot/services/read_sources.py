"""What somebody wants to have read, an address or a text, from their input or a message. Pure."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import AddressRefused, BadInput
from bot.feeds.discovery import written_address
from bot.fetching.canonical_url import canonical_url, host_of
from bot.languages.translations import N_, _
from bot.services.typed_times import quoted
from bot.text.clipping import clip
from bot.text.counting import word_count

FEWEST_WORDS = 4
"""A text with fewer words has nothing to find: "Look at this!"."""
MOST_SOURCES = 3
"""How many links and texts of one message are read."""
LONGEST_TEXT = 50_000
LONGEST_ADDRESS = 2_000
NOTHING = N_("There is nothing to read here: give the address of an article, or a text of a few sentences.")
_URL = re.compile(r"\bhttps?://[^\s<>\"“”]{4,4000}", re.IGNORECASE)
_TRAILING = ".,;:!?'”’»*_|~"
_ONE_WORD = re.compile(r"\S+")
_LINK_LABEL = re.compile(r"\[([^\[\]]{1,500})\]\(\s*\)")
_IGNORED_HOSTS = frozenset(
    {"discord.com", "discord.gg", "cdn.discordapp.com", "media.discordapp.net", "tenor.com"}
)
"""Sites whose pages are never articles: messages, files and videos."""


@dataclass(frozen=True, slots=True)
class Source:
    """What to read: the page at a canonical address, or a text."""

    url: str | None
    text: str = ""

    @property
    def subject(self) -> str:
        """The key that stands for it in the store."""
        return subject_of(self.url) if self.url is not None else _hash("text", self.text)


@dataclass(frozen=True, slots=True)
class MessageEmbed:
    """The contents of an embed of a message: its link, and its texts from top to bottom."""

    url: str | None
    texts: tuple[str, ...]


def subject_of(url: str) -> str:
    """Return the key for the page at a canonical address; http and https are the same."""
    return _hash("page", re.sub(r"^https?://(?:www\.)?", "", url))


def typed_source(typed: str) -> Source:
    """Return the source that a person typed as an option: an address if it is one word, otherwise a text. Raises
    BadInput.
    """
    words = typed.strip()
    if _ONE_WORD.fullmatch(words):
        try:
            address = written_address(words)
        except AddressRefused as error:
            problem = _("{words} is neither an address nor a text.", words=quoted(words))
            raise BadInput(f"{problem} {error.message}") from None
        if len(address) > LONGEST_ADDRESS:
            raise BadInput(_("This address is too long."))
        return Source(canonical_url(address))
    found = sources_of_message(words)
    if not found:
        raise BadInput(_(NOTHING))
    text = next((source for source in found if source.url is None), None)
    return text or found[0]


def sources_of_message(content: str, embeds: Iterable[MessageEmbed] = ()) -> list[Source]:
    """Return the parts of a message to read: its links, those of its embeds, and its text if that is long enough.

    The preview of a link is left out, because the page is read.
    """
    embeds = list(embeds)
    links = [content[start:end] for start, end in _links_in(content)]
    shown = [*links, *(embed.url for embed in embeds if embed.url)]
    urls = dict.fromkeys(canonical_url(url) for url in shown if _is_page(url))
    previewed = {canonical_url(link) for link in links}
    texts = [_without_links(content)]
    texts += [
        _without_links(text)
        for embed in embeds
        if not (embed.url and canonical_url(embed.url) in previewed)
        for text in embed.texts
    ]
    text = "\n\n".join(part.strip() for part in texts if part.strip())[:LONGEST_TEXT]
    pages = [Source(url) for url in urls]
    if word_count(text) < FEWEST_WORDS or (pages and _only_introduces(text)):
        return pages[:MOST_SOURCES]
    return [*pages[: MOST_SOURCES - 1], Source(None, text)]


def title_of_text(text: str) -> str:
    """Return the beginning of a text, on one line."""
    return clip(" ".join(text.split()), 80)


def _only_introduces(text: str) -> bool:
    """Return whether the words beside a link are a remark about it, rather than a report of their own."""
    return word_count(text) < 5 * FEWEST_WORDS


def _is_page(url: str) -> bool:
    host = host_of(url)
    return bool(host) and host not in _IGNORED_HOSTS and len(url) <= LONGEST_ADDRESS


def _links_in(text: str) -> list[tuple[int, int]]:
    """Return the spans of the links in a text, without characters that belong to the sentence or markup around
    them.
    """
    found = []
    for match in _URL.finditer(text):
        start, link = match.start(), match[0].rstrip(_TRAILING)
        while link.endswith(")") and link.count("(") < link.count(")"):
            link = link[:-1].rstrip(_TRAILING)
        found.append((start, start + len(link)))
    return found


def _without_links(text: str) -> str:
    for start, end in reversed(_links_in(text)):
        text = text[:start] + text[end:]
    return _LINK_LABEL.sub(r"\1", text.replace("<>", ""))


def _hash(kind: str, content: str) -> str:
    return hashlib.sha256(f"{kind} {content}".encode(errors="replace")).hexdigest()
