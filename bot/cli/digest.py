"""`digest`: what a channel would get now."""

from dataclasses import replace
from typing import Annotated

import typer

from bot.app import open_services
from bot.cli.console import out, quiet_settings, say
from bot.cli.feeds import HOW_TO_ADD
from bot.delivery.terminal import digest_renderable
from bot.errors import BadInput
from bot.event_loop import run_async
from bot.model.digests import Digest, Plan, Selection
from bot.services.digests import digest_now
from bot.services.feeds import polled_feeds
from bot.services.subscriptions import subscription_with
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(digest)


def digest(
    subscription: Annotated[
        int | None,
        typer.Option(
            help="A subscription's id, as /digest list shows it. Default: all feeds, as if nothing had been shown."
        ),
    ] = None,
    minimum_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out claims that are less sure.")
    ] = None,
    filter_text: Annotated[
        str | None,
        typer.Option(
            "--filter",
            help="Only articles that pass this filter instead of the subscription's own, "
            'such as: outlet:courier (dam or "water level") -kind:opinion',
        ),
    ] = None,
) -> None:
    """Print what a channel would get now. Nothing is posted, and nothing counts as shown."""
    settings = quiet_settings()
    try:
        found, has_feeds = run_async(_digest(settings, subscription, minimum_confidence, filter_text))
    except BadInput as error:
        raise typer.BadParameter(error.message) from None
    if found is None:
        no_feeds = f"There is nothing new to show, as there are no feeds yet. {HOW_TO_ADD}"
        say(
            "There is nothing new to show. `python -m bot poll` looks for new articles." if has_feeds else no_feeds
        )
        return
    out().print(digest_renderable(found))


async def _digest(
    settings: Settings, subscription_id: int | None, minimum: float | None, filter_text: str | None
) -> tuple[Digest | None, bool]:
    """Return the digest, None if there is nothing new, and whether there are any feeds."""
    async with open_services(settings) as services:
        if subscription_id is None:
            unshown_in = None
            plan, selection = Plan(channel_id=0), Selection(None, services.settings.minimum_confidence)
        else:
            found = await subscription_with(services, subscription_id)
            unshown_in, plan, selection = found.plan.channel_id, found.plan, found.selection
        if minimum is not None:
            selection = replace(selection, minimum_confidence=minimum)
        if filter_text is not None:
            selection = replace(selection, filter=filter_text.strip())
        composed = await digest_now(services, plan, selection, unshown_in=unshown_in)
        return composed, bool(await polled_feeds(services))
