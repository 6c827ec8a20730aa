"""A message as a person sees it in Discord, for a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.table import Table
from rich.text import Text

from bot.clock import utc_now
from preview.discord.messages import BUTTON, CONTAINER, LINK_STYLE, ROW, SECTION, SELECTS, SEPARATOR, TEXT
from preview.discord.objects import EPHEMERAL, LOADING, Json
from preview.markdown import Line, Reader, Shape, Span, Style, lines_of, spans_of

_STYLES = {
    Style.BOLD: RichStyle(bold=True),
    Style.ITALIC: RichStyle(italic=True),
    Style.UNDERLINE: RichStyle(underline=True),
    Style.STRIKE: RichStyle(strike=True),
    Style.SPOILER: RichStyle(reverse=True),
    Style.CODE: RichStyle(color="bright_white", bgcolor="grey23"),
    Style.MENTION: RichStyle(color="bright_blue", bold=True),
    Style.TIME: RichStyle(bgcolor="grey23"),
}
_BUTTONS = {
    1: "white on blue",
    2: "white on grey37",
    3: "white on green4",
    4: "white on red3",
    5: "white on grey37",
}
_PLAIN_BAR = "grey50"
_INLINE_FIELDS = 3


_CONTROLS = {code: "�" for code in [*range(32), *range(127, 160)] if code != ord("\n")}
"""Characters that could control the terminal, which text from feeds must not."""


@dataclass(frozen=True, slots=True)
class Barred:
    """The content of an embed or a container, with a coloured bar on its left."""

    inside: RenderableType
    colour: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = RichStyle(color=self.colour)
        width = max(1, options.max_width - 2)
        for line in console.render_lines(self.inside, options.update(width=width), pad=False):
            yield Segment("▌ ", style)
            yield from line
            yield Segment.line()


def panel_of(
    message: Json, *, now: datetime | None = None, names: Mapping[str, str] | None = None
) -> RenderableType:
    """Return the API object `message` as something that rich prints.

    `names` gives the names of mentioned channels, roles and users by id; relative times are shown as of `now`.
    """
    message = _harmless(message)
    reader = reader_of(message, now, names)
    author = message["author"]
    head = Text(author.get("global_name") or author["username"], "bold")
    if author.get("bot"):
        head.append(" ").append(" APP ", "bold white on blue")
    head.append(f"  {_clock_time(message['timestamp'])}", "dim")
    rows: list[RenderableType] = [head]
    if message["flags"] & LOADING:
        rows.append(Text(f"{author['username']} is thinking…", "dim italic"))
    rows += _text(message["content"], reader)
    if message.get("edited_timestamp"):
        rows.append(Text("(edited)", "dim"))
    rows += [Text(f"📎 {one['filename']}{_alt(one)}", "dim") for one in message.get("attachments") or []]
    rows += [_embed(embed, reader) for embed in message["embeds"]]
    rows += _components(message["components"], reader)
    if message["flags"] & EPHEMERAL:
        rows.append(Text("👁 Only you can see this", "dim"))
    return Panel(Group(*rows), border_style="grey37", padding=(0, 1))


def _harmless(value: Any) -> Any:
    """Return the message with the control characters in its texts replaced."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, dict):
        return {name: _harmless(inner) for name, inner in value.items()}
    return [_harmless(inner) for inner in value] if isinstance(value, list) else value


def reader_of(message: Json, now: datetime | None, names: Mapping[str, str] | None) -> Reader:
    """Return the reader of the message, who knows `names` and those whom it mentions."""
    known = {one["id"]: one.get("global_name") or one["username"] for one in message.get("mentions") or []}
    return Reader(now or utc_now(), known | dict(names or {}))


def _clock_time(timestamp: str) -> str:
    return f"{datetime.fromisoformat(timestamp):%Y-%m-%d %H:%M}"


def _alt(attachment: Json) -> str:
    return f": {attachment['description']}" if attachment.get("description") else ""


def _text(text: str, reader: Reader) -> list[RenderableType]:
    return [_line(line) for line in lines_of(text, reader)] if text else []


def _line(line: Line) -> Text:
    made = Text().append("│ " if line.quoted else "", "grey62")
    style = ""
    if line.shape is Shape.HEADING:
        style = "bold underline" if line.level == 1 else "bold"
    elif line.shape is Shape.SMALL:
        style = "dim"
    elif line.shape is Shape.CODE:
        style = "bright_white on grey23"
    elif line.shape is Shape.ITEM:
        made.append("  " * line.level + "• ")
    return made.append_text(_spans(line.spans, style))


