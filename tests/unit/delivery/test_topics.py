"""Who said what about a topic, as messages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.topics import ACTORS_A_PAGE, CLAIMS_AN_ACTOR, topic_message
from bot.model.claims import Wording
from bot.model.queries import ClaimQuery, Voice, VoicePage
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import RECORD, queries, records

voices = st.builds(Voice, st.lists(records, min_size=1, max_size=CLAIMS_AN_ACTOR).map(tuple), st.integers(0, 100))
voice_pages = st.builds(
    VoicePage,
    st.lists(voices, max_size=ACTORS_A_PAGE).map(tuple),
    st.integers(0, 100),
    st.integers(0, 100),
    st.booleans(),
)


def test_claims_are_numbered_under_the_name_that_is_shown_once() -> None:
    other = replace(RECORD, id=2, content_text="We will open it", verbatim=Wording.PARAPHRASED)
    page = VoicePage((Voice((replace(RECORD, id=1), other), 3),), 7, 40)
    message = topic_message(page, ClaimQuery(topic="dam"), query_id=9, number=1)
    (embed,) = message["embeds"]
    assert embed["description"].startswith(
        "Who said what about “dam”:\n\n**Elena Marsh** (mayor of Dunmore)\n`1` [The Courier]("
    )
    assert "\n`2` [The Courier](" in embed["description"]
    assert "*paraphrased*" in embed["description"]
    assert embed["description"].endswith("-# and 3 more: `/said` with this actor and topic")
    assert embed["footer"] == {"text": "Page 2 of 3 · 7 actors"}
    evidence, buttons = message["components"]
    assert [option["value"] for option in evidence["components"][0]["options"]] == ["1", "2"]
    assert [b["custom_id"] for b in buttons["components"]] == [
        "hearsay:said:9:0:prev",
        "hearsay:said:9:2:next",
        "hearsay:share:9:1",
        "hearsay:export:9",
        "hearsay:follow:query:9",
    ]


def test_where_older_claims_were_left_out_it_says_so() -> None:
    message = topic_message(VoicePage((Voice((RECORD,)),), 1, 100, more=True), ClaimQuery(), query_id=9)
    assert message["embeds"][0]["footer"] == {"text": "1 actor in the newest 100 claims"}


def test_long_claims_give_way_so_that_all_are_shown() -> None:
    long = replace(RECORD, content_text="word " * 900, url="https://a.example/" + "x" * 700)
    page = VoicePage(tuple(Voice((replace(long, id=2 * n), replace(long, id=2 * n + 1))) for n in range(3)), 3, 6)
    (embed,) = topic_message(page, ClaimQuery(topic="dam"), query_id=9)["embeds"]
    assert all(f"`{n}`" in embed["description"] for n in range(1, 7))


@given(voice_pages, queries, st.integers(1, 2**63), st.integers(0, 30))
def test_no_page_makes_a_message_that_discord_refuses(
    page: VoicePage, query: ClaimQuery, query_id: int, number: int
) -> None:
    number = min(number, max(0, -(-page.total // ACTORS_A_PAGE) - 1))
    assert problems_of(topic_message(page, query, query_id=query_id, number=number)) == []
