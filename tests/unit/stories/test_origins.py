"""Who found out, as against who printed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.origins import PublishedText, agency_of, origins_of

BODY = (
    "The harbour of Dunmore was closed on Monday after a crane fell into the basin. Nobody was hurt. The port "
    "authority said that ships would be sent to Aarle until the crane has been lifted, which may take four days. "
    "Workers had warned of cracks in the crane's foot since the spring, according to a letter to the board."
)
OTHER = (
    "Residents of the old town woke to a crash that shook windows. I saw it go, said Ines Falk, who sells coffee "
    "on the quay. The machine, built in 1961, stood on a foundation that engineers had called unsafe in reports, "
    "which this newspaper has seen. The authority did not want to speak about them before its own inquiry ends."
)


def text(number: int, outlet: str, words: str, author: str | None = None) -> PublishedText:
    return PublishedText(number, outlet, author, words)


def origins(*articles: PublishedText) -> list[str]:
    found = origins_of(articles)
    return [found[article.article_id] for article in articles]


def test_outlets_with_reports_of_their_own_are_origins() -> None:
    assert origins(text(1, "Courier", BODY), text(2, "Meridian", OTHER)) == ["Courier", "Meridian"]


def test_near_copies_are_one_origin() -> None:
    cut = BODY.replace("Nobody was hurt. ", "").replace("Dunmore", "the city")
    assert origins(text(1, "Courier", BODY), text(2, "Post", cut), text(3, "Echo", OTHER)) == [
        "Courier",
        "Courier",
        "Echo",
    ]


@pytest.mark.parametrize(
    ("author", "words", "agency"),
    [
        (None, f"DUNMORE, March 3 (Reuters) - {BODY}", "Reuters"),
        (None, f"DUNMORE (AP) — {BODY}", "AP"),
        ("Agence France-Presse", BODY, "AFP"),
        ("By The Associated Press", BODY, "AP"),
        (None, f"{BODY} – dpa", "dpa"),
        (None, f"{BODY}\n\nSource: Press Trust of India", "PTI"),
        (None, f"{BODY} (ANI)", "ANI"),
        ("Ines Falk", BODY, None),
        (None, f"Reuters moved its office to Dunmore. {BODY}", None),
        (None, f"{BODY} The company is owned by Reuters", None),
        ("Ann Reuters", BODY, None),
    ],
)
def test_an_agency_is_known_by_its_byline_dateline_or_credit(
    author: str | None, words: str, agency: str | None
) -> None:
    assert agency_of(text(1, "Courier", words, author)) == agency


def test_texts_of_one_agency_are_one_origin_in_any_wording() -> None:
    found = origins(
        text(1, "Courier", f"DUNMORE, March 3 (Reuters) - {BODY}"), text(2, "Meridian", OTHER, "Reuters")
    )
    assert found == ["Reuters", "Reuters"]


@pytest.mark.parametrize(
    "words",
    [
        "A crane fell into the basin, the Courier reported on Monday.",
        "A crane fell into the basin, according to the Courier.",
        "“We warned them,” a worker told The Courier.",
    ],
)
def test_who_retells_another_outlet_is_no_origin(words: str) -> None:
    assert origins(text(1, "The Courier", BODY), text(2, "Heap", words), text(3, "Echo", OTHER)) == [
        "The Courier",
        "The Courier",
        "Echo",
    ]


def test_a_word_is_no_name_of_an_outlet() -> None:
    told = "A crane fell into the basin, he told people on Monday."
    assert origins(text(1, "People", BODY), text(2, "Heap", told)) == ["People", "Heap"]
    assert origins(text(1, "The ", BODY), text(2, "Heap", told)) == ["The ", "Heap"]


def test_two_outlets_that_name_each_other_are_one_origin() -> None:
    one = text(1, "Courier", "The Meridian reported that a crane fell.")
    assert len(set(origins(one, text(2, "Meridian", "According to the Courier, a crane fell.")))) == 1


def test_several_articles_of_an_outlet_are_one_origin() -> None:
    assert origins(text(1, "Courier", BODY), text(2, "Courier", OTHER)) == ["Courier", "Courier"]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=200)), max_size=6))
def test_every_article_has_an_origin_whatever_it_holds(given_texts: list[tuple[str, str]]) -> None:
    articles = [text(number, outlet, words) for number, (outlet, words) in enumerate(given_texts)]
    assert set(origins_of(articles)) == set(range(len(articles)))
