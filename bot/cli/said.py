"""`said`: who said what, asked of the store."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from bot.app import open_services
from bot.cli.console import log_for, out, say, say_json
from bot.delivery.terminal import claim_page_renderable, evidence_renderable
from bot.errors import BadInput
from bot.event_loop import run_async
from bot.model.claims import Evidence
from bot.model.queries import ClaimPage, ClaimQuery
from bot.services.claims import claim_query, evidence_of
from config.loading import load_settings
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(said)


def said(
    words: Annotated[
        list[str] | None, typer.Argument(help="The actor, where --actor is not given.", show_default=False)
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Who: any name of a person, organisation or country.")] = None,
    topic: Annotated[str | None, typer.Option(help="About what: words of the claim.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Since when: today, yesterday, '3 days', 'this week' or a date.")
    ] = None,
    minimum_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out claims that are less sure.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many claims at the most.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many claims to pass over.")] = 0,
    show_evidence: Annotated[bool, typer.Option("--evidence", help="Show each claim in its context.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a claim.")] = False,
) -> None:
    """Tell who said what, the newest article first."""
    if actor and words:
        raise BadInput("Name the actor once: as words or with --actor.")
    settings = load_settings()
    log_for(settings, quiet=True)
    who = actor or " ".join(words or []) or None
    wish = {"actor": who, "topic": topic, "since": since, "minimum_confidence": minimum_confidence}
    query, page, contexts = run_async(_search(settings, wish, limit, offset, show_evidence))
    if as_json:
        for claim in page.claims:
            say_json(asdict(claim) | {"published_at": claim.published_at.isoformat()})
        return
    if page.total and not page.claims:
        say(f"There are {page.total} claims: --offset {offset} passes over all of them.")
        return
    console = out()
    if contexts:
        for context in contexts:
            console.print(evidence_renderable(context))
        return
    console.print(claim_page_renderable(page, query, offset + 1))


async def _search(
    settings: Settings, wish: dict[str, Any], limit: int, offset: int, show_evidence: bool
) -> tuple[ClaimQuery, ClaimPage, list[Evidence]]:
    async with open_services(settings) as services:
        query = await claim_query(services, None, **wish)
        page = await services.store.claims.search(query, limit=limit, offset=offset)
        contexts = [await evidence_of(services, None, c.id) for c in page.claims] if show_evidence else []
        return query, page, contexts
