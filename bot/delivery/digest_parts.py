"""Parts that all layouts of a digest share: header, outlets, picture, colour, and the controls under a message."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.delivery.claims import UNKNOWN_SPEAKER
from bot.delivery.escape import cleaned, escaped, safe_url
from bot.delivery.follow_buttons import follow_digest_button
from bot.delivery.message_parts import ACCENT, button_row, page_button, select_row
from bot.digests.schedule import zone_of
from bot.digests.topics import Topic, topic_of
from bot.languages.formats import clock_time, short_date, weekday_and_date
from bot.languages.translations import N_, _, ngettext, pgettext
from bot.model.actor_changes import ChangedBy
from bot.model.digests import Digest, DigestStory
from bot.text.clipping import clip

STORY_BUDGET = 2_400
"""A story takes at most this much of a message, unless its first claim alone needs more."""
WORDS_LIMIT = 320
UPDATE = N_("Update")
"""The mark before the title of a story that the channel has seen before."""
NOTE_LIMIT = 300
UNTITLED = N_("Untitled article")
MORE_ID = "hearsay:more"
_OUTLET_SHOWN = 300
_PARTY_SHOWN = 60
_COLOURS = {
    Topic.DISASTERS: 0xC0392B,
    Topic.CONFLICT: 0x8E3B46,
    Topic.POLITICS: 0x3B5BA9,
    Topic.JUSTICE: 0x6C4AB6,
    Topic.BUSINESS: 0x2E8B57,
    Topic.SCIENCE: 0x1F8A8A,
    Topic.HEALTH: 0xC2558A,
    Topic.SPORT: 0xD9822B,
    Topic.CULTURE: 0xB8952E,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a digest, without its controls: its stories, the claims of each that fit, and the payload."""

    stories: tuple[DigestStory, ...]
    claim_ids: tuple[int, ...]
    payload: dict[str, Any]


def local_date(moment: datetime, timezone: str) -> str:
    """Return the date of `moment` in `timezone` in words: "Saturday, 18 July 2026"."""
    local = moment.astimezone(zone_of(timezone))
    return weekday_and_date(local.date())


def local_moment(moment: datetime, timezone: str) -> str:
    """Return a moment in `timezone` in words, just the day if it begins or ends one: "Saturday, 18 July 2026,
    17:00".
    """
    zone, instant = zone_of(timezone), timedelta(microseconds=1)
    local, after = moment.astimezone(zone), (moment + instant).astimezone(zone)
    if time() in {local.time(), after.time()}:
        return weekday_and_date(local.date())
    return _("{day}, {time}", day=weekday_and_date(local.date()), time=clock_time(after.time()))


def digest_title(digest: Digest, *, brief: bool = False) -> str:
    """Return the title of a digest: "Who said what: Saturday, 18 July 2026"; if `brief`, with a short date."""
    day = short_date(_local_day(digest)) if brief else local_date(digest.slot, digest.timezone)
    return _("Who said what: {day}", day=day)


def continued_title(digest: Digest) -> str:
    """Return the title of a further message of a digest."""
    return _("{day}, continued", day=short_date(_local_day(digest)))


def _local_day(digest: Digest) -> date:
    return digest.slot.astimezone(zone_of(digest.timezone)).date()


def update_mark() -> str:
    """Return the mark before the title of a story that the channel has seen before."""
    return f"{_(UPDATE)} · "


def more_claims(count: int) -> str:
    """Return the number of hidden claims of a story: "3 more claims"."""
    return ngettext("{count} more claim", "{count} more claims", count)


def origins_counted(count: int) -> str:
    """Return a number of independent sources: "2 origins"."""
    return ngettext("{count} origin", "{count} origins", count)


def digest_summary(digest: Digest, *, brief: bool = False) -> str:
    """Return a summary of `digest`: "3 stories from 4 outlets; 2 more next time"; if `brief`, without outlets."""
    outlets = {article.outlet for story in digest.stories for article in (story.lead, *story.others)}
    summary = ngettext("{count} story", "{count} stories", len(digest.stories))
    if not brief:
        counted = ngettext("{count} outlet", "{count} outlets", len(outlets))
        summary = _("{stories} from {outlets}", stories=summary, outlets=counted)
    if digest.stories_left_out:
        left = ngettext("{count} more next time", "{count} more next time", digest.stories_left_out)
        summary = f"{summary}; {left}"
    return summary


