"""The answer to "was this said?": word for word, changed with the differences, or not found."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.answers import evidence_select, export_button
from bot.delivery.claims import also_in, heading, outlet_link, timestamp
from bot.delivery.escape import escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT, button_row
from bot.languages.translations import N_, _, ngettext
from bot.model.claims import ClaimRecord, Wording
from bot.text.clipping import clip

_WORDS_LIMIT = 600
SAME, ADDED, LEFT_OUT, AROUND = "same", "added", "left out", "around"
LEGEND = N_("__underlined__: the same · **+ bold**: only in what you wrote · ~~− struck~~: left out of it")

Pieces = Sequence[tuple[str, str]]
"""Runs of words, each with what happened to it: SAME, ADDED, LEFT_OUT, or AROUND the words."""


def check_message(
    words: str, found: Sequence[tuple[ClaimRecord, Pieces, bool]], feeds: int, query_id: int | None = None
) -> dict[str, Any]:
    """Return the answer for the words that were checked.

    `found` are claims with their differences, and whether a negation differs. `feeds` is the server's number of
    feeds. With the id of a stored query, the claims can be exported.
    """
    asked = _("You asked about “{words}”.", words=clip(escaped(words), 300))
    if not found:
        told = _(
            "{asked}\n\nNobody is reported to have said this, or anything like it, in what this "
            "server reads ({feeds}). It may have been said elsewhere, or earlier.",
            asked=asked,
            feeds=ngettext("{count} feed", "{count} feeds", feeds),
        )
        return {"embeds": [_embed(_("Not found"), told)], "components": []}
    parts = [asked, *(_found(number, *one) for number, one in enumerate(found, 1))]
    if any(_differs(pieces) for _, pieces, _ in found):
        parts.append(f"-# {_(LEGEND)}")
    title = _title(*found[0][:2])
    export = [export_button(query_id)] if query_id else []
    return {
        "embeds": [_embed(title, "\n\n".join(parts))],
        "components": [*evidence_select([claim for claim, _, _ in found]), *button_row(export)],
    }


def _differs(pieces: Pieces) -> bool:
    return any(change in (ADDED, LEFT_OUT) for change, _ in pieces)


def _title(claim: ClaimRecord, pieces: Pieces) -> str:
    if _differs(pieces):
        return _("Said like this, but not in these words")
    if claim.verbatim is Wording.VERBATIM:
        return _("Said, word for word")
    return _("Reported in these words, but not as a quotation")


def _found(number: int, claim: ClaimRecord, pieces: Pieces, turned: bool) -> str:
    sign = ">" if claim.verbatim is Wording.VERBATIM else "≈"
    lines = [f"`{number}` {heading(claim)}", f"{sign} {clip(_marked(pieces), _WORDS_LIMIT)}"]
    if turned:
        lines.append("⚠️ " + _("A negation differs: that turns the meaning round."))
    printed = f"-# {outlet_link(claim.outlet, claim.url)} · {timestamp(claim.published_at, 'D')}"
    return "\n".join([*lines, printed + also_in(claim.outlet, claim.also_in)])


def _marked(pieces: Pieces) -> str:
    """Return the words with their differences marked by a sign and a style, so that neither is needed alone."""
    marks = {SAME: "__{}__", ADDED: "**+ {}**", LEFT_OUT: "~~− {}~~", AROUND: "{}"}
    return " ".join(marks[change].format(escaped(words)) for change, words in pieces)


def _embed(title: str, text: str) -> dict[str, Any]:
    return {"title": title, "description": clip(text, DESCRIPTION_LIMIT), "color": ACCENT}
