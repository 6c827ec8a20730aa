"""`said`: who said what, in the stored articles."""

import os
from itertools import zip_longest
from typing import Annotated, Any

import typer

from bot.app import open_services
from bot.cli.console import hint, out, out_unfolded, quiet_settings, say, say_file, say_json
from bot.cli.feeds import HOW_TO_ADD
from bot.cli.host_locale import locale_of_host
from bot.clock import utc_now
from bot.delivery.claim_rows import ClaimRow, as_json
from bot.delivery.exports import exported_claims
from bot.delivery.terminal import claim_page_renderable, evidence_renderable
from bot.errors import BadInput
from bot.event_loop import run_async
from bot.model.claims import Evidence
from bot.model.exports import ExportFormat
from bot.model.queries import ClaimPage, ClaimQuery
from bot.services.claims import claim_query, evidence_of, has_claims, some_claims
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(said)


def said(
    words: Annotated[
        list[str] | None, typer.Argument(help="The actor, if --actor is not given.", show_default=False)
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Who: any name of a person, organisation or country.")] = None,
    topic: Annotated[str | None, typer.Option(help="About what: words of the claim.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Since when: today, '3 days', 'last month', a date, or '1 to 5 July'; in English or in the "
            "language of the terminal (LC_ALL, LC_TIME or LANG)."
        ),
    ] = None,
    minimum_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out claims that are less sure.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Show at most this many claims.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many claims to skip.")] = 0,
    show_evidence: Annotated[bool, typer.Option("--evidence", help="Show each claim in its context.")] = False,
    export: Annotated[
        ExportFormat | None, typer.Option(help="Print a file: a table, JSON, or citations of the articles.")
    ] = None,
    json: Annotated[
        bool,
        typer.Option("--json", help="Print one JSON object a claim, its words included (docs/reference/json.md)."),
    ] = False,
) -> None:
    """Show who said what, the newest article first."""
    if actor and words:
        raise typer.BadParameter("Name the actor once: as words or with --actor.")
    settings = quiet_settings()
    who = actor or " ".join(words or []) or None
    wish = {"actor": who, "topic": topic, "since": since, "minimum_confidence": minimum_confidence}
    try:
        query, page, contexts, is_empty = run_async(_search(settings, wish, limit, offset, show_evidence))
    except BadInput as error:
        raise typer.BadParameter(error.message) from None
    if is_empty:
        hint(f"No claims are stored yet. `python -m bot poll` reads the feeds. {HOW_TO_ADD}")
        return
    if export:
        say_file(exported_claims(page.claims, export, utc_now()))
        return
    if json:
        for claim, evidence in zip_longest(page.claims, contexts):
            say_json(as_json(ClaimRow.of(claim, evidence)))
        return
    if page.total and not page.claims:
        say(f"There are {page.total} claims: --offset {offset} skips all of them.")
        return
    if contexts:
        for context in contexts:
            out().print(evidence_renderable(context))
        return
    out_unfolded().print(claim_page_renderable(page, query, offset + 1))


async def _search(
    settings: Settings, wish: dict[str, Any], limit: int, offset: int, show_evidence: bool
) -> tuple[ClaimQuery, ClaimPage, list[Evidence], bool]:
    """Return the query as understood, the page, the evidence of its claims, and whether no claims are stored."""
    async with open_services(settings) as services:
        query = await claim_query(services, None, **wish, locale=locale_of_host(os.environ))
        page = await some_claims(services, query, limit=limit, offset=offset)
        is_empty = not page.total and not await has_claims(services)
        contexts = [await evidence_of(services, None, c.id) for c in page.claims] if show_evidence else []
        return query, page, contexts, is_empty
