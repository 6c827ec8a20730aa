"""The answer to "was this said?"."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.checks import ADDED, AROUND, LEFT_OUT, SAME, check_message
from bot.model.claims import ClaimRecord, Wording
from tests.unit.delivery.limits import problems_of
from tests.unit.delivery.samples import RECORD, nasty, records

PIECES = st.lists(st.tuples(st.sampled_from([SAME, ADDED, LEFT_OUT, AROUND]), nasty), min_size=1, max_size=12)


def test_the_title_says_at_once_what_was_found() -> None:
    same, changed = [(SAME, "The dam was never in danger")], [(SAME, "The dam was"), (ADDED, "in danger")]

    def title(claim: ClaimRecord, pieces: list[tuple[str, str]]) -> str:
        return str(check_message("the dam", [(claim, pieces, False)], 3)["embeds"][0]["title"])

    assert title(RECORD, same) == "Said, word for word"
    reported = "Reported in these words, but not as a quotation"
    assert title(replace(RECORD, verbatim=Wording.PARAPHRASED), same) == reported
    assert title(RECORD, changed) == "Said like this, but not in these words"
    assert check_message("the dam", [], 3)["embeds"][0]["title"] == "Not found"


def test_a_turned_meaning_is_told_in_words() -> None:
    (embed,) = check_message("x", [(RECORD, [(SAME, "The dam was"), (ADDED, "not")], True)], 3)["embeds"]
    assert "A negation differs: that turns the meaning round." in embed["description"]
    assert "**+ not**" in embed["description"]


@given(nasty, st.lists(st.tuples(records, PIECES, st.booleans()), max_size=3), st.integers(0, 100))
def test_no_answer_makes_a_message_that_discord_refuses(
    words: str, found: list[tuple[ClaimRecord, list[tuple[str, str]], bool]], feeds: int
) -> None:
    assert problems_of(check_message(words, found, feeds)) == []
