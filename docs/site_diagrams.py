"""Diagrams of the site: a mermaid flowchart of floors becomes an inline SVG, so that no page loads a script.

GitHub draws the same blocks with mermaid. Only what the pages need is understood: nodes, boxes of nodes, and one
chain of arrows from the top floor to the bottom. Anything else fails the build.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

WIDTH, GAP, NODE, TITLE, PADDING = 720, 28, 50, 24, 12
"""Pixels: of the picture, between two floors, of a node, of a box's title, and within a box."""

_BLOCK = re.compile(r"^```mermaid\n(?P<source>.*?)^```$", re.MULTILINE | re.DOTALL)
_BOX = re.compile(r'subgraph (?P<id>\w+)\["(?P<title>[^"]*)"\]')
_NODE = re.compile(r'(?P<id>\w+)\[\(?"(?P<label>[^"]*)"\)?\]')
_CHAIN = re.compile(r"\w+(?: --> \w+)+")


class NotDrawable(ValueError):
    """A line of a diagram is none of those that can be drawn."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor: its nodes, each with its lines of text, and its title if they are in a box."""

    title: str | None
    nodes: tuple[tuple[str, ...], ...]


def floors_of(source: str) -> list[Floor]:
    """Return the floors of a flowchart, from the top. Raises NotDrawable if there is more to it."""
    floors: dict[str, Floor] = {}
    chain: list[str] = []
    box: tuple[str, str] | None = None
    inside: list[tuple[str, ...]] = []
    for line in filter(None, map(str.strip, source.splitlines())):
        if line in ("flowchart TB", "direction LR"):
            continue
        if found := _BOX.fullmatch(line):
            box, inside = (found["id"], found["title"]), []
        elif line == "end" and box is not None:
            floors[box[0]] = Floor(box[1], tuple(inside))
            box = None
        elif found := _NODE.fullmatch(line):
            lines = tuple(found["label"].split("<br>"))
            if box is not None:
                inside.append(lines)
            else:
                floors[found["id"]] = Floor(None, (lines,))
        elif _CHAIN.fullmatch(line) and not chain:
            chain = line.split(" --> ")
        else:
            raise NotDrawable(f"This line of a diagram cannot be drawn: {line}")
    if sorted(chain) != sorted(floors):
        raise NotDrawable("The arrows of a diagram must lead through every floor once.")
    return [floors[name] for name in chain]


def drawn(floors: list[Floor]) -> str:
    """Return the floors as SVG on one line, with the colours of the site's theme."""
    parts: list[str] = []
    top = 2
    for number, floor in enumerate(floors):
        if number:
            parts.append(_arrow(top - GAP, top))
        height = NODE + (TITLE + PADDING if floor.title is not None else 0)
        if floor.title is not None:
            parts.append(_box(2, top, WIDTH - 4, height, "var(--md-default-bg-color)"))
            parts.append(_text(WIDTH / 2, top + 17, floor.title))
        width = (WIDTH - 4 - PADDING * (len(floor.nodes) + 1)) / len(floor.nodes)
        for place, lines in enumerate(floor.nodes):
            left = 2 + PADDING + place * (width + PADDING)
            node_top = top + (TITLE if floor.title is not None else 0)
            parts.append(_box(left, node_top, width, NODE, "var(--md-code-bg-color)"))
            for index, line in enumerate(lines):
                y = node_top + NODE / 2 + 5 + (index - (len(lines) - 1) / 2) * 17
                parts.append(_text(left + width / 2, y, line, bold=not index))
        top += height + GAP
    height = top - GAP + 2
    words = "; ".join(" | ".join(" ".join(lines) for lines in floor.nodes) for floor in floors)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(words)}" '
        'style="width:100%;max-width:45rem" font-size="13" text-anchor="middle">' + "".join(parts) + "</svg>"
    )


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:.1f}" height="{height:g}" rx="6" '
        f'style="fill:{fill};stroke:var(--md-default-fg-color--lighter)"/>'
    )


def _text(x: float, y: float, words: str, *, bold: bool = False) -> str:
    weight = ";font-weight:bold" if bold else ""
    return f'<text x="{x:.1f}" y="{y:g}" style="fill:var(--md-default-fg-color){weight}">{escape(words)}</text>'


def _arrow(start: float, end: float) -> str:
    middle, tip = WIDTH / 2, end - 2
    return (
        f'<path d="M{middle:g} {start + 2:g}V{tip:g}m-5 -6l5 6l5 -6" '
        'style="fill:none;stroke:var(--md-default-fg-color--light);stroke-width:1.5"/>'
    )


def with_drawings(markdown: str) -> str:
    """Return a page with its mermaid blocks drawn. Raises NotDrawable."""

    def figure(block: re.Match[str]) -> str:
        return f'<figure style="width:100%">{drawn(floors_of(block["source"]))}</figure>'

    return _BLOCK.sub(figure, markdown)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Draw the diagrams of a page (an event of MkDocs)."""
    return with_drawings(markdown)
