"""`stories`: articles of a file grouped by event, for scripts and for measuring."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

import typer

from bot.cli.console import err, say_json
from bot.cli.json_lines import objects_in
from bot.cli.json_rows import StoryRow
from bot.delivery.claim_rows import as_json
from bot.errors import BadInput
from bot.model.stories import ArticleToGroup
from bot.services.grouping import grouped_by_event


@dataclass(frozen=True, slots=True)
class _Row:
    id: Any
    article: ArticleToGroup


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(stories)


def stories(
    jsonl: Annotated[
        str,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help='A file of rows {"id", "title", "text", "outlet", "published_at"}, or - for standard input. '
            "`published_at` is a date or a moment in ISO 8601.",
        ),
    ],
) -> None:
    """Group articles by the event they report: print {"id", "story"} for each, in the order of their moments.

    Exit code 1 if a row could not be read; the others are grouped all the same.
    """
    rows: list[_Row] = []
    failed = False
    for where, value in objects_in(jsonl):
        try:
            if isinstance(value, BadInput):
                raise value
            rows.append(_row(value, len(rows)))
        except BadInput as error:
            failed = True
            err().print(f"✗ {where}: {error.message}", markup=False, highlight=False)
    for article, story in grouped_by_event([row.article for row in rows]):
        say_json(as_json(StoryRow(rows[article.article_id].id, str(story))))
    if failed:
        raise typer.Exit(1)


def _row(value: dict[str, Any], number: int) -> _Row:
    title, text = (_text_in(value, name) for name in ("title", "text"))
    actors = value.get("actors", ())
    if not isinstance(actors, list | tuple) or not all(isinstance(actor, str) for actor in actors):
        raise BadInput('"actors" is a list of names.')
    published_at = moment_of(_text_in(value, "published_at"))
    return _Row(value["id"], ArticleToGroup(number, title, text, tuple(actors), published_at))


def _text_in(value: dict[str, Any], name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        raise BadInput(f'"{name}" is not a string.')
    return found


def moment_of(written: str) -> datetime:
    """Return a moment or a date (its beginning) in ISO 8601 as UTC, which is meant if no zone is named.

    Raises BadInput.
    """
    try:
        if len(written) <= len("2026-07-01"):
            return datetime.combine(date.fromisoformat(written), time(), tzinfo=UTC)
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput('"published_at" is no date or moment such as 2026-07-01 or 2026-07-01T09:30:00Z.') from None
