"""Discord's Markdown, parsed into lines of styled spans, so that a terminal and a page can show the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.languages.formats import date_in_words


class Shape(StrEnum):
    """The kind of a line."""

    PLAIN = "plain"
    HEADING = "heading"
    SMALL = "small"
    ITEM = "item"
    CODE = "code"


class Style(StrEnum):
    """The style of a span."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SPOILER = "spoiler"
    CODE = "code"
    MENTION = "mention"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style. `link` is its target."""

    text: str
    styles: frozenset[Style] = frozenset()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `level` is that of a heading (1 to 3) or of a list item (from 0)."""

    spans: tuple[Span, ...]
    shape: Shape = Shape.PLAIN
    quoted: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader's view: the current time, and the names of users, roles and channels by their ids."""

    now: datetime
    names: Mapping[str, str]


_INSIDE = r"(?:\\.|[^\\])+?"
_INLINE = re.compile(
    rf"""
      \\(?P<escaped>[^\w\s]|_)
    | (?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | \[(?P<label>(?:\\.|[^\[\]\\])+)\]\(<?(?P<target>https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)
    | <(?P<kind>@!?|@&|\#)(?P<id>\d+)>
    | </(?P<command>[-\w ]+):\d+>
    | <t:(?P<moment>-?\d{{1,13}})(?::(?P<format>[tTdDfFsSR]))?>
    | <a?:(?P<emoji>\w+):\d+>
    | <(?P<angled>https?://[^\s<>]+)>
    | (?P<url>https?://[^\s<>]*[^\s<>.,:;"'\])])
    | \*\*(?P<bold>{_INSIDE})\*\*(?!\*)
    | __(?P<underline>{_INSIDE})__(?!_)
    | ~~(?P<strike>{_INSIDE})~~
    | \|\|(?P<spoiler>{_INSIDE})\|\|
    | \*(?!\s)(?P<star>(?:\\.|[^*\\]|\*\*{_INSIDE}\*\*)+?)(?<!\s)\*(?!\*)
    | (?<!\w)_(?!_)(?P<score>(?:\\.|[^_\\]|__{_INSIDE}__)+?)_(?!\w)
    | (?P<everyone>@everyone|@here)\b
    """,
    re.VERBOSE | re.DOTALL,
)
_NESTED = {
    "bold": Style.BOLD,
    "underline": Style.UNDERLINE,
    "strike": Style.STRIKE,
    "spoiler": Style.SPOILER,
    "star": Style.ITALIC,
    "score": Style.ITALIC,
}
_DEPTH = 8
"""How deep styles may be nested; deeper ones are shown as written."""

_FENCE = re.compile(r"```(?:[\w+-]*\n)?(.*?)```", re.DOTALL)
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_SMALL = re.compile(r"-#\s+(.+)")
_ITEM = re.compile(r"(\s*)[-*]\s+(.+)")


def lines_of(text: str, reader: Reader) -> list[Line]:
    """Return the lines of a text as Discord shows them."""
    lines: list[Line] = []
    end = 0
    for fence in _FENCE.finditer(text):
        lines += _plain_lines(text[end : fence.start()].removesuffix("\n"), reader)
        lines += [Line((Span(line),), Shape.CODE) for line in fence[1].strip("\n").split("\n")]
        end = fence.end()
    return lines + list(_plain_lines(text[end:].removeprefix("\n") if end else text, reader))


def _plain_lines(text: str, reader: Reader) -> Iterator[Line]:
    if not text:
        return
    quoted_to_the_end = False
    for raw in text.split("\n"):
        line, quoted = raw, quoted_to_the_end
        if not quoted and line.startswith(">>> "):
            line, quoted, quoted_to_the_end = line[4:], True, True
        elif not quoted and (line.startswith("> ") or line == ">"):
            line, quoted = line[2:], True
        yield _line(line, quoted, reader)


def _line(line: str, quoted: bool, reader: Reader) -> Line:
    if heading := _HEADING.fullmatch(line):
        return Line(tuple(spans_of(heading[2], reader)), Shape.HEADING, quoted, len(heading[1]))
    if small := _SMALL.fullmatch(line):
        return Line(tuple(spans_of(small[1], reader)), Shape.SMALL, quoted)
    if item := _ITEM.fullmatch(line):
        return Line(tuple(spans_of(item[2], reader)), Shape.ITEM, quoted, len(item[1]) // 2)
    return Line(tuple(spans_of(line, reader)), Shape.PLAIN, quoted)


def spans_of(
    text: str,
    reader: Reader,
    styles: frozenset[Style] = frozenset(),
    link: str | None = None,
    depth: int = _DEPTH,
) -> Iterator[Span]:
    """Yield the spans of one line."""
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()], styles, link)
        end = match.end()
        yield from _span(match, reader, styles, link, depth)
    if end < len(text):
        yield Span(text[end:], styles, link)


def _span(
    match: re.Match[str], reader: Reader, styles: frozenset[Style], link: str | None, depth: int
) -> Iterator[Span]:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    nested = next((name for name in _NESTED if name in found), None)
    if nested is not None and depth:
        yield from spans_of(found[nested], reader, styles | {_NESTED[nested]}, link, depth - 1)
    elif "target" in found:
        yield from spans_of(found["label"], reader, styles, found["target"], max(depth - 1, 0))
    elif "angled" in found or "url" in found:
        address = found.get("angled") or found["url"]
        yield Span(address, styles, link or address)
    elif "code" in found:
        yield Span(found["code"].strip() or found["code"], styles | {Style.CODE}, link)
    elif "moment" in found:
        yield Span(
            time_of(int(found["moment"]), found.get("format", "f"), reader.now), styles | {Style.TIME}, link
        )
    elif mention := _mention(found, reader):
        yield Span(mention, styles | {Style.MENTION}, link)
    else:
        yield Span(found.get("escaped") or (f":{found['emoji']}:" if "emoji" in found else match[0]), styles, link)


def _mention(found: Mapping[str, str], reader: Reader) -> str | None:
    if "id" in found:
        sign = "#" if found["kind"] == "#" else "@"
        unknown = {"#": "unknown", "@&": "unknown-role"}.get(found["kind"], "unknown-user")
        return sign + reader.names.get(found["id"], unknown)
    if "command" in found:
        return "/" + found["command"]
    return found.get("everyone")


def time_of(seconds: int, form: str, now: datetime) -> str:
    """Return a moment as Discord shows it in this format; times of day are in UTC."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return "Invalid Date"
    day = date_in_words(moment.date())
    return {
        "t": f"{moment:%H:%M}",
        "T": f"{moment:%H:%M:%S}",
        "d": f"{moment:%d/%m/%Y}",
        "D": day,
        "F": f"{moment:%A}, {day} {moment:%H:%M}",
        "s": f"{moment:%d/%m/%Y, %H:%M}",
        "S": f"{moment:%d/%m/%Y, %H:%M:%S}",
        "R": _relative((moment - now).total_seconds()),
    }.get(form, f"{day} {moment:%H:%M}")


_UNITS = (
    ("year", 31_557_600),
    ("month", 2_629_800),
    ("day", 86_400),
    ("hour", 3600),
    ("minute", 60),
    ("second", 1),
)


def _relative(seconds: float) -> str:
    size = abs(seconds)
    for name, length in _UNITS:
        count = round(size / length)
        if size >= length and count:
            told = f"{count} {name}{'s' if count > 1 else ''}"
            return f"in {told}" if seconds > 0 else f"{told} ago"
    return "now"
