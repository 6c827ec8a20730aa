"""How a claim is shown: who, whether in the actor's own words, what, and where it was published.

Verbatim words have “curly marks” and are a block quote; a paraphrase has a label, follows ≈ and has no marks. The
two never look alike. An unknown speaker is shown as unknown.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from bot.delivery.escape import cleaned, escaped, link
from bot.delivery.readable import shown_report, shown_words, with_capital
from bot.languages.formats import date_in_words
from bot.languages.translations import N_, NP_, _, ngettext, pgettext
from bot.model.articles import Printing
from bot.model.claims import ClaimRecord, Kind, Wording
from bot.model.digests import DigestClaim, MergedClaim
from bot.text.clipping import clip, length, whole_sentences
from bot.text.content_words import folded
from bot.text.past_times import said_long_ago

ShownClaim = DigestClaim | ClaimRecord
UNKNOWN_SPEAKER = N_("Unknown speaker")
TAKEN_BACK = N_("taken back")
DISPUTED = N_("disputed by readers")
ALSO_IN_SHOWN = 4
"""How many other outlets of the same claim are named."""
_NAME_LIMIT = 120
_OUTLET_LIMIT = 80
_CUE_LIMIT = 60
_DETAIL_LIMIT = 80
BRIEF_CONTENT = 180
"""Longer contents are shortened in a digest, if they contain a sentence to end with (`bot.text.clipping`)."""
_BRIEF_ROLE = 40
"""Longer roles end at their first comma in a digest: "lead investigator, of the Kaveri Institute in Bengaluru"."""
_ADVERBIAL = re.compile(
    r"(?:On|In|At|Late|Early|Earlier|Later|Last|This|That|The|Over|A|Two|Three|Yesterday|Today)\b"
)
"""The first words of times that are only capitalised because they begin a sentence."""
_ALSO_IN_URL = 200
"""Another outlet is linked only if its address is no longer than this."""
_ALSO_IN_ROOM = 1_300
_ALSO_IN_WORDS = 30
"""Length of the words around the names of other outlets."""
_BADGES = {
    Kind.DENIAL: NP_("claim", "denies"),
    Kind.QUESTION: NP_("claim", "asks"),
    Kind.DEMAND: NP_("claim", "demands"),
    Kind.OPINION: NP_("claim", "opinion"),
    Kind.PREDICTION: NP_("claim", "predicts"),
    Kind.PROMISE: NP_("claim", "promises"),
}
_WORDING_LABELS = {Wording.PARAPHRASED: NP_("claim", "paraphrased"), Wording.MIXED: NP_("claim", "partly quoted")}


def badges(kind: Kind, verbatim: Wording) -> list[str]:
    """Return the labels of a claim: its kind unless it is a statement, its wording unless it is verbatim."""
    return [pgettext("claim", label) for label in (_BADGES.get(kind), _WORDING_LABELS.get(verbatim)) if label]


def labels(claim: ShownClaim, *, limit: int = _NAME_LIMIT, wording: bool = True) -> list[str]:
    """Return all labels of a claim in plain words, from "taken back" to who passed it on, and "disputed".

    Without `wording`, no label says whether these are the speaker's words.
    """
    return [
        label
        for label in (
            _(TAKEN_BACK) if claim.taken_back else "",
            clip(long_ago(claim.time), limit) if isinstance(claim, DigestClaim) else "",
            *badges(claim.kind, Wording.VERBATIM),
            clip(until(claim.due, claim.due_on), limit),
            *badges(Kind.STATEMENT, claim.verbatim if wording else Wording.VERBATIM),
            as_told_by(claim.told_by, limit),
            _(DISPUTED) if isinstance(claim, ClaimRecord) and claim.disputed else "",
        )
        if label
    ]


def until(due: str | None, due_on: date | None) -> str:
    """Return the deadline of a promise: the article's words, and the day if they do not give it."""
    words = cleaned(due or "")
    if not words or due_on is None or str(due_on.year) in words:
        return words
    return _("{words} (by {day})", words=words, day=date_in_words(due_on))


def as_told_by(tellers: Sequence[str], limit: int = _NAME_LIMIT) -> str:
    """Return who passed a claim on: "as told by Helen Marsh, via The Courier"; empty if nobody did."""
    names = [clip(name, limit) for teller in tellers if (name := cleaned(teller))]
    if not names:
        return ""
    first, *others = names
    told = _("as told by {name}", name=first)
    for name in others:
        told = _("{told}, via {name}", told=told, name=name)
    return told


