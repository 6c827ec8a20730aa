"""Reported claims as messages for those who decide about them: readers' reports, the evidence, and buttons."""

from collections.abc import Sequence
from typing import Any

from bot.delivery.claims import UNKNOWN_SPEAKER, timestamp
from bot.delivery.escape import cleaned, escaped, link
from bot.delivery.evidence import evidence_embed
from bot.delivery.message_parts import ACCENT, button_row, page_button
from bot.delivery.reports import FAULTS
from bot.languages.translations import N_, _, ngettext, pgettext
from bot.model.claims import Evidence
from bot.model.reports import EVERYWHERE, Decision, Report, ReviewedClaim, ReviewPage
from bot.text.clipping import clip

LISTS = {"o": Decision.OPEN, "w": Decision.WITHDRAWN, "k": Decision.KEPT}
"""The lists of claims, by the letters for them in the ids of buttons."""
_LETTERS = {decision: letter for letter, decision in LISTS.items()}
_EMPTY = {
    Decision.OPEN: N_("There is nothing to decide: no reader has reported a claim since."),
    Decision.WITHDRAWN: N_("No claim is withdrawn."),
    Decision.KEPT: N_("No reported claim was kept."),
}
_REMARK = 300


def review_message(
    page: ReviewPage, evidence: Evidence | None, shown: Decision, scope: int, *, done: str = ""
) -> dict[str, Any]:
    """Return the message with one claim of the list `shown`: readers' reports, and the possible decisions.

    `evidence` is None if its article no longer has such a claim. `done` says what was just decided.
    """
    claim = page.claim
    if claim is None:
        embed = {"title": _("Reported claims"), "description": _(_EMPTY[shown]), "color": ACCENT}
        return {"content": done, "embeds": [embed], "components": []}
    embeds = [_reports_embed(claim, page, shown)]
    embeds.append(evidence_embed(evidence) if evidence is not None else _gone_embed(claim))
    where = "a" if scope == EVERYWHERE else "g"
    rows = button_row(_decisions(claim, where, shown, page.number)) + button_row(
        _turns(page, where, shown, done=done)
    )
    return {"content": done, "embeds": embeds, "components": rows}


def _reports_embed(claim: ReviewedClaim, page: ReviewPage, shown: Decision) -> dict[str, Any]:
    lines = [_state(claim)]
    lines += [_said_by_a_reader(report) for report in claim.reports]
    if (others := claim.readers - len(claim.reports)) > 0:
        lines.append(ngettext("… and {count} earlier report", "… and {count} earlier reports", others))
    embed: dict[str, Any] = {
        "title": _title(claim.readers),
        "description": "\n".join(lines),
        "color": ACCENT,
    }
    if page.count > 1 and claim.decision is shown:
        embed["footer"] = {"text": _("Claim {number} of {count}", number=page.number + 1, count=page.count)}
    return embed


def _state(claim: ReviewedClaim) -> str:
    when = timestamp(claim.decided_at, "R") if claim.decided_at is not None else ""
    if claim.everywhere:
        return _("**Withdrawn for all servers** by whoever runs this bot. It is shown nowhere.")
    if claim.decision is Decision.WITHDRAWN:
        return _("**Withdrawn** {when}. It is not shown.", when=when)
    if claim.decision is Decision.KEPT:
        return _("**Kept** {when}. It is shown, and earlier reports do not count.", when=when)
    return _("**Open.** It is shown.")


def _title(readers: int) -> str:
    if not readers:
        return _("Decided without a report")
    return ngettext("Reported by {count} reader", "Reported by {count} readers", readers)


def _said_by_a_reader(report: Report) -> str:
    remark = f": {clip(escaped(report.remark), _REMARK)}" if report.remark.strip() else ""
    return f"- {pgettext('option', FAULTS[report.fault])}{remark} · {timestamp(report.reported_at, 'd')}"


def _gone_embed(claim: ReviewedClaim) -> dict[str, Any]:
    who = escaped(clip(cleaned(claim.actor or ""), 120)) or _(UNKNOWN_SPEAKER)
    title = link(clip(cleaned(claim.title), 200) or _("Untitled article"), claim.url)
    words = clip(escaped(claim.content), 1_500)
    gone = _("The article does not say this any more.")
    return {"description": f"**{who}**\n{words}\n-# {title}\n{gone}", "color": ACCENT}


def _decisions(claim: ReviewedClaim, where: str, shown: Decision, number: int) -> list[dict[str, Any]]:
    def button(label: str, decision: Decision, *, primary: bool = False) -> dict[str, Any]:
        custom_id = f"hearsay:decide:{where}:{claim.claim_id}:{_LETTERS[decision]}:{_LETTERS[shown]}:{number}"
        return page_button(label, custom_id, primary=primary)

    if where == "g" and claim.everywhere:
        return []
    if claim.decision is not Decision.OPEN and not (claim.decision is Decision.KEPT and shown is Decision.OPEN):
        return [button(pgettext("button", "Undo"), Decision.OPEN)]
    everywhere, here = pgettext("button", "Withdraw for all servers"), pgettext("button", "Withdraw")
    label = everywhere if where == "a" else here
    return [button(label, Decision.WITHDRAWN, primary=True), button(pgettext("button", "Keep"), Decision.KEPT)]


def _turns(page: ReviewPage, where: str, shown: Decision, *, done: str) -> Sequence[dict[str, Any]]:
    def button(label: str, number: int, tag: str, *, disabled: bool) -> dict[str, Any]:
        custom_id = f"hearsay:review:{where}:{_LETTERS[shown]}:{number}:{tag}"
        return page_button(label, custom_id, disabled=disabled)

    if done:  # the claim may have left the list: the claim now in its place is next
        return [button(pgettext("button", "Go on with the list"), page.number, "next", disabled=False)]
    if page.count <= 1:
        return []
    last = page.count - 1
    return [
        button(pgettext("button", "◀ Previous"), max(0, page.number - 1), "prev", disabled=page.number <= 0),
        button(pgettext("button", "Next ▶"), min(last, page.number + 1), "next", disabled=page.number >= last),
    ]
