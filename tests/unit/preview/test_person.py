"""What a person sees of a message in a terminal."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from preview.discord.objects import Json
from preview.person import panel_of
from tests.unit.preview.sample_message import NOW, full_message, message


def _printed(shown: Json, *, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(panel_of(shown, now=NOW, names={"6": "news"}))
    return out.getvalue()


def test_everything_in_a_message_is_seen() -> None:
    printed = _printed(full_message())
    for part in (
        "Hearsay  APP   2026-05-04 12:00",
        "For @bob in #news",
        "(edited)",
        "▌ Harbour Tide",
        "▌ The pact",
        "▌ Jens said:",
        "▌ │ “We will stay.”",
        "▌ two outlets",
        "▌ statement  2 hours ago",
        "▌ Tide",
        "▌ 4 outlets • 2026-05-04 12:00",
        "Evidence    Next    📰 Read ↗",
        "⌄ Choose",
        "▌ in a container",
        "plot.png: a timeline",
        "Only you can see this",
    ):
        assert part in printed


def test_an_ordinary_message_is_seen_by_everyone() -> None:
    assert "Only you" not in _printed(message(content="hello"))


def test_a_deferred_answer_is_being_thought_of() -> None:
    assert "hearsay is thinking…" in _printed(message(flags=128))


def test_colours_and_links_reach_the_terminal() -> None:
    printed = _printed(full_message(), colour=True)
    assert "38;2;51;102;153" in printed
    assert "https://tide.example/pact" in printed


@given(st.text(max_size=80), st.integers(min_value=20, max_value=120))
def test_no_text_can_drive_the_terminal(text: str, width: int) -> None:
    embed = {"type": "rich", "title": text, "description": text, "fields": [{"name": text, "value": text}]}
    printed = _printed(message(content=text, embeds=[embed]), width=width)
    assert not any(ord(c) < 32 and c != "\n" for c in printed)
