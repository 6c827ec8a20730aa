"""`actors`: who is who, put right for all servers."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from bot.app import open_services
from bot.cli.console import PlainErrors, quiet_settings, say
from bot.delivery.actor_changes import in_words
from bot.delivery.escape import cleaned
from bot.event_loop import run_async
from bot.model.actor_changes import ActorChange
from bot.model.reports import EVERYWHERE, HOST
from bot.services.actor_changes import (
    actor_changes_of,
    hide_actor,
    merge_actors,
    rename_actor,
    split_actor,
    stored_actors,
    undo_actor_change,
)
from bot.services.engine import Services

T = TypeVar("T")

group = typer.Typer(
    cls=PlainErrors,
    help="Put right who is who, for all servers: merge, split, rename and hide actors, and undo it. Actors are "
    "named by their numbers, which `actors find` shows; write -- before a negative one, which a split made.",
    no_args_is_help=True,
)

Number = Annotated[int, typer.Argument(metavar="ACTOR", help="The number of the actor.")]


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(group, name="actors")


@group.command()
def find(name: Annotated[str, typer.Argument(help="A name, or the beginning of one.")]) -> None:
    """Show actors with their numbers, those with the most claims first."""
    for one in _asked(lambda services: stored_actors(services, name)):
        role = f" · {cleaned(one.role)}" if one.role else ""
        say(f"{one.actor_id} · {cleaned(one.name)}{role}")


@group.command()
def merge(
    actor: Number, into: Annotated[int, typer.Argument(help="The number of the actor that stays, with its name.")]
) -> None:
    """Show two actors as one, under the name of the second."""
    _tell(_asked(lambda services: merge_actors(services, EVERYWHERE, actor, into, HOST)))


@group.command()
def split(
    actor: Number,
    name: Annotated[str, typer.Argument(help="What the other actor is called.")],
    article: Annotated[
        list[int], typer.Option(help="An article in which it is the other one. Give it repeatedly.")
    ],
) -> None:
    """Make an actor somebody else in some articles, whose numbers are in said --json."""
    change = _asked(lambda services: split_actor(services, EVERYWHERE, actor, article, name, HOST))
    say(f"The new actor is {change.becomes}.")
    _tell(change)


@group.command()
def rename(actor: Number, name: Annotated[str, typer.Argument(help="What it is called from now on.")]) -> None:
    """Show an actor under another name. Its former names still find it."""
    _tell(_asked(lambda services: rename_actor(services, EVERYWHERE, actor, name, HOST)))


@group.command()
def hide(actor: Number) -> None:
    """Show nothing that an actor says."""
    _tell(_asked(lambda services: hide_actor(services, EVERYWHERE, actor, HOST)))


@group.command("list")
def list_changes() -> None:
    """List what was changed for all servers, the newest first."""
    changes = _asked(lambda services: actor_changes_of(services, EVERYWHERE))
    for change in changes:
        say(f"{change.id} · {change.changed_at:%Y-%m-%d} · {_in_words(change)}")
    if not changes:
        say("Nothing was changed for all servers.")


@group.command()
def undo(
    change: Annotated[int | None, typer.Argument(help="The number of the change; without it, the newest.")] = None,
) -> None:
    """Take back a change that was made for all servers."""
    undone = _asked(lambda services: undo_actor_change(services, EVERYWHERE, change))
    say(f"Undone: {_in_words(undone)}")


def _asked(ask: Callable[[Services], Awaitable[T]]) -> T:
    """Return what the services answer."""

    async def answered() -> T:
        async with open_services(quiet_settings()) as services:
            return await ask(services)

    return run_async(answered())


def _tell(change: ActorChange) -> None:
    say(f"{_in_words(change)}, for all servers. To take it back: actors undo {change.id}")


def _in_words(change: ActorChange) -> str:
    return cleaned(in_words(change).replace("**", ""))