def heading(claim: ShownClaim, *, limit: int = _NAME_LIMIT) -> str:
    """Return who said it and how, as markup: name in bold, then role, then labels in italics."""
    return " · ".join((speaker(claim, limit=limit), *shown_labels(claim, limit=limit)))


def speaker(claim: ShownClaim, *, limit: int = _NAME_LIMIT, brief: bool = False, url: str | None = None) -> str:
    """Return who said it, as markup: name in bold, linked to `url` if given, then role.

    If `brief`, a long role ends at its first comma.
    """
    name = cleaned(claim.actor or "")
    if not name:
        return f"*{link(_(UNKNOWN_SPEAKER), url)}*"
    named = clip(with_capital(name), limit)
    shown = f"**{link(named, url)}**" if url else f"**{clip(escaped(named), limit)}**"
    role = shown_role_of(name, claim.role or (tie_of(claim) if brief else None))
    role = brief_role(role) if brief else role
    return f"{shown} ({clip(escaped(role), limit)})" if role else shown


_TIE = re.compile(r"(?:his|her|their)\s+((?:[a-z-]+\s)?[a-z]+),?\s+(?=[A-Z])", re.IGNORECASE)


def tie_of(claim: ShownClaim) -> str | None:
    """Return a speaker's relation to somebody else in the article: "daughter" of "his daughter, Lena"."""
    source = claim.source if isinstance(claim, DigestClaim) else claim.source_text
    tie = _TIE.match(cleaned(source))
    return tie[1] if tie is not None else None


def brief_role(role: str) -> str:
    """Return a short form of a role: a long one ends at its first comma."""
    return role.partition(", ")[0] if len(role) > _BRIEF_ROLE else role


def shown_labels(claim: ShownClaim, *, limit: int = _NAME_LIMIT, wording: bool = True) -> list[str]:
    """Return the labels of a claim as markup, in italics; without `wording`, none about whose words they are."""
    return [f"*{clip(escaped(label), 2 * limit)}*" for label in labels(claim, limit=limit, wording=wording)]


def shown_role_of(name: str, role: str | None) -> str:
    """Return the role to show after `name`, or nothing if it only repeats the name."""
    shown = cleaned(role or "")
    return "" if set(folded(shown).split()) <= set(folded(name).split()) else shown


def speech_details(claim: ClaimRecord) -> list[str]:
    """Return what the article says about the speech, in plain words: "told CNN", "on Thursday", "hedged"."""
    told = clip(cleaned(claim.addressee or ""), _DETAIL_LIMIT)
    details = (
        told and _("told {addressee}", addressee=told),
        clip(_within_a_sentence(cleaned(claim.time or "")), _DETAIL_LIMIT),
    )
    return [detail for detail in (*details, _("hedged") if claim.hedged else "") if detail]


def long_ago(time: str | None) -> str:
    """Return the article's words for when something was said, if that is long ago; otherwise nothing."""
    return _within_a_sentence(cleaned(said_long_ago(time) or ""))


def _within_a_sentence(time: str) -> str:
    return time[:1].lower() + time[1:] if _ADVERBIAL.match(time) else time


def content_line(
    content: str,
    verbatim: Wording,
    limit: int,
    cue: str = "",
    *,
    struck: bool = False,
    refers_to: str | None = None,
    brief: bool = False,
) -> str:
    """Return what was said as one line of markup of about `limit` units: quoted if verbatim, otherwise after ≈.

    A paraphrase starts with its cue if that says more than "said": "≈ *refused* to resign". Words that no article
    contains any more are `struck` through. `refers_to` stands in brackets for the pronoun that a paraphrase opens
    with. If `brief`, a long content ends after a sentence if that certainly does not change what is said.
    """
    strike = "~~" if struck else ""
    if verbatim is Wording.VERBATIM:
        own = shown_words(content, verbatim)
        own = whole_sentences(own, BRIEF_CONTENT) if brief else own
        quoted = in_quotation_marks(clip(escaped(own), limit))
        return f"> {strike}{quoted}{strike}"
    shown, words = shown_report(cue, content, verbatim, refers_to)
    words = whole_sentences(words, BRIEF_CONTENT) if brief else words
    before = f"*{escaped(clip(shown, _CUE_LIMIT))}* " if shown else ""
    return f"≈ {strike}{before}{clip(escaped(words), limit)}{strike}"


def in_quotation_marks(words: str) -> str:
    """Return words in the quotation marks of the current language, also around a gap between them."""
    opening, closing = _("“{words}”", words="\n").split("\n")
    return f"{opening}{words.replace('” … “', f'{closing} … {opening}')}{closing}"


