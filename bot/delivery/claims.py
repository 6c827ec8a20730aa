"""How a claim is shown: who, whether these are the actor's own words, what, and where it was printed.

Verbatim words stand in “curly marks” in a block quote; a paraphrase stands after ≈, without marks and labelled.
The two never look alike. An unknown speaker is shown as unknown.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.delivery.escape import ELLIPSIS, cleaned, clip, escaped, length, link
from bot.digests.values import DigestClaim, MergedClaim, Printing
from bot.extraction.values import Kind, Wording
from bot.store.records import ClaimRecord
from bot.stories.words import folded, opened_seams

UNKNOWN_SPEAKER = "Unknown speaker"
ALSO_IN_SHOWN = 4
"""How many other outlets of the same claim are named."""
_NAME_LIMIT = 120
_OUTLET_LIMIT = 80
_ALSO_IN_URL = 200
"""An outlet that printed the same is only linked where its address is no longer than this."""
_ALSO_IN_ROOM = 1_300
_ALSO_IN_WORDS = 30
"""Units of what stands around the names of the other outlets."""
_BADGES = {
    Kind.DENIAL: "denies",
    Kind.QUESTION: "asks",
    Kind.DEMAND: "demands",
    Kind.OPINION: "opinion",
    Kind.PREDICTION: "predicts",
}
_WORDING_LABELS = {Wording.PARAPHRASED: "paraphrased", Wording.MIXED: "partly quoted"}
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "'": "'", "‹": "›", "”": "”", "「": "」"}
_DOUBLE = '“”"«»„「」'
_STRAIGHT_START = re.compile(r"(?:(?<=^)|(?<=[\s(\[‘–—-]))\"(?=\S)")
_STRAIGHT_END = re.compile(r"\"")
_PUNCTUATION = re.compile(r"[.,;:!?\"“”'’()–—-]")
_REPORTERS = " ,;—–"
"""What a reporting clause leaves at the end of a content: the reporter's, not the speaker's."""
_COMPLEMENTISER = re.compile(
    r"^[Tt]hat (?=(?:the|an?|he|she|it|they|we|i|you|his|her|its|their|our|my|there|this|these|those|no|some|any|"
    r"all|both|each|every|if|when)\b|[A-Z])"
)
"""Before words that begin a clause; "that day" keeps it."""
_SCRAPED_FROM = 8
"""So many words without any punctuation are taken for scraped text."""


def shown_words(content: str, verbatim: Wording) -> str:
    """Return `content` as plain words to show, without marks of its own around the whole.

    Words are never changed: straight marks become curly, and scraped text gets back the spaces and the first
    capital that scraping took. The "that" before reported speech is the reporter's, and goes.
    """
    words = _without_outer_marks(_curled(cleaned(content).rstrip(_REPORTERS)), verbatim).rstrip(_REPORTERS)
    scraped = len(words.split()) >= _SCRAPED_FROM and not _PUNCTUATION.search(words)
    if scraped or (verbatim is Wording.VERBATIM and _PUNCTUATION.search(words) is None):
        words = opened_seams(words)
    if verbatim is not Wording.VERBATIM:
        words = _COMPLEMENTISER.sub("", words)
    if scraped or verbatim is not Wording.VERBATIM:
        words = _with_capital(words)
    return words or ELLIPSIS


def badges(kind: Kind, verbatim: Wording) -> list[str]:
    """Return the labels of a claim: its kind where it is no statement, its wording where it is not verbatim."""
    return [label for label in (_BADGES.get(kind), _WORDING_LABELS.get(verbatim)) if label]


def heading(
    actor: str | None, role: str | None, kind: Kind, verbatim: Wording, *, limit: int = _NAME_LIMIT
) -> str:
    """Return who says it and how, as markup: name in bold, role, labels in italics."""
    name = cleaned(actor or "")
    if not name:
        parts = [f"*{UNKNOWN_SPEAKER}*"]
    else:
        parts = [f"**{clip(escaped(_with_capital(name)), limit)}**"]
        if shown_role := shown_role_of(name, role):
            parts[0] += f" ({clip(escaped(shown_role), limit)})"
    return " · ".join(parts + [f"*{badge}*" for badge in badges(kind, verbatim)])


def shown_role_of(name: str, role: str | None) -> str:
    """Return the role to show after `name`: nothing where it only says the name again."""
    shown = cleaned(role or "")
    return "" if set(folded(shown).split()) <= set(folded(name).split()) else shown


def content_line(content: str, verbatim: Wording, limit: int) -> str:
    """Return what was said as one line of markup of about `limit` units: quoted where verbatim, else after ≈."""
    words = clip(escaped(shown_words(content, verbatim)), limit)
    return f"> “{words}”" if verbatim is Wording.VERBATIM else f"≈ {words}"


def digest_claim(merged: MergedClaim, limit: int) -> str:
    """Return a claim of a digest as markup: heading, words, the outlet with its link and the other outlets."""
    claim = merged.claim
    return "\n".join(
        (
            heading(claim.actor, claim.role, claim.kind, claim.verbatim),
            content_line(claim.content, claim.verbatim, limit),
            f"-# {outlet_link(claim.outlet, claim.url)}{also_in(claim.outlet, printed_by(merged))}",
        )
    )


def found_claim(claim: ClaimRecord, number: int, limit: int, *, longest_url: int, names: int) -> str:
    """Return a claim of a page of results as markup, numbered: heading, words, outlet with link, day, title.

    `limit` bounds the words, `names` the name, the role and the title.
    """
    printed = f"-# {outlet_link(claim.outlet, claim.url, longest_url)} · {timestamp(claim.published_at, 'D')}"
    printed += also_in(claim.outlet, claim.also_in, longest_url)
    if title := clip(escaped(claim.title), names):
        printed += f" · {title}"
    return "\n".join(
        (
            f"`{number}` {heading(claim.actor, claim.role, claim.kind, claim.verbatim, limit=names)}",
            content_line(claim.content_text, claim.verbatim, limit),
            printed,
        )
    )


def outlet_link(outlet: str, url: str, longest_url: int = 1_000) -> str:
    """Return the name of `outlet`, linked to `url` where that can be linked and is not too long."""
    return link(clip(cleaned(outlet), _OUTLET_LIMIT) or "Article", url, longest_url=longest_url)


def timestamp(moment: datetime, style: str) -> str:
    """Return `moment` as Discord shows it to each reader in their own time zone."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def printed_by(merged: MergedClaim) -> list[DigestClaim | Printing]:
    """Return who else printed a claim of a digest: in an article of their own, then in a copy of one."""
    copies = [copy for claim in (merged.claim, *merged.also_in) for copy in claim.copies]
    return [*merged.also_in, *copies]