def _spans(spans: tuple[Span, ...], base: str = "") -> Text:
    made = Text(style=base)
    for span in spans:
        style = RichStyle()
        for one in sorted(span.styles):
            style += _STYLES[one]
        if span.link:
            style += RichStyle(color="dodger_blue2", link=span.link)
        made.append(span.text, style)
    return made


def _embed(embed: Json, reader: Reader) -> RenderableType:
    rows: list[RenderableType] = []
    if embed.get("author"):
        rows.append(_linked(Text(embed["author"]["name"], "bold"), embed["author"].get("url")))
    if embed.get("title"):
        title = _spans(tuple(spans_of(embed["title"], reader)), "bold")
        rows.append(_linked(title, embed.get("url")))
    rows += _text(embed.get("description") or "", reader)
    rows += _fields(embed.get("fields") or [], reader)
    rows += [Text(f"🖼 {embed[name]['url']}", "dim") for name in ("thumbnail", "image") if name in embed]
    foot = [(embed.get("footer") or {}).get("text"), _stamp(embed)]
    if any(foot):
        rows.append(Text(" • ".join(part for part in foot if part), "dim"))
    colour = f"#{embed['color']:06x}" if embed.get("color") else _PLAIN_BAR
    return Barred(Group(*rows), colour)


def _stamp(embed: Json) -> str | None:
    return _clock_time(embed["timestamp"]) if embed.get("timestamp") else None


def _linked(text: Text, url: str | None) -> Text:
    if url:
        text.stylize(RichStyle(color="dodger_blue2", link=url))
    return text


def _fields(fields: list[Json], reader: Reader) -> Iterator[RenderableType]:
    """Yield the fields of an embed, up to three inline ones beside each other."""
    for group in field_rows(fields):
        grid = Table.grid(padding=(0, 2), expand=False)
        for _ in group:
            grid.add_column()
        grid.add_row(*[_spans(tuple(spans_of(field["name"], reader)), "bold") for field in group])
        grid.add_row(*[Group(*_text(field["value"], reader)) for field in group])
        yield grid


def field_rows(fields: list[Json]) -> list[list[Json]]:
    """Return the fields of an embed in the rows in which they are shown."""
    rows: list[list[Json]] = []
    for field in fields:
        together = rows and field.get("inline") and rows[-1][0].get("inline") and len(rows[-1]) < _INLINE_FIELDS
        if together:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _components(components: list[Json], reader: Reader) -> Iterator[RenderableType]:
    for component in components:
        kind: Any = component["type"]
        if kind == ROW:
            yield _controls(component["components"])
        elif kind in SELECTS or kind == BUTTON:
            yield _controls([component])
        elif kind == TEXT:
            yield from _text(component["content"], reader)
        elif kind == SECTION:
            yield from _components([*component["components"], component["accessory"]], reader)
        elif kind == CONTAINER:
            colour = component.get("accent_color")
            bar = f"#{colour:06x}" if colour else _PLAIN_BAR
            inner = Group(*_components(component["components"], reader))
            yield Barred(inner, bar)
        elif kind == SEPARATOR:
            yield Padding("", 0)


def _controls(components: list[Json]) -> Text:
    """Return buttons and selects, beside each other."""
    made = Text()
    for number, one in enumerate(components):
        made.append("  " if number else "")
        disabled = bool(one.get("disabled"))
        if one["type"] == BUTTON:
            style = "grey62 on grey23" if disabled else _BUTTONS.get(one["style"], _BUTTONS[2])
            made.append(f" {button_label(one)} ", RichStyle.parse(style) + RichStyle(link=one.get("url")))
        else:
            made.append(f"⌄ {select_label(one)} ", "grey62 on grey23" if disabled else "white on grey23")
    return made


def button_label(button: Json) -> str:
    """Return the label of a button."""
    emoji = (button.get("emoji") or {}).get("name")
    arrow = "↗" if button["style"] == LINK_STYLE else None
    return " ".join(part for part in (emoji, button.get("label"), arrow) if part)


def select_label(select: Json) -> str:
    """Return the label of a select: the chosen options, or its placeholder."""
    chosen = [option["label"] for option in select.get("options") or [] if option.get("default")]
    return ", ".join(chosen) or select.get("placeholder") or "Make a selection"