def digest_claim(merged: MergedClaim, limit: int) -> str:
    """Return a claim of a digest as markup: heading, words, the linked outlet, and other outlets."""
    claim = merged.claim
    return "\n".join(
        (
            heading(claim),
            content_line(
                claim.content, claim.verbatim, limit, claim.cue, struck=merged.struck, refers_to=referent_of(claim)
            ),
            f"-# {outlet_link(claim.outlet, claim.url)}{also_in(claim.outlet, printed_by(merged))}",
        )
    )


def brief_claim(merged: MergedClaim, limit: int, lead_outlet: str) -> str:
    """Return a claim of a digest as markup: who, linked to the article, and the words.

    The actor's own words are a block quote below that; a paraphrase follows on the same line after ≈. The outlets
    of a story are named once, below it, so an outlet is only named here if it is not the story's lead.
    """
    claim = merged.claim
    outlet = "" if claim.outlet == lead_outlet else clip(escaped(claim.outlet), _OUTLET_LIMIT)
    who = [speaker(claim, brief=True, url=claim.url), *shown_labels(claim, wording=False), outlet]
    words = content_line(
        claim.content,
        claim.verbatim,
        limit,
        claim.cue,
        struck=merged.struck,
        refers_to=referent_of(claim),
        brief=True,
    )
    below = "\n" if claim.verbatim is Wording.VERBATIM else " "
    return " · ".join(filter(None, who)) + below + words


_SPEAKER = frozenset({"he", "she", "it", "they", "i", "we"})
"""Words that an article may use for the speaker where a pronoun refers to them."""


def referent_of(claim: ShownClaim) -> str | None:
    """Return the referent of the pronoun that opens a content. None for the speaker, who is named right above."""
    meant, name = folded((claim.refers_to or "").partition(",")[0]), folded(claim.actor or "")
    if not meant or not name:
        return claim.refers_to
    if meant in _SPEAKER:
        return None
    titled = f" {meant}".endswith(f" {name}") and " of " not in meant  # "Senate leader Harry Reid"
    return None if titled or set(meant.split()) <= {"the", *name.split()} else claim.refers_to


def outlet_link(outlet: str, url: str, longest_url: int = 1_000) -> str:
    """Return the name of `outlet`, linked to `url` if that can be linked and is not too long."""
    return link(clip(cleaned(outlet), _OUTLET_LIMIT) or _("Article"), url, longest_url=longest_url)


def timestamp(moment: datetime, style: str) -> str:
    """Return `moment` in the form that Discord shows to each reader in their own time zone."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def printed_by(merged: MergedClaim) -> list[DigestClaim | Printing]:
    """Return who else published a claim of a digest: outlets with articles of their own first, then copies."""
    copies = [copy for claim in (merged.claim, *merged.also_in) for copy in claim.copies]
    return [*merged.also_in, *copies]


def other_outlets(outlet: str, others: Sequence[DigestClaim | Printing]) -> list[DigestClaim | Printing]:
    """Return one of `others` for each outlet other than `outlet`, in order."""
    by_outlet = {other.outlet: other for other in reversed(others) if other.outlet != outlet}
    return list(reversed(by_outlet.values()))


def _chain_of(printed: DigestClaim | Printing) -> str:
    """Return who passed the claim on in another outlet, as markup in brackets; empty if nobody did."""
    told = as_told_by(printed.told_by, _NAME_LIMIT // 2) if isinstance(printed, DigestClaim) else ""
    return f" ({escaped(told)})" if told else ""


def also_in(outlet: str, others: Sequence[DigestClaim | Printing], room: int = _ALSO_IN_ROOM) -> str:
    """Return as markup, in at most `room` units, which other outlets published the same, each once.

    Outlets that do not fit are counted. Empty if there are none.
    """
    printed = other_outlets(outlet, others)
    named: list[str] = []
    for other in printed:
        one = outlet_link(other.outlet, other.url, _ALSO_IN_URL) + _chain_of(other)
        if len(named) == ALSO_IN_SHOWN or length(", ".join([*named, one])) > room - _ALSO_IN_WORDS:
            break
        named.append(one)
    more = len(printed) - len(named)
    if not printed:
        return ""
    if not named:
        return " · " + ngettext("also in {count} other outlet", "also in {count} other outlets", more)
    outlets = ", ".join(named)
    if more > 0:
        return " · " + _("also in {outlets} and {count} more", outlets=outlets, count=more)
    return " · " + _("also in {outlets}", outlets=outlets)
