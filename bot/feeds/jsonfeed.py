"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1), which feedparser does not read."""

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class RawEntry:
    """What an item says, not yet cleaned."""

    guid: str | None
    link: str | None
    title: str
    author: str | None
    published: datetime | None
    modified: datetime | None
    html: str


@dataclass(frozen=True, slots=True)
class JsonItem:
    """An item of a JSON Feed."""

    item: Any

    def raw_entry(self) -> RawEntry | None:
        """Return what the item says, or None where it is no item."""
        item = self.item
        if not isinstance(item, dict):
            return None
        guid = item.get("id")
        modified = _moment(_text(item, "date_modified"))
        return RawEntry(
            # Version 1.1: other types than a string are to be read as one.
            guid=str(guid) if isinstance(guid, str | int | float) and guid != "" else None,
            link=_text(item, "url") or _text(item, "external_url"),
            title=_text(item, "title") or "",
            author=_author(item),
            published=_moment(_text(item, "date_published")) or modified,
            modified=modified,
            html=_html(item),
        )


def loaded(text: str) -> Any:
    """Return the JSON value of `text`. Raises ValueError or RecursionError."""
    return json.loads(text)


def is_json_feed(document: Any) -> bool:
    """Tell whether a JSON value is a JSON Feed: by its version, or by items where the version is missing."""
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return False
    version = document.get("version")
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def entries_of(document: dict[str, Any]) -> list[JsonItem]:
    """Return the items of a JSON Feed."""
    return [JsonItem(item) for item in document["items"]]


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _author(item: dict[str, Any]) -> str | None:
    authors = item.get("authors")  # 1.1
    people = authors if isinstance(authors, list) else [item.get("author")]  # 1.0
    names = [name for person in people if isinstance(person, dict) and (name := _text(person, "name"))]
    return ", ".join(names) or None


def _html(item: dict[str, Any]) -> str:
    if content := _text(item, "content_html"):
        return content
    plain = _text(item, "content_text") or _text(item, "summary") or ""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", plain))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)


def _moment(value: str | None) -> datetime | None:
    """Read an RFC 3339 date; without a zone it is taken for UTC."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= 1970 else None
