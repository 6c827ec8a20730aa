"""Social media posts embedded in pages, read as quotations of their authors. Pure."""

import re
from itertools import islice
from typing import Any

_POST = re.compile(
    r"(?:^|\s)(?:twitter-tweet|twitter-video|instagram-media|bluesky-embed|tiktok-embed|mastodon-embed|fb-post"
    r"|text-post-media|threads-post|reddit-embed(?:-bq)?|truthsocial-embed)(?:\s|$)"
)
_SIGNED = re.compile(
    r"(?:[—–]|(?:^|\s)(?:--|A (?:post|photo|video) (?:shared|posted) by))\s*(?P<name>[^@()—–]{2,80}?)\s*"
    r"\(\s*@[\w.@-]{1,100}\s*\)"
)
_HANDLE = re.compile(r"@([\w.-]{2,60})")
_ADDRESS = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S+")
_PLACEHOLDER = re.compile(r"^view (?:this|more) (?:post|on)\b.{0,40}$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_DECORATION = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
MOST_PARAGRAPHS = 50
LONGEST = 3_000
"""Characters of a post with its signature."""


def post_in(blockquote: Any) -> str | None:
    """Return the post embedded in `blockquote` as `“words” — name`; "" if it shows none; None if it is no post."""
    if not _POST.search((blockquote.get("class") or "")[:200]):
        return None
    paragraphs = [*islice(blockquote.iterdescendants("p"), MOST_PARAGRAPHS)] or [*blockquote.iterchildren("div")]
    said = " ".join(_text(paragraph) for paragraph in paragraphs)[:LONGEST]
    said = _SPACE.sub(" ", _ADDRESS.sub("", said)).strip()
    whole = _text(blockquote, between=" ")
    signed = _SIGNED.search(whole)
    own = _SIGNED.search(said)
    if own and own.end() == len(said):
        said = said[: own.start()].strip()
    handle = _HANDLE.search(whole)
    name = _SPACE.sub(" ", _DECORATION.sub("", signed["name"])).strip() if signed else ""
    name = name or (handle.group(1) if handle else "")
    if not said or _PLACEHOLDER.match(said) or (signed and said in signed.group()):
        return ""
    return f"“{said}” — {name}" if name else f"“{said}”"


def _text(element: Any, between: str = "") -> str:
    return _SPACE.sub(" ", between.join(element.itertext())[:LONGEST]).strip()
