"""The evidence of a claim: its sentences in context, with source, cue and content marked."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from bot.delivery.claims import also_in, heading, outlet_link, speech_details, timestamp
from bot.delivery.escape import escaped, safe_url
from bot.delivery.follow_buttons import follow_button
from bot.delivery.message_parts import ACCENT, button_row, link_button, page_button
from bot.languages.translations import N_, _, pgettext
from bot.model.claims import Evidence
from bot.text.clipping import ELLIPSIS, clip, length

_TEXT_LIMIT = 3_000
_CONTEXT_STEP = 200
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
LEGEND = N_("**bold**: what was said · __underlined__: who · *italic*: the reporting words")


class Mark(Enum):
    """The role of a run in an excerpt. The value is the markup around it."""

    NONE = ""
    CONTENT = "**"
    SOURCE = "__"
    CUE = "*"


def marked_runs(evidence: Evidence) -> Iterator[tuple[Mark, str]]:
    """Yield the runs of the excerpt in order. If spans overlap, source wins over cue, and cue over content."""
    marks = [Mark.NONE] * len(evidence.text)
    for mark, spans in (
        (Mark.CONTENT, evidence.content),
        (Mark.CUE, evidence.cue),
        (Mark.SOURCE, evidence.source),
    ):
        for start, end in spans:
            for at in range(max(0, start), min(end, len(marks))):
                marks[at] = mark
    begin = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at] is not marks[begin]:
            yield marks[begin], evidence.text[begin:at]
            begin = at


def marked_text(evidence: Evidence, limit: int = _TEXT_LIMIT) -> str:
    """Return the excerpt as markup of at most `limit` units, with its paragraphs."""
    out = ELLIPSIS + " " if evidence.cut_before else ""
    cut = evidence.cut_after
    for mark, run in marked_runs(evidence):
        piece = _run(mark, run)
        if length(out) + length(piece) > limit - 2:
            room = limit - length(out) - 2 * len(mark.value) - 3
            core = clip(escaped(run), room) if room > 20 else ""
            out = f"{out.rstrip()} {mark.value}{core}{mark.value}" if core else out.rstrip()
            cut = not core
            break
        if out.endswith(("*", "_")) and mark is not Mark.NONE and piece.startswith(mark.value):
            # two adjacent marks would merge into one
            out += "\u200b"
        out += piece
    return out.strip() + (" " + ELLIPSIS if cut else "")


def _run(mark: Mark, run: str) -> str:
    """Return one run as markup, with surrounding white space outside its marks."""
    if mark is Mark.NONE:
        paragraphs = _PARAGRAPH.split(run)
        body = "\n\n".join(escaped(paragraph) for paragraph in paragraphs)
    else:
        body = escaped(run)
        body = f"{mark.value}{body}{mark.value}" if body else ""
    before = " " if run[:1].isspace() and not body.startswith("\n") else ""
    after = " " if run[-1:].isspace() and not body.endswith("\n") and body else ""
    return before + body + after


def evidence_embed(evidence: Evidence) -> dict[str, Any]:
    """Return the embed that shows `evidence`: linked title, who, the marked sentences, outlet and date."""
    claim = evidence.claim
    others = also_in(claim.outlet, claim.also_in)
    who = heading(claim)
    if details := speech_details(claim):
        who += f"\n-# {escaped(' · '.join(details))}"
    description = "\n\n".join(
        (
            who,
            marked_text(evidence, _TEXT_LIMIT - length(others)),
            f"-# {outlet_link(claim.outlet, claim.url)} · {timestamp(claim.published_at, 'f')}{others}\n"
            f"-# {_(LEGEND)}",
        )
    )
    embed: dict[str, Any] = {
        "title": clip(escaped(claim.title), 256) or _("Untitled article"),
        "description": description,
        "color": ACCENT,
    }
    if url := safe_url(claim.url):
        embed["url"] = url
    return embed


def evidence_message(evidence: Evidence) -> dict[str, Any]:
    """Return the message that answers an Evidence button: the embed and its buttons."""
    return {"embeds": [evidence_embed(evidence)], "components": button_row(_further(evidence))}


def digest_evidence_message(evidence: Evidence, nonce: str, page: int, pages: int) -> dict[str, Any]:
    """Return one page of the evidence of a digest message. Pages count from 0 and show one claim each."""
    embed = evidence_embed(evidence) | {"footer": _place(page, pages)}
    return {
        "embeds": [embed],
        "components": [*button_row(_turns(nonce, page, pages)), *button_row(_further(evidence))],
    }


def missing_evidence_message(reason: str, nonce: str, page: int, pages: int) -> dict[str, Any]:
    """Return a page that says why a claim cannot be shown, with buttons to the others."""
    embed = {"description": escaped(reason), "color": ACCENT, "footer": _place(page, pages)}
    return {"embeds": [embed], "components": button_row(_turns(nonce, page, pages))}


def _place(page: int, pages: int) -> dict[str, str]:
    return {"text": _("Claim {number} of {count} in this message", number=page + 1, count=pages)}


def _turns(nonce: str, page: int, pages: int) -> list[dict[str, Any]]:
    """Return the buttons to the previous and next claims, if there are any."""
    if pages <= 1:
        return []
    return [
        page_button(
            pgettext("button", "Previous"), f"hearsay:digest:{nonce}:{max(0, page - 1)}", disabled=page <= 0
        ),
        page_button(pgettext("button", "Next"), f"hearsay:digest:{nonce}:{page + 1}", disabled=page + 1 >= pages),
    ]


def _further(evidence: Evidence) -> list[dict[str, Any]]:
    """Return the buttons for the wordings of other outlets, for reporting the claim, and for the article."""
    links = link_button(pgettext("button", "Read the article"), evidence.claim.url)
    wordings = page_button(pgettext("button", "Wording by outlet"), f"hearsay:wordings:{evidence.claim.id}")
    wrong = page_button(pgettext("button", "Wrong?"), f"hearsay:wrong:{evidence.claim.id}")
    follow = [follow_button("claim", evidence.claim.id)] if evidence.claim.actor else []
    return [wordings, wrong, *follow, *([links] if links else [])]
