"""An extraction as it is printed: for people, and as JSON."""

import json
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.json_rows import ExtractionRow
from bot.delivery.claim_rows import as_json
from bot.delivery.claims import TAKEN_BACK, UNKNOWN_SPEAKER, as_told_by, badges, shown_role_of
from bot.delivery.escape import cleaned
from bot.delivery.readable import shown_words
from bot.model.claims import Claim, Extraction, Wording
from bot.text.language import language_name


def json_line(row_id: Any, found: Extraction) -> str:
    """Return one row of output: JSON on one line."""
    value = as_json(ExtractionRow.of(row_id, found))
    line = json.dumps(value, ensure_ascii=False)
    return line if line.isascii() or line.isprintable() else json.dumps(value)


def extraction_view(text: str, found: Extraction, title: str | None = None) -> RenderableType:
    """Return actors and claims for people: a table of actors, then each actor's claims, key actors first."""
    parts: list[RenderableType] = []
    if title:
        parts.append(Text(cleaned(title), style="bold underline"))
    if not found.claims:
        parts.append(Text("No claims found." if text.strip() else "No claims found. The text is empty."))
    if found.left_out:
        languages = ", ".join(sorted({language_name(part.language) for part in found.left_out}))
        parts.append(Text(f"Left out because it is not in English: text in {languages}.", style="dim"))
    if found.actors:
        parts.append(_actor_table(found))
    for name in [*(actor.name for actor in found.actors), None]:
        claims = [claim for claim in found.claims if claim.actor == name]
        if claims:
            heading = (
                Text(f"\n{cleaned(name)}", style="bold")
                if name
                else Text(f"\n{UNKNOWN_SPEAKER}", style="italic bold")
            )
            parts += [heading, *(_claim_view(claim, text) for claim in claims)]
    return Group(*parts)


def _actor_table(found: Extraction) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("Actor", "Type", "Role", "Also called"):
        table.add_column(column, overflow="fold")
    table.add_column("Claims", justify="right")
    for actor in found.actors:
        count = sum(claim.actor == actor.name for claim in found.claims)
        table.add_row(
            Text(cleaned(actor.name), style="bold" if count else ""),
            actor.type.value,
            Text(cleaned(shown_role_of(actor.name, actor.role))),
            Text(cleaned(", ".join(actor.aliases))),
            str(count),
        )
    return table


def _claim_view(claim: Claim, text: str) -> Text:
    """Return one claim: verbatim words in quotation marks, a paraphrase after ≈, then cue, labels, confidence."""
    meant = text[slice(*claim.refers_to)].strip(" ,") if claim.refers_to else None
    words = shown_words(" … ".join(text[start:end] for start, end in claim.content), claim.verbatim, meant)
    view = Text("  ")
    view.append(f"“{words}”" if claim.verbatim is Wording.VERBATIM else f"≈ {words}")
    cue = cleaned(" … ".join(text[start:end] for start, end in claim.cue))
    labels = [
        *([cue] if any(map(str.isalnum, cue)) else []),
        *_speech(claim, text),
        *badges(claim.shown_kind, claim.verbatim),
        f"{claim.confidence:.0%}",
    ]
    view.append(f"\n    {' · '.join(labels)}", style="dim italic")
    return view


def _speech(claim: Claim, text: str) -> list[str]:
    """Return to whom and when a claim was made, and whether it is hedged, as far as the text says so."""
    found = []
    if claim.addressee:
        found.append("to " + cleaned(text[slice(*claim.addressee)]))
    if claim.time:
        found.append(cleaned(text[slice(*claim.time)]))
    if claim.due:
        found.append(cleaned(text[slice(*claim.due)]))
    if claim.hedged:
        found.append("hedged")
    if claim.taken_back:
        found.append(TAKEN_BACK)
    tellers = [
        teller.actor or cleaned(" … ".join(text[start:end] for start, end in teller.source))
        for teller in claim.told_by
    ]
    if tellers:
        found.append(as_told_by(tellers))
    return found
