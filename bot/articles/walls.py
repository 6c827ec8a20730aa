"""Obstacles before an article: paywalls, consent and login walls, stubs, pages that are gone. Pure.

A page is recognised by its metadata, and by words that such pages have in common. These words count only if there
is little other text: a report about a paywall is not a paywall.
"""

import re
from collections.abc import Iterable

from bot.articles.paragraphs import QUOTED, ends_as_sentence
from bot.articles.wall_words import ADVERTISE, APPEALS, PHRASES, TITLES
from bot.fetching.urls import parts_of
from bot.model.articles import Wall
from bot.text.counting import word_count

TEASER_WORDS = 200
"""An article for subscribers with fewer words than this has probably been cut off."""
STUB_WORDS = 25
"""A page with fewer words than this has no article, so a single telling phrase explains it."""
WHOLE = 0.8
"""An article is complete if it has this share of the words that its linked data (schema.org `wordCount`)
promises."""
_PARAGRAPH_WORDS = 45
_LAST_PARAGRAPHS = 5

SUBSCRIBE = re.compile("|".join(APPEALS), re.IGNORECASE)
"""Appeals to subscribe to read on."""
_APPEAL = re.compile("|".join((*APPEALS, *ADVERTISE)), re.IGNORECASE)
_TITLES = {Wall(kind): re.compile(rf"^\W*(?:{'|'.join(words)})", re.IGNORECASE) for kind, words in TITLES.items()}
_PHRASES = {Wall(kind): re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE) for kind, words in PHRASES.items()}
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|signon|auth|sso|account/(?:log|sign)-?in|register)(?:[/.]|$)", re.IGNORECASE
)
_CONSENT_HOST = re.compile(r"^(?:consent|myprivacy|cmp|guce|privacy-mgmt|cookies?|gdpr)\.")


def wall_of_page(
    title: str,
    text: str,
    visible: str,
    *,
    ending: str = "",
    after: str = "",
    free: bool | None,
    scripts: bool,
    length: int | None = None,
) -> Wall | None:
    """Return the obstacle before the article of a page, or None.

    `text` is the extracted article, `ending` the text below it in the same part of the page, `after` whatever
    follows it, `visible` everything that the page shows (even with scripts off), `free` its statement about access
    (isAccessibleForFree), `scripts` whether it has any, `length` its stated number of words.
    """
    words = word_count(text)
    stub = words < STUB_WORDS
    if words < TEASER_WORDS and (wall := _named(title, visible if stub else text, enough=1 if stub else 2)):
        return wall
    if length is not None and words >= max(STUB_WORDS, WHOLE * length):
        return None
    appeals = (
        _asks_to_subscribe(text, _APPEAL)
        or _any_appeal(ending.split("\n\n"), _APPEAL)
        or _any_appeal(after.split("\n\n"), SUBSCRIBE)
    )
    if words >= TEASER_WORDS:
        # Below a text this long, an appeal to subscribe may be an advertisement.
        cut = free is False or without_appeals(text).endswith(("…", "..."))
        return Wall.PAYWALL if cut and appeals else None
    breaks_off = not ends_as_sentence(text) and _any_appeal(after.split("\n\n"), _APPEAL)
    if free is False or appeals or breaks_off or (stub and _APPEAL.search(visible)):
        return Wall.PAYWALL
    if stub and scripts and word_count(visible) < STUB_WORDS:
        return Wall.SCRIPT
    return None


def wall_of_address(asked: str, reached: str) -> Wall | None:
    """Return the meaning of a redirect from `asked` to `reached`: consent, a login, or the front page instead."""
    wanted, got = parts_of(asked), parts_of(reached)
    if wanted is None or got is None:
        return None
    if _CONSENT_HOST.match(got.host):
        return Wall.CONSENT
    if (wanted.host, wanted.path) == (got.host, got.path):
        return None
    if _LOGIN_PATH.search(got.path) and not _LOGIN_PATH.search(wanted.path):
        return Wall.LOGIN
    front = got.path in ("", "/") and not got.query
    return Wall.GONE if front and wanted.path.strip("/") else None


def without_appeals(text: str) -> str:
    """Return `text` without the paragraphs near its end that only ask to subscribe."""
    paragraphs = text.split("\n\n")
    first = max(0, len(paragraphs) - _LAST_PARAGRAPHS)
    return "\n\n".join([*paragraphs[:first], *(p for p in paragraphs[first:] if not is_appeal(p))])


def _named(title: str, text: str, *, enough: int) -> Wall | None:
    found: list[tuple[int, Wall]] = []
    for wall, pattern in _PHRASES.items():
        said = len({match.group().lower() for match in pattern.finditer(text)})
        named = wall in _TITLES and _TITLES[wall].search(title) is not None
        # A title alone explains a stub; with some text there must be a phrase, too.
        if said + named >= enough:
            found.append((said + 2 * named, wall))
    return max(found, key=lambda one: one[0])[1] if found else None


def _asks_to_subscribe(text: str, words: re.Pattern[str]) -> bool:
    return _any_appeal(text.split("\n\n")[-_LAST_PARAGRAPHS:], words)


def _any_appeal(paragraphs: Iterable[str], words: re.Pattern[str]) -> bool:
    return any(is_appeal(paragraph, words) for paragraph in paragraphs)


def is_appeal(paragraph: str, words: re.Pattern[str] = _APPEAL) -> bool:
    """Return whether a paragraph asks readers to subscribe, in words that it does not quote."""
    short = len(paragraph.split()) <= _PARAGRAPH_WORDS
    return short and QUOTED.search(paragraph) is None and words.search(paragraph) is not None
