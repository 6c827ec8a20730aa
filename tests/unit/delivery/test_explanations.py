"""Explanations: every cause has a sentence, and no outside text breaks it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.explanations import check_embed, check_lines, why_embed, why_sentence
from bot.digests.causes import Cause, Explanation, Why
from bot.model.feed_checks import CheckStep, FeedCheck, Trial
from bot.text.clipping import length

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOSTILE = st.text(st.sampled_from("*_[]()`@everyone\n😀:/<>#|~\\ {}https"), max_size=600)


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_a_sentence_with_and_without_details(cause: Cause) -> None:
    full = Explanation(cause, 7, NOON, 9, "Reason {x}.", "A title", "https://news.example/1")
    for explanation in (Explanation(cause), full):
        sentence = why_sentence(explanation, 5)
        assert sentence.endswith((".", "x}."))
        assert "{" not in sentence.replace("{x}", "")


def test_a_posted_article_has_a_link_to_its_message() -> None:
    sentence = why_sentence(Explanation(Cause.POSTED, 7, NOON, 9), 5)
    assert "https://discord.com/channels/5/7/9" in sentence
    assert "<#7>" in sentence


@given(st.sampled_from(Cause), HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_title_or_reason_holds_the_answer_fits_and_mentions_nobody(
    cause: Cause, title: str, reason: str, url: str
) -> None:
    explanation = Explanation(cause, 7, NOON, 9, reason, title, url)
    embed = why_embed(Why(explanation, title, f"https://news.example/{url}"), 5)
    assert length(embed["description"]) <= 4096
    assert "@everyone" not in embed["description"]


@given(HOSTILE, HOSTILE)
def test_whatever_a_feed_holds_its_check_fits_and_mentions_nobody(title: str, told: str) -> None:
    steps = (CheckStep("Document", told), CheckStep("Next", told, passed=False, at=NOON)) * 6
    embed = check_embed(FeedCheck(Trial("https://news.example", steps), None, steps), title)
    assert length(embed["description"]) <= 4096
    assert length(embed["title"]) <= 256
    assert "@everyone" not in embed["description"]
    assert embed["title"].endswith(" does not work")
    assert "@everyone" not in embed["title"]


@pytest.mark.parametrize(
    ("typed", "shown"), [(" ", "This address"), ("```x```", "\\`\\`\\`x\\`\\`\\`"), ("**b**", "\\*\\*b\\*\\*")]
)
def test_what_was_typed_as_an_address_is_shown_without_its_markup(typed: str, shown: str) -> None:
    steps = (CheckStep("Address", "This is not a web address.", passed=False),)
    assert check_embed(FeedCheck(Trial(typed, steps), None, steps), typed)["title"] == f"{shown} does not work"


def test_a_check_is_lines_for_a_terminal() -> None:
    steps = (CheckStep("Newest", "“Title”,", at=NOON), CheckStep("Next", "Broken\x1b[2J.", passed=False))
    assert check_lines(steps) == ["✓ Newest: “Title”, 2026-03-04 12:00 UTC", "✗ Next: Broken [2J."]
