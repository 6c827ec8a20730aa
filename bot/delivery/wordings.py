"""The wordings of a claim as a message: what each outlet leaves out, and what it adds."""

from typing import Any

from bot.delivery.claims import in_quotation_marks, outlet_link
from bot.delivery.escape import escaped
from bot.delivery.message_parts import ACCENT, DESCRIPTION_LIMIT
from bot.languages.translations import _, ngettext
from bot.model.claims import Wording as OwnWords
from bot.model.digests import DigestClaim
from bot.model.wordings import Part, Run, Wording, Wordings
from bot.text.clipping import clip, length

_WORDS, _CUE, _URL = 700, 80, 200
_MARKS = {Part.BOTH: "", Part.LEFT_OUT: "~~", Part.ADDED: "**"}


def wordings_message(wordings: Wordings) -> dict[str, Any]:
    """Return the message that shows the wordings side by side. If there is only one, it says so."""
    fullest = wordings.fullest
    lines = [f"{_headline(fullest)}\n{_signed(fullest, clip(escaped(fullest.content), _WORDS))}"]
    for place, other in enumerate(wordings.others):
        line = _other(other)
        if sum(length(one) + 2 for one in (*lines, line)) > DESCRIPTION_LIMIT - 160:
            lines.append(
                "-# " + ngettext("{count} more outlet", "{count} more outlets", len(wordings.others) - place)
            )
            break
        lines.append(line)
    if wordings.others:
        lines.append("-# " + _("~~struck~~: left out · **bold**: added, compared with the first"))
    else:
        lines.append("-# " + _("No other outlet of this server has this claim."))
    embed = {"title": _("Wording by outlet"), "description": "\n\n".join(lines), "color": ACCENT}
    return {"embeds": [embed], "components": []}


def _signed(claim: DigestClaim, words: str) -> str:
    """Return words with signs that tell a quotation from a paraphrase."""
    return in_quotation_marks(words) if claim.verbatim is OwnWords.VERBATIM else f"≈ {words}"


def _headline(claim: DigestClaim) -> str:
    cue = clip(escaped(claim.cue), _CUE)
    words = " · ".join([f"*{cue}*"] if cue else [])
    kind = _("verbatim") if claim.verbatim is OwnWords.VERBATIM else ""
    return " · ".join(one for one in (f"**{outlet_link(claim.outlet, claim.url, _URL)}**", words, kind) if one)


def _other(other: Wording) -> str:
    headline = _headline(other.claim) + (" · " + _("cuts the quotation") if other.cuts_quotation else "")
    text = ""
    for run in other.runs:
        piece = _run(run)
        if length(text) + length(piece) > _WORDS:
            text += " …"
            break
        text += (" " if text else "") + piece
    return f"{headline}\n{_signed(other.claim, text)}"


def _run(run: Run) -> str:
    words = escaped(clip(run.words, _WORDS // 2))
    mark = _MARKS[run.part]
    return f"{mark}{words}{mark}" if words else ""
