"""Answers to questions as messages for Discord: claims by article, in pages, within all its limits."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.delivery.claims import UNKNOWN_SPEAKER, also_in, content_line, heading, outlet_link, timestamp
from bot.delivery.digest_parts import UNTITLED, local_moment
from bot.delivery.escape import cleaned, escaped, link
from bot.delivery.follow_buttons import follow_button
from bot.delivery.message_parts import (
    ACCENT,
    DESCRIPTION_LIMIT,
    button_row,
    page_button,
    select_row,
)
from bot.languages.translations import N_, NP_, _, ngettext, pgettext
from bot.model.claims import ClaimRecord, Kind, Wording
from bot.model.queries import NOT_KEPT, ClaimPage, ClaimQuery, Sort
from bot.text.clipping import clip, length

CLAIMS_A_PAGE = 5
"""How many claims a page shows: more do not fit on the screen of a phone."""
EVIDENCE_SELECT = "hearsay:evidence"
EVIDENCE_PLACEHOLDER = NP_("placeholder", "Show the evidence of a claim")
PAGES_LISTED = 25
_GENEROSITY = ((400, 1_000, 120), (280, 300, 80), (160, 150, 50))
"""Units for the words, the address and the names of each claim on a page. The first set that fits is used."""
_WORDINGS = {
    Wording.VERBATIM: N_("in exact words"),
    Wording.PARAPHRASED: N_("paraphrased"),
    Wording.MIXED: N_("partly quoted"),
}
_KINDS = {
    Kind.STATEMENT: N_("that are statements"),
    Kind.DENIAL: N_("that are denials"),
    Kind.QUESTION: N_("that are questions"),
    Kind.DEMAND: N_("that are demands"),
    Kind.OPINION: N_("that are opinions"),
    Kind.PREDICTION: N_("that are predictions"),
    Kind.PROMISE: N_("that are promises"),
}


def said_message(
    page: ClaimPage,
    query: ClaimQuery,
    *,
    query_id: int,
    number: int = 0,
    of: int | None = None,
    timezone: str = "UTC",
    shared: bool = False,
) -> dict[str, Any]:
    """Return the message that answers a question: page `number` (from 0) of `of`.

    `page` holds the claims of that page, at most five. `of` is computed from its total by default; a larger number
    makes the next page available. An answer that is not `shared` yet has a button for that. Days are those in
    `timezone`.
    """
    pages = of if of is not None else pages_of(page.total) + page.more
    return {
        "embeds": [claim_page_embed(page, query, number, pages, timezone)],
        "components": claim_page_components(
            page,
            query_id,
            number,
            pages,
            shared=shared,
            followed=bool(query.actor or query.topic or query.outlet),
        ),
    }


def pages_of(total: int) -> int:
    """Return how many pages `total` claims fill; at least one."""
    return max(1, -(-total // CLAIMS_A_PAGE))


def claim_page_embed(
    page: ClaimPage, query: ClaimQuery, number: int, of: int, timezone: str = "UTC"
) -> dict[str, Any]:
    """Return the embed of page `number` (from 0) of `of`. If nothing was found, it says so."""
    asked = asked_for(query, timezone)
    if not page.claims:
        return {"description": _("No claims found{asked}.", asked=asked) + hint(query), "color": ACCENT}
    opening = _("Claims{asked}:", asked=asked) if asked else _("The latest claims:")
    if query.misspelt:
        opening = f"{no_such_actor(query.misspelt, 100)} {opening}"
    claims = page.claims[:CLAIMS_A_PAGE]
    room = DESCRIPTION_LIMIT - length(opening) - 2
    total = claims_counted(page.total)
    footer = f"{page_in_words(number, of)} · {total}" if of > 1 else total
    if page.more:
        footer = _("Page {number}", number=number + 1) + " · " + _("more than {claims}", claims=total)
    return {
        "title": _("Who said what"),
        "description": f"{opening}\n\n{claims_by_article(claims, number * CLAIMS_A_PAGE + 1, room)}",
        "color": ACCENT,
        "footer": {"text": footer},
    }


def page_in_words(number: int, of: int) -> str:
    """Return the position of a page: "Page 2 of 3". `number` counts from 0."""
    return _("Page {number} of {count}", number=number + 1, count=of)


def claims_counted(total: int) -> str:
    """Return a number of claims: "3 claims"."""
    return ngettext("{count} claim", "{count} claims", total)


def no_such_actor(typed: str, limit: int) -> str:
    """Return the message that nobody has the name that somebody typed."""
    return _("No actor here is called “{name}”.", name=clip(escaped(typed), limit))


def claims_by_article(claims: Sequence[ClaimRecord], first: int, room: int) -> str:
    """Return claims as markup of at most `room` units, numbered from `first`.

    Adjacent claims from one article stand under its headline, which is shown once with outlet and date.
    """
    shown = ""
    for words, url, names in _GENEROSITY:
        parts = []
        numbered = enumerate(claims, first)
        for _article, some in groupby(numbered, key=lambda pair: pair[1].article_id):
            group = list(some)
            parts.append(_article_lines(group[0][1], url, names))
            parts += [found_claim(claim, number, words, names=names) for number, claim in group]
        shown = "\n".join(parts).strip()
        if length(shown) <= room:
            return shown
    return clip(shown, room)


def _article_lines(claim: ClaimRecord, longest_url: int, names: int) -> str:
    title = clip(cleaned(claim.title), names) or _(UNTITLED)
    printed = f"-# {outlet_link(claim.outlet, claim.url, longest_url)} · {timestamp(claim.published_at, 'D')}"
    printed += also_in(claim.outlet, claim.also_in, longest_url)
    return f"\n**{link(title, claim.url, longest_url=longest_url)}**\n{printed}"


def found_claim(claim: ClaimRecord, number: int, limit: int, *, names: int) -> str:
    """Return a claim as markup: number, who, and the words. `limit` bounds the words, `names` bounds name and
    role.
    """
    return "\n".join(
        (
            f"`{number}` {heading(claim, limit=names)}",
            content_line(claim.content_text, claim.verbatim, limit, claim.cue_text, refers_to=claim.refers_to),
        )
    )


def claim_page_components(
    page: ClaimPage, query_id: int, number: int, of: int, *, shared: bool = False, followed: bool = False
) -> list[dict[str, Any]]:
    """Return the controls of a page of claims, numbered through all pages."""
    claims = page.claims[:CLAIMS_A_PAGE]
    first = number * CLAIMS_A_PAGE + 1
    return answer_components(claims, first, query_id, number, of, shared=shared, followed=followed)


def answer_components(
    claims: Sequence[ClaimRecord],
    first: int,
    query_id: int,
    number: int,
    of: int,
    *,
    shared: bool,
    followed: bool = False,
) -> list[dict[str, Any]]:
    """Return the controls of a page: evidence of a claim, neighbouring pages, any page, and sharing.

    `first` is the number shown with the first of `claims`. What was asked for can be `followed`.
    """
    buttons = answer_buttons(query_id, number, of, shared=shared or not claims, followed=followed and bool(claims))
    rows = [*evidence_select(claims, first), *buttons]
    return [*rows, *_page_select(query_id, number, of)]


def answer_buttons(
    query_id: int, number: int, of: int, *, shared: bool, followed: bool = False
) -> list[dict[str, Any]]:
    """Return the row of buttons of page `number` (from 0) of `of`: pages; share and export, unless `shared`.

    With `followed`, there is a button to follow what was asked for. A question that is NOT_KEPT has no buttons.
    """
    if query_id == NOT_KEPT:
        return []
    buttons = []
    if of > 1:
        buttons = [
            page_button(
                pgettext("button", "◀ Previous"),
                f"hearsay:said:{query_id}:{max(0, number - 1)}:prev",
                disabled=number <= 0,
            ),
            page_button(
                pgettext("button", "Next ▶"),
                f"hearsay:said:{query_id}:{number + 1}:next",
                disabled=number + 1 >= of,
            ),
        ]
    if not shared:
        buttons.append(page_button(pgettext("button", "Share"), f"hearsay:share:{query_id}:{number}"))
        buttons.append(export_button(query_id))
    if followed:
        buttons.append(follow_button("query", query_id))
    return button_row(buttons)


def export_button(query_id: int) -> dict[str, Any]:
    """Return the button that exports an answer as a file."""
    return page_button(pgettext("button", "Export"), f"hearsay:export:{query_id}")


def evidence_select(
    claims: Sequence[ClaimRecord], first: int | None = 1, *, custom_id: str = EVIDENCE_SELECT
) -> list[dict[str, Any]]:
    """Return a select, as components, that shows the evidence of one of `claims` (at most 25, each once).

    `first` is the number shown with the first of them; None if the message shows no numbers. `custom_id` replaces
    the usual id, which is for claims of a server's articles.
    """
    options = [
        {
            "label": clip(
                f"{number} · " * (first is not None) + (cleaned(claim.actor or "") or _(UNKNOWN_SPEAKER)), 100
            ),
            "value": str(claim.id),
            "description": clip(cleaned(claim.content_text), 100) or "…",
        }
        for number, claim in enumerate({claim.id: claim for claim in claims}.values(), first or 1)
    ]
    return select_row(custom_id, pgettext("placeholder", EVIDENCE_PLACEHOLDER), options[:25])


def _page_select(query_id: int, number: int, of: int) -> list[dict[str, Any]]:
    """Return a select of pages, if there are more than the buttons reach; of very many, it lists those nearby."""
    if of <= 3 or query_id == NOT_KEPT:
        return []
    start = max(0, min(number - PAGES_LISTED // 2, of - PAGES_LISTED))
    pages = range(start, min(of, start + PAGES_LISTED))
    options = [{"label": page_in_words(page, of), "value": str(page)} for page in pages]
    return select_row(
        f"hearsay:page:{query_id}",
        pgettext("placeholder", "Page {number} of {count}: go to …", number=number + 1, count=of),
        options,
    )


def asked_for(query: ClaimQuery, timezone: str = "UTC") -> str:
    """Return the question in escaped words: " by Elena Marsh about “the dam” since Friday, 3 July 2026"."""
    asked: list[str] = []
    if actor := clip(escaped(query.actor or ""), 100):
        asked.append(_("by **{actor}**", actor=actor))
    if topic := clip(escaped(query.topic or ""), 100):
        asked.append(_("about “{topic}”", topic=topic))
    if outlet := clip(escaped(query.outlet or ""), 100):
        asked.append(_("in {outlet}", outlet=outlet))
    if query.kind is not None:
        asked.append(_(_KINDS[query.kind]))
    if query.wording is not None:
        asked.append(_(_WORDINGS[query.wording]))
    if query.since is not None:
        asked.append(_("since {day}", day=local_moment(query.since, timezone)))
    if query.until is not None:
        asked.append(_("until {day}", day=local_moment(query.until, timezone)))
    words = "".join(f" {one}" for one in asked)
    return words + (_(", the most relevant first") if query.sort is Sort.RELEVANT else "")


def hint(query: ClaimQuery) -> str:
    """Return advice on how to find more."""
    if query.since or query.until or query.outlet or query.kind or query.wording:
        return "\n-# " + _("Leave out an option to find more.")
    return ""
