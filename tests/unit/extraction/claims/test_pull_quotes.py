import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.claims.pull_quotes import pull_quotes
from bot.extraction.pipeline import extract
from bot.model.claims import Kind, Wording

ARTICLE = """The ferry of Brno stopped in June. Anna Kovacs ran it for ten years.

“You could have sold tickets for this.”
— Anna Kovacs

Nobody came to the last trip, and the crew went home early.
"""


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("“We wait for rain.”\n— Anna Kovacs\n", "Anna Kovacs"),
        ("“We wait for rain.”\n\n– Jo de Vries, farmer\n", "Jo de Vries, farmer"),
        ('"We wait for rain."\n-- A. Kovacs\n', "A. Kovacs"),
        ("“We wait for “rain”.” ― Anna Kovacs\xa0\n", "Anna Kovacs"),
        ("”We wait for rain.”― Ana María Kovacs.\n", "Ana María Kovacs"),
    ],
)
def test_a_name_under_a_quotation_says_whose_it_is(lines: str, name: str) -> None:
    text = f"It was dry.\n\n{lines}\nThen it rained."
    assert [text[slice(*found)] for _, found in pull_quotes(text)] == [name]


def test_a_survey_has_names_before_its_quotations() -> None:
    text = "Rolf Dahl, 52, baker: “It took its time.”\n\nAda Holm, who sings — “They got the wrong man.”\n"
    assert [(text[slice(*quote)], text[slice(*name)]) for quote, name in pull_quotes(text)] == [
        ("“It took its time.”", "Rolf Dahl, 52, baker"),
        ("“They got the wrong man.”", "Ada Holm, who sings"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Quote of the Day: “It took its time.”\n",
        "Berlin, June 1989: “Tear it down.”\n\nMonday, 3 May: “It is down.”\n",
        "Rolf Dahl, 52, baker: “It took” its time.\n",
        "Rolf Dahl, 52, said no. The judge, Ada Holm, 51: “It took its time.”\n",
        "Rolf Dahl, 52, said after the vote: “It took its time.”\n",
    ],
)
def test_other_lines_that_end_in_a_quotation_name_nobody(text: str) -> None:
    assert not pull_quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We wait,” she said.\n— and then it rained\n",
        "“We wait.”\nAnna Kovacs left.\n",
        "She said “we wait”\n— Anna Kovacs\n",
        "“”\n— Anna Kovacs\n",
        "“We wait,” — and then it rained\n",
        "“We wait.”\n\n\n\n— Anna Kovacs\n",
        f"“We wait.” — Anna {'Kovacs ' * 40}\n",
    ],
)
def test_other_lines_with_marks_and_dashes_are_none(text: str) -> None:
    assert not pull_quotes(text)


def test_a_pull_quote_is_a_claim_without_a_cue(nlp: Language) -> None:
    found = [claim for claim in extract(nlp, ARTICLE).claims if not claim.cue]
    assert [(claim.actor, claim.kind, claim.verbatim) for claim in found] == [
        ("Anna Kovacs", Kind.OPINION, Wording.VERBATIM)
    ]
    assert [ARTICLE[a:b] for a, b in found[0].content] == ["“You could have sold tickets for this.”"]


def test_a_pull_quote_that_repeats_the_article_is_no_second_claim(nlp: Language) -> None:
    text = ARTICLE + "\nShe laughed. “You could have sold tickets for this,” Kovacs said.\n"
    assert all(claim.cue for claim in extract(nlp, text).claims)


@pytest.mark.parametrize(
    "line",
    ["“Cruel Summer” – Taylor Swift", "“Who’s Afraid of Virginia Woolf?” — Edward Albee", "“Rain.” — Anna Kovacs"],
)
def test_titles_and_single_words_are_no_claims(nlp: Language, line: str) -> None:
    assert not extract(nlp, f"The list of the year\n\n{line}\n\nIt rained in Brno.\n").claims


@given(st.text('“”"—–- \nAa.,', max_size=80))
def test_spans_lie_within_any_text(text: str) -> None:
    for content, name in pull_quotes(text):
        assert 0 <= content[0] < content[1] <= name[0] < name[1] <= len(text)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("And from Chairwoman Ingrid Falk:", "Ingrid Falk"),
        ("From the desk of Ingrid Falk, head of research, Norr Group.", "Ingrid Falk"),
        ("A statement from the director Ingrid Falk:", "Ingrid Falk"),
    ],
)
def test_a_line_above_may_say_who_is_quoted(nlp: Language, line: str, name: str) -> None:
    quote = "“Ships that do not count their own smoke will soon be counted by others, and they will not like it.”"
    text = f"The board met on Thursday.\n\n{line}\n\n{quote}\n"
    assert [claim.actor for claim in extract(nlp, text).claims if "smoke" in text[slice(*claim.content[0])]] == [
        name
    ]


def test_a_line_above_that_names_nobody_quotes_nobody(nlp: Language) -> None:
    text = "From here to the hill:\n\n“We have waited ten years for this road, and our patience is at an end.”\n"
    assert all(claim.cue for claim in extract(nlp, text).claims)


def test_what_stood_before_a_pull_quote_keeps_its_own_speaker(nlp: Language) -> None:
    text = (
        "The Guild cheered the ruling.\n\n“We have waited nine years for this page,” said President Lowell Krantz."
        "\n\nAnd this from Treasurer Yvonne Baptiste:\n\n“The fees alone would have bought a theatre.”\n"
    )
    said = {text[slice(*claim.content[0])]: claim.actor for claim in extract(nlp, text).claims}
    assert said["“We have waited nine years for this page,”"] == "Lowell Krantz"
    assert said["“The fees alone would have bought a theatre.”"] == "Yvonne Baptiste"
