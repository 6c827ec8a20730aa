"""Changes to actors, in sentences, and the lists to choose from."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.escape import cleaned, escaped
from bot.delivery.message_parts import ACCENT, button_row, page_button, select_row
from bot.languages.translations import _, ngettext, pgettext
from bot.model.actor_changes import ActorChange, ActorChangeKind, ActorChoice, ArticleWithActor
from bot.text.clipping import clip

UNDO_ID, SPLIT_ID = "hearsay:actor-undo", "hearsay:actor-split"
LISTED = 20
_NAME = 100


def choice_label(choice: ActorChoice) -> str:
    """Return a label that tells an actor from others in a list: the name and the last role."""
    name = clip(cleaned(choice.name), _NAME) or "…"
    return f"{name} · {cleaned(choice.role)}" if choice.role and choice.role.strip() else name


def changed_message(change: ActorChange, former: str) -> dict[str, Any]:
    """Return the message about a change just made to an actor formerly called `former`, with Undo."""
    told = _told_now(change, former)
    kept = _("It holds for this server, from now on; what was posted stays as it is.")
    button = page_button(pgettext("button", "Undo"), f"{UNDO_ID}:{change.id}")
    return {"content": f"{told}\n{kept}", "embeds": [], "components": button_row([button])}


def undone(change: ActorChange) -> str:
    """Return the sentence that says what was undone."""
    name = bold(change.name)
    match change.kind:
        case ActorChangeKind.MERGE:
            return _("Undone: what was merged into {name} is an actor of its own again.", name=name)
        case ActorChangeKind.SPLIT:
            return _("Undone: {name} is part of the actor from which it was split again.", name=name)
        case ActorChangeKind.RENAME:
            return _("Undone: the actor is not called {name} any more.", name=name)
        case ActorChangeKind.HIDE:
            return _("Undone: what {name} says is shown again.", name=name)


def changes_message(changes: Sequence[ActorChange]) -> dict[str, Any]:
    """Return the list of a server's changes, the newest first."""
    lines = [f"`{change.id}` {in_words(change)}" for change in changes[:LISTED]]
    if (more := len(changes) - LISTED) > 0:
        lines.append(ngettext("… and {count} earlier change", "… and {count} earlier changes", more))
    nothing = _("Nothing. Every actor is shown as articles have it.")
    text = "\n".join(lines) or nothing
    embed = {"title": _("Changed actors"), "description": clip(text, 4_000), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def in_words(change: ActorChange) -> str:
    """Return a change as an entry of a list."""
    name = bold(change.name)
    match change.kind:
        case ActorChangeKind.MERGE:
            return _("Merged into {name}", name=name)
        case ActorChangeKind.SPLIT:
            return ngettext(
                "{name} in {count} article", "{name} in {count} articles", len(change.article_ids), name=name
            )
        case ActorChangeKind.RENAME:
            return _("Called {name}", name=name)
        case ActorChangeKind.HIDE:
            return _("Hidden: {name}", name=name)


def split_message(name: str, articles: Sequence[ArticleWithActor], number: int, new_name: str) -> dict[str, Any]:
    """Return the question in which articles an actor is somebody else. `number` is the id of the stored offer."""
    question = _(
        "In which of these articles is {name} somebody else? In those the actor is called {new_name} from now on.",
        name=bold(name),
        new_name=bold(new_name),
    )
    options = [
        {
            "label": clip(cleaned(one.title), 100) or _("Untitled article"),
            "value": str(one.article_id),
            "description": clip(cleaned(one.outlet), 100) or "…",
        }
        for one in articles[:25]
    ]
    select = select_row(
        f"{SPLIT_ID}:{number}", pgettext("placeholder", "Choose the articles"), options, most=len(options)
    )
    return {"content": question, "embeds": [], "components": select}


def bold(name: str | None) -> str:
    """Return a name as markup."""
    return f"**{escaped(clip(cleaned(name or ''), _NAME)) or '…'}**"


def _told_now(change: ActorChange, former: str) -> str:
    old, new = bold(former), bold(change.name)
    match change.kind:
        case ActorChangeKind.MERGE:
            return _("{old} and {new} are one actor now, called {new}.", old=old, new=new)
        case ActorChangeKind.SPLIT:
            return ngettext(
                "In {count} article {old} is another actor now, called {new}.",
                "In {count} articles {old} is another actor now, called {new}.",
                len(change.article_ids),
                old=old,
                new=new,
            )
        case ActorChangeKind.RENAME:
            return _("{old} is called {new} now. Both names find the actor.", old=old, new=new)
        case ActorChangeKind.HIDE:
            return _("Nothing that {old} says is shown any more.", old=old)
