"""Digests, pages of claims and evidence for a terminal, as rich renderables that are never parsed as markup."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.delivery.claims import (
    UNKNOWN_SPEAKER,
    ShownClaim,
    labels,
    other_outlets,
    printed_by,
    shown_role_of,
    speech_details,
)
from bot.delivery.digest_parts import digest_summary, digest_title
from bot.delivery.escape import cleaned
from bot.delivery.evidence import Mark, marked_runs
from bot.delivery.readable import shown_report, shown_words
from bot.model.articles import Printing
from bot.model.claims import ClaimRecord, Evidence, Wording
from bot.model.digests import Digest, DigestClaim, DigestStory
from bot.model.queries import ClaimPage, ClaimQuery
from bot.text.clipping import ELLIPSIS

_STYLES = {Mark.NONE: "", Mark.CONTENT: "bold", Mark.SOURCE: "underline", Mark.CUE: "italic"}


def digest_renderable(digest: Digest) -> RenderableType:
    """Return `digest` for a terminal: a header, and a panel for each story."""
    header = Text(digest_title(digest), style="bold")
    header.append(f"\n{digest_summary(digest)}.", style="not bold dim")
    return Group(header, *(_story(story) for story in digest.stories))


def claim_page_renderable(page: ClaimPage, query: ClaimQuery, first: int = 1) -> RenderableType:
    """Return found claims for a terminal, numbered from `first`, or a sentence if there are none."""
    asked = _asked_for(query)
    if not page.claims:
        return Text(f"No claims found{asked}.")
    shown = f"{first} to {first + len(page.claims) - 1} of {'more than ' * page.more}{page.total}"
    header = Text(f"Claims{asked} ({shown}):", style="bold")
    return Group(header, *(_found(claim, number) for number, claim in enumerate(page.claims, first)))


def evidence_renderable(evidence: Evidence) -> RenderableType:
    """Return `evidence` for a terminal: the sentences in context with content, source and cue marked."""
    claim = evidence.claim
    text = _heading(claim)
    if details := speech_details(claim):
        text.append("\n" + " · ".join(details), style="not bold dim")
    text.append("\n\n" + (ELLIPSIS + " " if evidence.cut_before else ""))
    for mark, run in marked_runs(evidence):
        before, after = run[:1].isspace(), run[-1:].isspace()
        text.append((" " if before else "") + cleaned(run), style=_STYLES[mark])
        text.append(" " if after and cleaned(run) else "")
    text.append((" " + ELLIPSIS if evidence.cut_after else "") + "\n\n")
    outlets = cleaned(claim.outlet) + _also_in(claim.outlet, claim.also_in)
    text.append(f"{outlets} · {claim.published_at:%d %B %Y %H:%M} UTC\n", style="dim")
    text.append(cleaned(claim.url), style="dim")
    title = Text(cleaned(claim.title), style="bold", no_wrap=True, overflow="ellipsis")
    return Panel(text, title=title, title_align="left")


def _story(story: DigestStory) -> RenderableType:
    parts: list[Text] = []
    if story.actors:
        parts.append(Text("Key actors: " + ", ".join(map(cleaned, story.actors)), style="dim"))
    for merged in story.shown_claims:
        claim = merged.claim
        text = _heading(claim)
        text.append("\n").append_text(_words(claim.content, claim))
        text.append(f"\n{cleaned(claim.outlet)}{_also_in(claim.outlet, printed_by(merged))}", style="dim")
        parts.append(text)
    outlets = ", ".join(cleaned(article.outlet) for article in (story.lead, *story.others))
    if story.claims_left_out:
        outlets += f" · {story.claims_left_out} more claims"
    parts.append(Text(f"{outlets}\n{cleaned(story.lead.url)}", style="dim"))
    name = ("Update · " if story.is_update else "") + cleaned(story.lead.title)
    title = Text(name, style="bold", no_wrap=True, overflow="ellipsis")
    return Panel(Text("\n\n").join(parts), title=title, title_align="left")


def _found(claim: ClaimRecord, number: int) -> Text:
    text = Text(f"\n{number}. ").append_text(_heading(claim))
    text.append("\n   ").append_text(_words(claim.content_text, claim))
    outlets = cleaned(claim.outlet) + _also_in(claim.outlet, claim.also_in)
    text.append(f"\n   {outlets} · {claim.published_at:%d %B %Y}", style="dim")
    text.append(f" · {cleaned(claim.title)}\n   {cleaned(claim.url)}", style="dim")
    return text


def _heading(claim: ShownClaim) -> Text:
    name = cleaned(claim.actor or "")
    text = Text(name, style="bold") if name else Text(UNKNOWN_SPEAKER, style="italic")
    if name and (shown_role := shown_role_of(name, claim.role)):
        text.append(f" ({shown_role})", style="not bold")
    for label in labels(claim):
        text.append(f" · {label}", style="not bold italic")
    return text


def _words(content: str, claim: ShownClaim) -> Text:
    if claim.verbatim is Wording.VERBATIM:
        return Text(f"“{shown_words(content, claim.verbatim)}”", style="not bold not italic")
    cue = claim.cue if isinstance(claim, DigestClaim) else claim.cue_text
    shown, words = shown_report(cue, content, claim.verbatim, claim.refers_to)
    text = Text("≈ ", style="not bold not italic")
    return text.append(f"{shown} " if shown else "", style="italic").append(words)


def _also_in(outlet: str, others: Sequence[DigestClaim | Printing]) -> str:
    named = [cleaned(other.outlet) for other in other_outlets(outlet, others)]
    return f" · also in {', '.join(named)}" if named else ""


def _asked_for(query: ClaimQuery) -> str:
    asked = f" by {cleaned(query.actor)}" if query.actor else ""
    asked += f" about “{cleaned(query.topic)}”" if query.topic else ""
    asked += f" since {query.since:%d %B %Y}" if query.since else ""
    return asked + (f" until {query.until:%d %B %Y}" if query.until else "")
