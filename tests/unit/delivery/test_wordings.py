"""Wordings, disputes and stories as messages, within Discord's limits for any content."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.disputes import disagreements_message
from bot.delivery.message_parts import DESCRIPTION_LIMIT
from bot.delivery.stories import sources_in_words, story_message
from bot.delivery.wordings import wordings_message
from bot.digests.wordings import wordings_of
from bot.model.articles import Printing
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim
from bot.model.disputes import DifferingFigures, Disagreements, Dispute, Figure
from bot.model.story_told import ArticleOfStory, DayOfStory, StoryTold
from bot.text.clipping import length

HOSTILE = st.sampled_from(["@everyone ", "**[x](https://evil.example)**", "`" * 9, "\u202e", "🦆", "word "])
WORDS = st.lists(HOSTILE, max_size=400).map("".join)


def said(number: int, outlet: str, content: str, cue: str = "said") -> DigestClaim:
    url = f"https://news.example/{number}"
    return DigestClaim(
        number, "Ana Pohl", None, content, Kind.STATEMENT, Wording.VERBATIM, 0.9, outlet, url, cue=cue
    )


def test_the_wordings_are_marked() -> None:
    whole = "We looked at the invoices and we found no evidence of wrongdoing anywhere"
    claims = [
        said(1, "Courier", "we found no evidence of wrongdoing anywhere"),
        said(2, "Echo", whole, "stressed"),
    ]
    found = wordings_of(1, claims)
    assert found is not None
    text = wordings_message(found)["embeds"][0]["description"]
    assert "~~We looked at the invoices and~~ we found no evidence of wrongdoing anywhere" in text
    assert "cuts the quotation" in text
    assert "*stressed*" in text
    assert "\n“" in text


def test_a_paraphrase_is_told_from_a_quotation() -> None:
    claims = [
        replace(said(n, f"Outlet {n}", "the gates had held", "said"), verbatim=Wording.PARAPHRASED) for n in (1, 2)
    ]
    found = wordings_of(1, claims)
    assert found is not None
    text = wordings_message(found)["embeds"][0]["description"]
    assert "≈ the gates had held" in text
    assert "“" not in text


def test_both_sides_and_figures_are_shown_with_sources() -> None:
    one, other = (
        said(1, "Courier", "the company knew of the leak"),
        replace(said(2, "Echo", "knowing of the leak", "denied"), verbatim=Wording.PARAPHRASED),
    )
    figures = DifferingFigures("dead", (Figure("11", (one,)), Figure("14", (other,))))
    text = disagreements_message(Disagreements((Dispute((one,), (other,)),), (figures,)))["embeds"][0][
        "description"
    ]
    assert "**Claimed:** **Ana Pohl**\n> “the company knew of the leak”" in text
    assert "**Denied:** **Ana Pohl**\n≈ *denied* knowing of the leak" in text
    assert "**11 dead**: Ana Pohl, [Courier]" in text


def test_sources_are_counted_in_words() -> None:
    assert sources_in_words(("A", "B", "C", "D"), ("Reuters", "D")) == "4 outlets, 2 origins"
    assert sources_in_words(("A",), ("A",)) == "1 outlet"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=WORDS, number=st.integers(1, 40))
def test_no_message_is_over_a_limit_or_pings(words: str, number: int) -> None:
    claims = tuple(said(n, f"{n} {words}", words) for n in range(number))
    figures = DifferingFigures("dead", tuple(Figure(str(n), claims) for n in range(number)))
    moment = datetime(2026, 7, 18, tzinfo=UTC)
    printed = (Printing(words, "https://news.example/", words, moment),)
    article = ArticleOfStory(1, words, moment, words, printed)
    days = tuple(DayOfStory(date(2026, 7, 18), words, (article,) * number) for _ in range(number))
    names = tuple(f"{n}{words}" for n in range(number))
    messages = [
        story_message(StoryTold(1, words, words, "https://news.example/", days, names, names)),
        disagreements_message(Disagreements((Dispute(claims, claims),) * number, (figures,))),
    ]
    if claims and (found := wordings_of(0, claims[:4])):
        messages.append(wordings_message(found))
    for message in messages:
        (embed,) = message["embeds"]
        assert 0 < length(embed["description"]) <= DESCRIPTION_LIMIT
        assert "@everyone" not in embed["description"]
