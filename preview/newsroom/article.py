"""The articles of the newsroom: drafts from `articles/`, and dated articles as published."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from preview.newsroom.outlets import OUTLETS, FeedFormat, Outlet
from preview.newsroom.scraped import scraped

DRAFTS = Path(__file__).parent / "articles"

_AGE = re.compile(r"-?(?:\d+d)?(?:\d+h)?(?:\d+m)?")
_PLACEHOLDER = re.compile(r"\{(day|date):([-\ddhm]+)\}")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as in its file; `paragraphs` still contain placeholders such as `{day:6h}`."""

    outlet: Outlet
    slug: str
    title: str
    byline: str
    age: timedelta
    section: str
    summary: str
    story: str | None
    """The story it shares with other articles."""
    held: bool
    """Whether it is held back until it is published by hand."""
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its outlet publishes it."""

    outlet: Outlet
    slug: str
    title: str
    byline: str
    published_at: datetime
    section: str
    summary: str
    story: str | None
    paragraphs: tuple[str, ...]
    """The paragraphs as written, before any scraping."""

    @property
    def path(self) -> str:
        """The article's path below the newsroom's address."""
        section = re.sub(r"\W+", "-", self.section.lower()).strip("-")
        return f"/{self.outlet.key}/" + self.outlet.article_path.format(slug=self.slug, section=section)

    @property
    def printed(self) -> tuple[str, ...]:
        """The paragraphs as the page prints them: one glued run if the outlet scrapes."""
        if self.outlet.feed_format is FeedFormat.SCRAPED_RSS:
            return (scraped(self.paragraphs),)
        return self.paragraphs


def age(text: str) -> timedelta:
    """Return the time that `3d`, `2h30m` or `-1d` (the day after) means; raise ValueError for anything else."""
    if not text.strip("-") or not _AGE.fullmatch(text):
        raise ValueError(f"not an age such as 2h or 1d6h: {text!r}")
    amounts = {unit: int(number) for number, unit in re.findall(r"(\d+)([dhm])", text)}
    total = timedelta(days=amounts.get("d", 0), hours=amounts.get("h", 0), minutes=amounts.get("m", 0))
    return -total if text.startswith("-") else total


def draft_of(text: str, outlet: Outlet, slug: str) -> Draft:
    """Read a draft: TOML between two lines of `+++`, then paragraphs separated by empty lines."""
    _, front, body = text.split("+++\n", 2)
    fields = tomllib.loads(front)
    return Draft(
        outlet=outlet,
        slug=slug,
        title=fields["title"],
        byline=fields["byline"],
        age=age(fields["age"]),
        section=fields["section"],
        summary=fields["summary"],
        story=fields.get("story"),
        held=fields.get("held", False),
        paragraphs=tuple(part.strip() for part in body.split("\n\n") if part.strip()),
    )


def drafts() -> dict[str, Draft]:
    """Return every draft of the newsroom, by slug."""
    files = [(outlet, file) for outlet in OUTLETS.values() for file in sorted((DRAFTS / outlet.key).glob("*.md"))]
    return {file.stem: draft_of(file.read_text(encoding="utf-8"), outlet, file.stem) for outlet, file in files}


def article_of(draft: Draft, start: datetime, published_at: datetime) -> Article:
    """Return the draft as published: `{day:6h}` becomes the weekday of six hours before `start`.

    `{date:-9d}` becomes the day of the month nine days after it, in the outlet's order. Articles about one event
    count from the same moment, so that all of them name the same day.
    """

    def filled(match: re.Match[str]) -> str:
        moment = start - age(match[2])
        if match[1] == "day":
            return _WEEKDAYS[moment.weekday()]
        month = _MONTHS[moment.month - 1]
        return f"{month} {moment.day}" if draft.outlet.month_first else f"{moment.day} {month}"

    return Article(
        outlet=draft.outlet,
        slug=draft.slug,
        title=draft.title,
        byline=draft.byline,
        published_at=published_at.replace(microsecond=0),
        section=draft.section,
        summary=draft.summary,
        story=draft.story,
        paragraphs=tuple(_PLACEHOLDER.sub(filled, paragraph) for paragraph in draft.paragraphs),
    )