def header_line(digest: Digest) -> str:
    """Return the line below the title as markup, with an explanation of the paraphrase sign."""
    meaning = pgettext("claim", "paraphrased")
    return f"{escaped(digest_summary(digest, brief=True))}. ≈ {meaning}."


def story_title(story: DigestStory, limit: int) -> str:
    """Return the title of a story as markup, in at most `limit` units. An update is marked as such."""
    return clip((update_mark() if story.is_update else "") + (escaped(story.lead.title) or _(UNTITLED)), limit)


def outlets_line(story: DigestStory, left_out: int) -> str:
    """Return the outlets of a story and its number of hidden claims as plain text: "The Courier +3 · 49 more
    claims".

    Independent sources are named if there are fewer of them than outlets: "The Courier +3 · 2 origins".
    """
    line = clip(cleaned(story.lead.outlet), _OUTLET_SHOWN) or _("Unknown outlet")
    line += f" +{len(story.others)}" if story.others else ""
    line += f" · {origins_counted(story.fewer_origins)}" if story.fewer_origins else ""
    return line + (f" · {more_claims(left_out)}" if left_out > 0 else "")


def disputed_line(story: DigestStory) -> str:
    """Return as plain text that one actor of a story denies what another claims. Empty if none does."""
    if story.disputed is None or story.has_withheld:  # one side of it may have been withdrawn
        return ""
    claims, denies = (clip(cleaned(name), _PARTY_SHOWN) or _(UNKNOWN_SPEAKER) for name in story.disputed)
    return _("Disputed: {denying} denies what {claiming} claims", denying=denies, claiming=claims)


def note_of(story: DigestStory) -> str:
    """Return as plain text what has changed since the story was posted. Empty if nothing has."""
    told = [story.note] if story.note else []
    if story.renamed_by is ChangedBy.SERVER:
        told.append(_("A speaker was corrected by this server's managers."))
    if story.renamed_by is ChangedBy.HOST:
        told.append(_("A speaker was corrected by whoever runs this bot."))
    hidden = Counter(one.hidden_by for one in story.claims if one.withheld)
    if count := hidden[ChangedBy.SERVER]:
        told.append(
            ngettext(
                "{count} claim is not shown: this server's managers hid its speaker.",
                "{count} claims are not shown: this server's managers hid their speakers.",
                count,
            )
        )
    if count := hidden[ChangedBy.HOST]:
        told.append(
            ngettext(
                "{count} claim is not shown: whoever runs this bot hid its speaker.",
                "{count} claims are not shown: whoever runs this bot hid their speakers.",
                count,
            )
        )
    if withdrawn := hidden[None]:
        told.append(
            ngettext("{count} claim was withdrawn as wrong.", "{count} claims were withdrawn as wrong.", withdrawn)
        )
    return " ".join(told)


def picture_of(story: DigestStory) -> str | None:
    """Return the picture of the first article that has one with an https address."""
    for article in (story.lead, *story.others):
        image = safe_url(article.image_url)
        if image and image.startswith("https://"):
            return image
    return None


def colour_of(story: DigestStory) -> int:
    """Return the colour at the edge of a story: that of its topic."""
    topic = topic_of(story)
    return ACCENT if topic is None else _COLOURS[topic]


def controls(stories: Sequence[DigestStory], nonce: str) -> list[dict[str, Any]]:
    """Return the controls under a message: a select for more on each of its stories, Evidence and Follow.

    All contain the nonce, by which a message is found again. Without any claim there is no evidence.
    """
    evidence = page_button(pgettext("button", "Evidence"), f"hearsay:digest:{nonce}:0", primary=True)
    has_claims = any(story.claims for story in stories)
    buttons = button_row([*([evidence] if has_claims else []), follow_digest_button(nonce)])
    return [*story_select(stories, nonce), *buttons]


def story_select(stories: Sequence[DigestStory], nonce: str) -> list[dict[str, Any]]:
    """Return the row with the select of stories, by their place in the message; nothing if there are none."""
    options = [
        {
            "label": clip(cleaned(story.lead.title), 95) or _(UNTITLED),
            "value": str(number),
            "description": clip(outlets_line(story, story.claims_left_out), 95),
        }
        for number, story in enumerate(stories)
    ]
    return select_row(
        f"{MORE_ID}:{nonce}",
        pgettext("placeholder", "More on a story: every claim"),
        options[:25],
    )
