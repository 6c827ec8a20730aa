"""A digest as plain text, for screen readers and narrow windows: words instead of signs, one address a story."""

from bot.delivery.claims import (
    BRIEF_CONTENT,
    UNKNOWN_SPEAKER,
    as_told_by,
    brief_role,
    in_quotation_marks,
    long_ago,
    referent_of,
    shown_role_of,
    tie_of,
)
from bot.delivery.digest_parts import (
    UNTITLED,
    UPDATE,
    Part,
    continued_title,
    digest_summary,
    digest_title,
    disputed_line,
    more_claims,
    note_of,
    origins_counted,
)
from bot.delivery.escape import cleaned, escaped, safe_url
from bot.delivery.readable import shown_report, shown_words, with_capital
from bot.languages.translations import N_, NP_, _, ngettext, pgettext
from bot.model.claims import Kind, Wording
from bot.model.digests import Digest, DigestStory, MergedClaim
from bot.text.clipping import clip, length, whole_sentences

CONTENT_LIMIT = 2_000
SUPPRESS_EMBEDS = 1 << 2
"""The message flag that turns off link previews."""
_TITLE, _NAME, _WORDS, _NOTE, _LINK = 180, 80, 260, 200, 300
_LABELS = {
    Kind.DENIAL: NP_("claim", "denies"),
    Kind.QUESTION: NP_("claim", "asks"),
    Kind.DEMAND: NP_("claim", "demands"),
    Kind.OPINION: NP_("claim", "thinks"),
    Kind.PREDICTION: NP_("claim", "predicts"),
    Kind.PROMISE: NP_("claim", "promises"),
}
IN_OTHER_WORDS = N_("in other words")
"""The words that replace ≈."""
PARTLY_QUOTED = N_("partly in other words")


def text_parts(digest: Digest, *, one_by_one: bool = False) -> list[Part]:
    """Return the messages of a digest as plain text; with `one_by_one`, one without a header for each story."""
    told = [(story, *_story(story, number)) for number, story in enumerate(digest.stories, 1)]
    if one_by_one:
        return [_part([story], list(shown), text) for story, text, shown in told]
    parts: list[Part] = []
    text = f"{digest_title(digest)}\n{escaped(digest_summary(digest))}."
    stories, ids = list[DigestStory](), list[int]()
    for story, told_text, shown in told:
        if stories and length(text) + length(told_text) + 2 > CONTENT_LIMIT:
            parts.append(_part(stories, ids, text))
            text = continued_title(digest)
            stories, ids = [], []
        text += f"\n\n{told_text}"
        stories.append(story)
        ids += shown
    return [*parts, _part(stories, ids, text)]


def claim_words(merged: MergedClaim) -> str:
    """Return a claim as one plain line: "Elena Marsh, mayor: “The dam is safe.”" """
    claim = merged.claim
    name = cleaned(claim.actor or "")
    who = with_capital(clip(name, _NAME)) if name else _(UNKNOWN_SPEAKER)
    if name and (role := shown_role_of(name, claim.role or tie_of(claim))):
        who += f", {clip(brief_role(role), _NAME)},"
    label = _LABELS.get(claim.kind)
    how = verb = pgettext("claim", label) if label else ""
    if claim.verbatim is Wording.VERBATIM:
        words = in_quotation_marks(
            clip(whole_sentences(shown_words(claim.content, claim.verbatim), BRIEF_CONTENT), _WORDS)
        )
    else:
        cue, content = shown_report(claim.cue, claim.content, claim.verbatim, referent_of(claim))
        content = whole_sentences(content, BRIEF_CONTENT)
        how = ", ".join(
            part
            for part in (how, _(IN_OTHER_WORDS if claim.verbatim is Wording.PARAPHRASED else PARTLY_QUOTED))
            if part
        )
        words = clip(f"{clip(cue, 60)} {content}".strip(), _WORDS)
    line = f"{who.rstrip(',')}{(' ' if how == verb else ', ') + how if how else ''}: {words}"
    if chain := as_told_by(claim.told_by, _NAME):
        line += f", {chain}"
    if when := long_ago(claim.time):
        line += f", {clip(when, _NAME)}"
    if claim.taken_back:
        line += ", " + _("taken back later")
    if outlets := {other.outlet for other in merged.also_in}:
        line += " (" + ngettext("{count} outlet", "{count} outlets", len(outlets) + 1) + ")"
    return _("No longer in the article: {claim}", claim=line) if merged.struck else line


def _story(story: DigestStory, number: int) -> tuple[str, tuple[int, ...]]:
    update = f"{_(UPDATE)}: " if story.is_update else ""
    title = clip(cleaned(story.lead.title), _TITLE) or _(UNTITLED)
    lines = [f"{number}. {update}{escaped(title)}"]
    shown: list[int] = []
    for merged in story.shown_claims:
        lines.append(escaped(claim_words(merged)))
        shown.append(merged.claim.claim_id)
        if length("\n".join(lines)) > CONTENT_LIMIT - 800 and len(shown) > 1:
            lines.pop()
            shown.pop()
            break
    if disputed := disputed_line(story):
        lines.append(escaped(disputed))
    if note := note_of(story):
        lines.append(clip(escaped(note), _NOTE))
    lines.append(_outlets(story, len(story.shown_claims) - len(shown) + story.claims_left_out))
    if url := safe_url(story.lead.url, longest=_LINK):
        lines.append(f"<{url}>")
    while length("\n".join(lines)) > CONTENT_LIMIT - 150 and len(lines) > 2:
        lines.pop(1)
        shown = shown[1:]
    return "\n".join(lines), tuple(shown)


def _outlets(story: DigestStory, left_out: int) -> str:
    line = escaped(clip(cleaned(story.lead.outlet), 120)) or _("Unknown outlet")
    if story.others:
        line = ngettext(
            "{outlet} and {count} other outlet",
            "{outlet} and {count} other outlets",
            len(story.others),
            outlet=line,
        )
    line += f", {origins_counted(story.fewer_origins)}" if story.fewer_origins else ""
    return line + (f", {more_claims(left_out)}" if left_out > 0 else "")


def _part(stories: list[DigestStory], ids: list[int], text: str) -> Part:
    payload = {"content": clip(text, CONTENT_LIMIT), "flags": SUPPRESS_EMBEDS}
    return Part(tuple(stories), tuple(ids), payload)
