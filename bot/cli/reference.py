"""`reference`: the pages on settings, commands, JSON and metrics, generated from the code."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.console import out
from bot.cli.json_rows import COMMANDS, fields_of
from bot.errors import BadInput
from bot.metrics import HEALTH_PARTS, READY_PARTS, Metrics
from config.loading import variable_of
from config.settings import Settings

_SHIPPED = {"model": "the model in `models/`", "catalogue": "the file in `config/`"}
"""The defaults of settings that name something which ships with the bot: its path differs between machines."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reference)


def reference(
    context: typer.Context,
    write: Annotated[Path | None, typer.Option(help="Write the pages into this folder.")] = None,
    check: Annotated[
        Path | None, typer.Option(help="Exit with 1 if the pages in this folder are out of date.")
    ] = None,
) -> None:
    """Print, write or check the reference pages: settings, commands, slash commands, JSON and metrics."""
    if write and check:
        raise typer.BadParameter("Give --write or --check, not both.")
    pages = {
        "settings.md": settings_page(),
        "command-line.md": command_line_page(context.find_root().command),
        "slash-commands.md": slash_commands_page(),
        "json.md": json_page(),
        "metrics.md": metrics_page(),
    }
    if check:
        stale = [n for n, text in pages.items() if not _holds(check / n, text)]
        if stale:
            raise BadInput(f"Out of date: {', '.join(stale)}. Run `make reference`.")
    elif write:
        try:
            write.mkdir(parents=True, exist_ok=True)
            for name, text in pages.items():
                (write / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{write} cannot be written to: {error.strerror}.") from error
    else:
        out().print("\n".join(pages.values()), markup=False, soft_wrap=True)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def settings_page() -> str:
    """Return the page on settings, as Markdown."""
    lines = [
        "# Settings",
        "",
        "Read once at start. The environment overrides `.env`, which overrides `hearsay.toml` (or the file that",
        "`HEARSAY_CONFIG` names). In TOML the names are in lower case and without `HEARSAY_`.",
        "",
        "| variable | default | accepted | what it is |",
        "|---|---|---|---|",
    ]
    for name, field in sorted(Settings.model_fields.items()):
        schema = Settings.model_json_schema()["properties"].get(name) or {}
        default = "" if field.default is None or field.default_factory else f"`{field.default}`"
        shown = default.lower() if isinstance(field.default, bool) else default
        if name in _SHIPPED:
            shown = _SHIPPED[name]
        text = (field.description or "").replace("|", "\\|")
        lines.append(f"| `{variable_of(name)}` | {shown} | {_accepted(schema)} | {text} |")
    return "\n".join([*lines, ""])


def _accepted(schema: dict[str, object]) -> str:
    options = schema.get("anyOf")
    if isinstance(options, list):
        schema = next((o for o in options if o.get("type") != "null"), schema)
    if isinstance(choices := schema.get("enum"), list):
        return ", ".join(f"`{c}`" for c in choices)
    words = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    kind = words.get(str(schema.get("type")), "text")
    kind = {"uri": "address", "path": "path", "password": "text, secret"}.get(str(schema.get("format")), kind)
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum")
    if low is not None and high is not None:
        return f"{kind}, {'above ' if 'exclusiveMinimum' in schema else ''}{low} to {high}"
    return kind


def command_line_page(root: Any) -> str:
    """Return the page on the command line, as Markdown."""
    lines = ["# Command line", "", "`hearsay` and `python -m bot` are the same.", ""]
    lines += [f"{root.help}", ""] if root.help else []
    for path, command in _commands(root, ()):
        lines += [f"## `{' '.join(path)}`", "", (command.help or "").strip(), ""]
        rows = []
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name != "help":
                names = ", ".join(f"`{o}`" for o in [*parameter.opts, *parameter.secondary_opts])
                rows.append(f"| {names} | {parameter.help or ''} |")
            elif parameter.param_type_name == "argument":
                rows.append(f"| `{parameter.name.upper()}` | {getattr(parameter, 'help', None) or ''} |")
        if rows:
            lines += ["| option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _commands(command: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if not hasattr(command, "commands"):
        return [(path, command)]
    found: list[tuple[tuple[str, ...], Any]] = []
    for name in sorted(command.commands):
        found += _commands(command.commands[name], (*path, name))
    return found


def json_page() -> str:
    """Return the page on the JSON that commands print, as Markdown."""
    lines = [
        "# JSON output",
        "",
        "Each command prints one JSON object a line, with these fields. Later versions may add fields: ignore",
        "those that you do not know. Moments (UTC) and days are text in ISO 8601. A span is a list of two",
        "numbers, start and end in characters of the text; the end is not part of it. `a[].b` is field `b` of",
        "each object in the list `a`.",
        "",
    ]
    for command, row in COMMANDS.items():
        lines += [f"## `{command}`", "", "| field | type | meaning |", "|---|---|---|"]
        lines += [f"| `{path}` | {kind} | {meaning} |" for path, kind, meaning in fields_of(row)]
        lines.append("")
    return "\n".join(lines)


def metrics_page() -> str:
    """Return the page on /metrics, /healthz and /readyz, as Markdown."""
    lines = [
        "# Metrics and health",
        "",
        "`run` serves these at `HEARSAY_METRICS_ADDRESS`. `/healthz` answers 200 if every part works and 503 if",
        "not, with a JSON object that says for each part whether it works: "
        + " and ".join(f"`{part}`" for part in HEALTH_PARTS)
        + ".",
        "`/readyz` is for whoever starts the next process: it also waits until the workers have answered, "
        + ", ".join(f"`{part}`" for part in READY_PARTS)
        + ".",
        "`/metrics` is for Prometheus ([a dashboard for Grafana](../how-to/watch-the-bot.md)):",
        "",
        "| metric | type | labels | meaning |",
        "|---|---|---|---|",
    ]
    for metric in Metrics().described():
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        lines.append(f"| `{metric.name}` | {metric.kind} | {labels} | {metric.meaning} |")
    return "\n".join([*lines, ""])


def slash_commands_page() -> str:
    """Return the page on slash commands, as Markdown."""
    from bot.command_reference import slash_command_lines  # noqa: PLC0415 - discord.py is slow to import

    return "\n".join(["# Slash commands", "", *slash_command_lines(), ""])
