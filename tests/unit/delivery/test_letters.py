"""Letters about what is followed, as messages."""

from dataclasses import replace
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.letters import CLAIMS_SHOWN, letter_evidence_message, letter_message, named
from bot.model.claims import ClaimRecord, Evidence
from bot.model.follows import Follow, FollowKind, FollowRhythm, Reach, Subject
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import NOW, RECORD, nasty, records

NONCE = "0123456789abcdef012345"
ONCE = Reach(5, True, FollowRhythm.AT_ONCE, time(8), "Europe/Berlin")
MARSH = Follow(1, 2, 3, Subject(FollowKind.ACTOR, "Elena Marsh"), ONCE, NOW, NOW)
DAM = replace(MARSH, id=2, subject=Subject(FollowKind.TOPIC, "*dam*"))
follows = st.builds(
    replace,
    st.just(MARSH),
    subject=st.builds(Subject, st.sampled_from(FollowKind), nasty),
    reach=st.builds(replace, st.just(ONCE), private=st.booleans(), rhythm=st.sampled_from(FollowRhythm)),
)


def test_it_names_what_is_followed_and_how_many_claims_it_leaves_out() -> None:
    message = letter_message([MARSH, DAM], [RECORD], 3, nonce=NONCE, now=NOW)
    embed = message["embeds"][0]
    assert embed["title"] == r"News of Elena Marsh and \*dam\*"
    assert embed["description"].startswith("You follow Elena Marsh and \\*dam\\*.\n\n")
    assert embed["footer"] == {"text": "3 more claims: ask /said"}
    select, buttons = message["components"]
    assert select["components"][0]["custom_id"] == f"hearsay:letter:{NONCE}"
    assert buttons["components"][1]["url"] == "https://discord.com/channels/3"


def test_a_daily_letter_has_its_day_in_the_persons_zone() -> None:
    daily = replace(MARSH, reach=replace(ONCE, rhythm=FollowRhythm.DAILY, timezone="Pacific/Kiritimati"))
    message = letter_message([daily], [RECORD], 0, nonce=NONCE, now=NOW.replace(hour=23))
    assert message["embeds"][0]["title"] == "Your letter: Sunday, 19 July 2026"


def test_many_names_are_counted() -> None:
    many = [replace(MARSH, subject=Subject(FollowKind.TOPIC, f"topic {n}")) for n in range(5)]
    assert named(many) == "topic 0, topic 1, topic 2 and 2 others"


@given(
    st.lists(follows, min_size=1, max_size=6),
    st.lists(records, min_size=1, max_size=CLAIMS_SHOWN),
    st.integers(0, 99),
)
def test_nothing_that_is_followed_makes_a_message_that_discord_refuses(
    news: list[Follow], claims: list[ClaimRecord], more: int
) -> None:
    assert problems_of(letter_message(news, claims, more, nonce=NONCE, now=NOW)) == []


@given(st.builds(Evidence, records, nasty, st.just(()), st.just(()), st.just(()), st.booleans(), st.booleans()))
def test_its_evidence_never_makes_a_message_that_discord_refuses(evidence: Evidence) -> None:
    assert problems_of(letter_evidence_message(evidence)) == []