def other_outlets(outlet: str, others: Sequence[DigestClaim | Printing]) -> list[DigestClaim | Printing]:
    """Return one of `others` for each outlet other than `outlet`, in their order."""
    by_outlet = {other.outlet: other for other in reversed(others) if other.outlet != outlet}
    return list(reversed(by_outlet.values()))


def also_in(outlet: str, others: Sequence[DigestClaim | Printing], room: int = _ALSO_IN_ROOM) -> str:
    """Return as markup of at most `room` units which other outlets than `outlet` printed the same, each once.

    Those that are not named are counted. Empty where there are none.
    """
    printed = other_outlets(outlet, others)
    named: list[str] = []
    for other in printed:
        one = outlet_link(other.outlet, other.url, _ALSO_IN_URL)
        if len(named) == ALSO_IN_SHOWN or length(", ".join([*named, one])) > room - _ALSO_IN_WORDS:
            break
        named.append(one)
    more = len(printed) - len(named)
    if not printed:
        return ""
    if not named:
        return f" · also in {more} other outlet{'s' * (more > 1)}"
    return f" · also in {', '.join(named)}" + (f" and {more} more" if more > 0 else "")


def _curled(words: str) -> str:
    """Return `words` with straight double marks as curly ones, which tell the beginning from the end."""
    return _STRAIGHT_END.sub("”", _STRAIGHT_START.sub("“", words))


def _without_outer_marks(words: str, verbatim: Wording) -> str:
    """Return `words` without the quotation marks around them.

    Of verbatim words a lone mark at one end goes too (the span of a claim may end within its marks); of others
    only a pair that encloses nothing but them.
    """
    while len(words) > 2 and _PAIRS.get(words[0]) == words.rstrip(".,")[-1:]:
        inner = words.rstrip(".,")[1:-1]
        if verbatim is not Wording.VERBATIM and any(mark in inner for mark in _DOUBLE):
            return words
        words = inner.strip()
    if verbatim is Wording.VERBATIM:
        if words[:1] and words[0] in _DOUBLE and not _closed(words[1:]):
            words = words[1:].lstrip()
        if words[-1:] and words[-1] in _DOUBLE and not any(mark in words[:-1] for mark in _DOUBLE):
            words = words[:-1].rstrip()
    return words


def _closed(rest: str) -> bool:
    return any(mark in rest for mark in _DOUBLE)


def _with_capital(words: str) -> str:
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first.islower() else words
