"""Two actors side by side, as messages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.comparisons import CLAIMS_A_SIDE, SHOWN_DENIALS, SHOWN_SHARED, comparison_message
from bot.model.comparisons import Comparison, Denial, Side
from bot.model.queries import ClaimQuery
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import RECORD, nasty, queries, records

sides = st.builds(
    Side,
    st.none() | records,
    st.lists(records, max_size=CLAIMS_A_SIDE).map(tuple),
    st.integers(0, 100),
    st.booleans(),
    st.lists(nasty, max_size=9).map(tuple),
)
comparisons = st.builds(
    Comparison,
    st.tuples(sides, sides),
    st.lists(st.tuples(records, records), max_size=SHOWN_SHARED).map(tuple),
    st.lists(st.builds(Denial, records, records), max_size=SHOWN_DENIALS).map(tuple),
)
BERG = replace(RECORD, id=2, actor_id=2, actor="Nils Berg", role=None, content_text="The dam leaks")
ASKED = ClaimQuery(actor="Marsh", other="Berg", topic="dam")


def test_both_stand_under_each_other_with_what_they_share_and_deny() -> None:
    found = Comparison(
        (Side(RECORD, (RECORD,), 1), Side(BERG, (BERG,), 1)), ((RECORD, BERG),), (Denial(BERG, RECORD),)
    )
    (embed,) = comparison_message(found, ASKED, query_id=9)["embeds"]
    told = embed["description"]
    assert told.startswith(
        "What **Marsh** and **Berg** said about “dam”:\n\n**Elena Marsh** (mayor of Dunmore)\n`1`"
    )
    assert told.index("**Nils Berg**\n`2`") < told.index("**Both said**") < told.index("**One denies")
    assert "**Claimed:** **Nils Berg**" in told
    assert "**Denied:** **Elena Marsh**" in told
    assert "Neither denies" not in told
    assert embed["footer"] == {"text": "Elena Marsh: 1 claim · Nils Berg: 1 claim"}


def test_where_nothing_is_denied_it_says_how_sure_that_is() -> None:
    found = Comparison((Side(RECORD, (RECORD,), 1), Side(BERG, (BERG,), 1, more=True)))
    (embed,) = comparison_message(found, ASKED, query_id=9)["embeds"]
    assert "as far as Hearsay can be sure" in embed["description"]
    assert embed["footer"]["text"].endswith("Nils Berg: more than 1 claim")


def test_of_an_actor_without_claims_it_says_so() -> None:
    found = Comparison((Side(RECORD, (RECORD,), 1), Side(None)))
    (embed,) = comparison_message(found, ASKED, query_id=9)["embeds"]
    assert "**Berg**\nNo claims found." in embed["description"]
    assert "Neither denies" not in embed["description"]


@given(comparisons, queries, nasty, st.integers(1, 2**63), st.integers(0, 30))
def test_no_page_makes_a_message_that_discord_refuses(
    found: Comparison, query: ClaimQuery, other: str, query_id: int, number: int
) -> None:
    number = min(number, max(0, -(-max(side.total for side in found.sides) // CLAIMS_A_SIDE) - 1))
    asked = replace(query, other=other)
    assert problems_of(comparison_message(found, asked, query_id=query_id, number=number)) == []
