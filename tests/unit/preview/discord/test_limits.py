"""Limits that Discord's specification leaves out."""

from typing import Any

import pytest

from preview.discord.limits import problems_of

MESSAGES = "/channels/1/messages"
CALLBACK = "/interactions/1/t/callback"
COMMANDS = "/applications/1/commands"


def _row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def _button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | changes


def _select(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]} | changes


def _command(**changes: Any) -> dict[str, Any]:
    return {"name": "said", "description": "Who said what"} | changes


GOOD: list[tuple[str, str, Any]] = [
    ("POST", MESSAGES, {"content": "x" * 2000}),
    ("POST", MESSAGES, {"embeds": [{"description": "x" * 4096}, {"description": "x" * 1904}]}),
    ("POST", MESSAGES, {"components": [_row(_button(), _button(custom_id="y")), _row(_select())]}),
    ("POST", MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4000}]}),
    ("PATCH", f"{MESSAGES}/1", {"content": ""}),
    ("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}),
    ("POST", CALLBACK, {"type": 7, "data": {"content": ""}}),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}]}}),
    ("POST", CALLBACK, {"type": 9, "data": {"title": "T", "custom_id": "m", "components": [_row({"type": 4})]}}),
    ("PUT", COMMANDS, [_command(), {"name": "Who Said", "type": 3}]),
    ("PATCH", f"{COMMANDS}/1", {"name": "other"}),
    ("GET", MESSAGES, None),
    ("POST", "/users/@me/channels", {"recipient_id": 1}),
]

BAD: list[tuple[str, str, Any, str]] = [
    ("POST", MESSAGES, [], "must be a JSON object"),
    ("POST", MESSAGES, {"content": "x" * 2001}, "at most 2000"),
    ("POST", MESSAGES, {"content": "  "}, "empty message"),
    ("POST", MESSAGES, {"embeds": [{"description": "x" * 3001}] * 2}, "at most 6000"),
    ("POST", MESSAGES, {"embeds": [{"title": "x"}] * 11}, "at most 10"),
    ("POST", MESSAGES, {"embeds": [{"title": "x" * 257}]}, "title: is 257"),
    ("POST", MESSAGES, {"embeds": [{"fields": [{"name": "a", "value": " "}]}]}, "fields[0].value: is 0"),
    ("POST", MESSAGES, {"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}, "26, at most 25"),
    ("POST", MESSAGES, {"components": [_row(_button(custom_id=str(n))) for n in range(6)]}, "6 rows"),
    ("POST", MESSAGES, {"components": [_row(*[_button(custom_id=str(n)) for n in range(6)])]}, "6 components"),
    ("POST", MESSAGES, {"components": [{"type": 10, "content": "x"}]}, "only action rows"),
    ("POST", MESSAGES, {"components": [_row(_select(), _button())]}, "row of its own"),
    ("POST", MESSAGES, {"components": [_row(_button(), _button())]}, "more than once"),
    ("POST", MESSAGES, {"components": [_row(_button(custom_id="x" * 101))]}, "custom_id: is 101"),
    ("POST", MESSAGES, {"components": [_row({"type": 2, "style": 5, "label": "x"})]}, "without url"),
    ("POST", MESSAGES, {"components": [_row(_button(style=5, url="https://x.y"))]}, "link button with custom_id"),
    ("POST", MESSAGES, {"components": [_row({"type": 2, "style": 1, "label": "x"})]}, "neither custom_id"),
    ("POST", MESSAGES, {"components": [_row(_button(label=None))]}, "neither label"),
    ("POST", MESSAGES, {"components": [_row(_button(label="x" * 81))]}, "label: is 81"),
    ("POST", MESSAGES, {"components": [_row(_select(options=[]))]}, "0 options"),
    ("POST", MESSAGES, {"components": [_row(_select(max_values=30))]}, "do not go together"),
    ("POST", MESSAGES, {"components": [_row(_select(options=[{"label": "a", "value": "a"}] * 2))]}, "same value"),
    ("POST", MESSAGES, {"flags": 1 << 15, "content": "x", "components": [_row(_button())]}, "neither content"),
    ("POST", MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4001}]}, "4001 characters"),
    ("POST", MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41}, "41, at most 40"),
    ("POST", MESSAGES, {"flags": 1 << 15, "components": [{"type": 17, "components": []}]}, "empty container"),
    ("POST", CALLBACK, {"type": 4, "data": {}}, "empty message"),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "x" * 101}]}}, "value: is 101"),
    ("POST", CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": 1}] * 26}}, "26, at most 25"),
    (
        "POST",
        CALLBACK,
        {"type": 9, "data": {"title": "x" * 46, "custom_id": "m", "components": []}},
        "title: is 46",
    ),
    ("PUT", COMMANDS, [_command(name="Said")], "must be 1 to 32"),
    ("PUT", COMMANDS, [_command(description="")], "description: is 0"),
    ("PUT", COMMANDS, [_command(), _command()], "same name"),
    ("PUT", COMMANDS, [_command(name=f"c{n}") for n in range(101)], "101 commands"),
    ("PUT", COMMANDS, [{"name": "x", "type": 3, "description": "y"}], "has no description"),
    ("PUT", COMMANDS, [_command(options=[_command(type=3, name=f"o{n}") for n in range(26)])], "26 options"),
    ("PUT", COMMANDS, [_command(options=[_command(type=3), _command(type=3)])], "two options"),
    ("PUT", COMMANDS, [_command(options=[_command(type=1), _command(type=3, name="b")])], "together with options"),
    (
        "PUT",
        COMMANDS,
        [_command(options=[_command(type=3), _command(type=3, name="b", required=True)])],
        "required after an optional",
    ),
    (
        "PUT",
        COMMANDS,
        [_command(options=[_command(type=3, autocomplete=True, choices=[{"name": "a", "value": "a"}])])],
        "autocomplete together",
    ),
    (
        "PUT",
        COMMANDS,
        [_command(options=[_command(type=3, choices=[{"name": "x" * 90, "value": "y" * 99}] * 26 * 4)])],
        "8000",
    ),
]


@pytest.mark.parametrize(("method", "path", "body"), GOOD)
def test_what_is_within_the_limits_passes(method: str, path: str, body: Any) -> None:
    assert problems_of(method, path, body) == []


@pytest.mark.parametrize(("method", "path", "body", "told"), BAD)
def test_what_breaks_a_limit_is_told(method: str, path: str, body: Any, told: str) -> None:
    assert any(told in problem for problem in problems_of(method, path, body))


def test_a_message_with_a_file_may_be_empty() -> None:
    assert problems_of("POST", MESSAGES, {}, with_files=True) == []
