"""`digest`: what a channel would get now."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Annotated

import typer

from bot.app import open_services
from bot.cli.console import log_for, out, say
from bot.delivery.terminal import digest_renderable
from bot.errors import NotFound
from bot.event_loop import run_async
from bot.model.digests import Cadence, Digest, Subscription
from bot.services.core import Services
from bot.services.digests import digest_for
from config.loading import load_settings
from config.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(digest)


def digest(
    subscription: Annotated[
        int | None,
        typer.Option(help="A subscription's id, as /digest list shows it. Default: all feeds, nothing shown yet."),
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
    settings = load_settings()
    log_for(settings, quiet=True)
    found = run_async(_digest(settings, subscription, minimum_confidence, filter_text))
    if found is None:
        say("There is nothing new to show. `python -m bot poll` looks for new articles.")
        return
    out().print(digest_renderable(found))


async def _digest(
    settings: Settings, subscription_id: int | None, minimum: float | None, filter_text: str | None
) -> Digest | None:
    async with open_services(settings) as services:
        if subscription_id is None:
            subscription = host_subscription(services)
        else:
            found = [s for s in await services.store.subscriptions.all() if s.id == subscription_id]
            if not found:
                raise NotFound(f"There is no subscription {subscription_id}.")
            subscription = found[0]
        if minimum is not None:
            subscription = replace(subscription, minimum_confidence=minimum)
        if filter_text is not None:
            subscription = replace(subscription, filter=filter_text.strip())
        return await digest_for(services.store, subscription, services.clock())


def host_subscription(services: Services) -> Subscription:
    """Return a subscription to all feeds that no channel has: what the host sees."""
    now = services.clock()
    return Subscription(
        id=0,
        guild_id=None,
        channel_id=0,
        cadence=Cadence.DAILY,
        at=time(0),
        weekday=0,
        timezone="UTC",
        feed_ids=(),
        minimum_confidence=services.settings.minimum_confidence,
        next_at=now + timedelta(days=1),
        created_by=0,
        created_at=now - timedelta(days=30),
        paused_reason=None,
    )
