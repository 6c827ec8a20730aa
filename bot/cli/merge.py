"""`merge`: which claims of a row say the same, for scripts and for measuring."""

from typing import Annotated, Any

import typer

from bot.cli.console import err, say_json
from bot.cli.json_lines import objects_in
from bot.cli.json_rows import MergedRow
from bot.delivery.claim_rows import as_json, one_of
from bot.errors import BadInput
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.services.grouping import grouped_by_meaning


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(merge)


def merge(
    jsonl: Annotated[
        str,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help='A file of rows {"id", "claims": [{"actor", "content", "kind", "wording"}, …]}, '
            "or - for standard input.",
        ),
    ],
) -> None:
    """Say which claims are one, as in a digest: print {"id", "groups": [[0, 2], [1]]} for each row.

    Exit code 1 if a row could not be read; the others are merged all the same.
    """
    failed = False
    for where, value in objects_in(jsonl):
        try:
            if isinstance(value, BadInput):
                raise value
            groups = grouped_by_meaning(_claims(value.get("claims")))
        except BadInput as error:
            failed = True
            err().print(f"✗ {where}: {error.message}", markup=False, highlight=False)
            continue
        say_json(as_json(MergedRow(value["id"], [[claim.claim_id for claim in group] for group in groups])))
    if failed:
        raise typer.Exit(1)


def _claims(given: Any) -> list[DigestClaim]:
    if not isinstance(given, list) or not all(isinstance(claim, dict) for claim in given):
        raise BadInput('"claims" is a list of objects.')
    return [_claim(claim, place) for place, claim in enumerate(given)]


def _claim(given: dict[str, Any], place: int) -> DigestClaim:
    actor, content = given.get("actor"), given.get("content")
    if not isinstance(content, str) or not isinstance(actor, str | None):
        raise BadInput('A claim has a "content", and an "actor" that is a name or null.')
    try:
        kind = Kind(given.get("kind", Kind.STATEMENT))
        wording = Wording(given.get("wording", Wording.PARAPHRASED))
    except ValueError:
        raise BadInput(f'"kind" is {one_of(Kind)}; "wording" is {one_of(Wording)}.') from None
    # each stands for an outlet of its own: that decides nothing about what says the same
    return DigestClaim(place, actor, None, content, kind, wording, 1.0, f"outlet {place}", "")
