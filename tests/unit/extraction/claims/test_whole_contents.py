"""Contents have no small holes, end with their phrase, and hold nothing that was only done."""

from dataclasses import replace

import pytest

from bot.extraction.claims.whole_contents import with_whole_contents
from tests.unit.extraction.spoken import marked


def filled(text: str) -> list[str]:
    words, claim, _ = marked(text)
    (found,) = with_whole_contents([claim], words, [(0, len(words))])
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<Rather> than recall <the boats>, [Jobs] {said}.", ["Rather than recall the boats"]),
        ("[The firm] {said} it would cost <it> less than <a million>.", ["it less than a million"]),
        ("[Rhys Cole] {likened} <the hall> in a song to <a barn>.", ["the hall in a song to a barn"]),
        ("<Instead>, <the pool was full>, [Holm] {said}.", ["Instead, the pool was full"]),
    ],
)
def test_a_small_hole_is_filled(text: str, content: list[str]) -> None:
    assert filled(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "“<The pool is full>,” [Holm] {said}, “<and cold>.”",
        "<The pool is full>, which surprised nobody here, <and it is cold>, [Holm] {said}.",
        "[Rhys Cole] {thanked} <Reed> on Monday <for his help>.",
        "[Holm] {said} <the pool is full> and left, then <it is cold>.",
        "<The pool> as the members of the club all know <is full>, [Holm] {said}.",
    ],
)
def test_what_stands_between_two_things_stays_out(text: str) -> None:
    assert len(filled(text)) == 2


def test_another_report_in_the_hole_stays_out() -> None:
    words, claim, _ = marked("<The pool> Dahl says <is full>, [Holm] {said}.")
    start = words.index("Dahl")
    other = replace(claim, source=((start, start + 4),), cue=((start + 5, start + 9),), content=((0, 8),))
    assert with_whole_contents([claim, other], words, [(0, len(words))])[0] == claim


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<The town is proud of its pool.> [Holm] {said} <it was full>.", ["it was full"]),
        (
            "<“The town is proud of its pool.”> [Holm] {said} <it was full>.",
            ["“The town is proud of its pool.”", "it was full"],
        ),
        ("<The pool is full>, [Holm] {said}. <It is cold>.", ["The pool is full", "It is cold"]),
        ("<At St. Anne’s>, [Holm] {said}, <the pool is full>.", ["At St. Anne’s", "the pool is full"]),
    ],
)
def test_the_reporters_sentence_before_a_report_is_no_part_of_it(text: str, content: list[str]) -> None:
    words, claim, _ = marked(text)
    (found,) = with_whole_contents([claim], words, [(0, len(words))])
    assert [words[slice(*span)] for span in found.content] == content


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("[She] {wanted} <to know why the pool was full>.", "wanted to know", "why the pool was full"),
        ("[Holm] {demanded} <to be told who had filled it>.", "demanded to be told", "who had filled it"),
        ("[She] {wanted} <to know the depth of the pool>.", "wanted", "to know the depth of the pool"),
        ("[She] {wanted} Holm <to know why the pool was full>.", "wanted", "to know why the pool was full"),
    ],
)
def test_whoever_wants_to_know_asks(text: str, cue: str, content: str) -> None:
    words, claim, _ = marked(text)
    (found,) = with_whole_contents([claim], words, [(0, len(words))])
    assert [words[slice(*span)] for span in (*found.cue, *found.content)] == [cue, content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("[Quell] {said} <it would bid again, setting> the scene for a war.", "setting the scene for a war"),
        ("[Holm] {said} <doubts were raised about> his other job.", "doubts were raised about his other job"),
    ],
)
def test_a_content_does_not_end_in_the_middle_of_a_phrase(text: str, content: str) -> None:
    assert filled(text)[-1].endswith(content)


def test_a_phrase_in_which_somebody_else_reports_stays_cut() -> None:
    words, claim, _ = marked("[Holm] {said} <doubts were raised about> what Dahl says of him.")
    start = words.index("Dahl")
    other = replace(
        claim, source=((start, start + 4),), cue=((start + 5, start + 9),), content=((start + 10, start + 16),)
    )
    assert with_whole_contents([claim, other], words, [(0, len(words))])[0] == claim


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("[Holm] later {accused} <Dahl of “cheating” and was fined £500>.", "Dahl of “cheating”"),
        ("[Holm] {praised} <his keeper and will rest her on Friday>.", "his keeper"),
        (
            "[Holm] {accused} <Dahl of saying that he cheated and was fined>.",
            "Dahl of saying that he cheated and was fined",
        ),
        ("[Holm] {said} <Dahl had cheated and was fined>.", "Dahl had cheated and was fined"),
        ("[Holm] {accused} <Dahl of theft and fraud>.", "Dahl of theft and fraud"),
    ],
)
def test_what_somebody_did_besides_is_no_part_of_an_accusation(text: str, content: str) -> None:
    assert filled(text) == [content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("[The judge] {told} her not <to speak>.", ["not to speak"]),
        ("[The judge] {told} her never <to speak>.", ["never to speak"]),
        ("[The judge] {had not told} her <to speak>.", ["to speak"]),
        ("[The judge] {told} her not <the truth>.", ["the truth"]),
    ],
)
def test_a_not_that_turns_the_content_round_belongs_to_it(text: str, content: list[str]) -> None:
    assert filled(text) == content


BARTA = "“<We are lucky>,” [Istvan Barta] {said}.\n\nHanna Weiss told us that the pilot was calm. “<He smiled>.”"


def test_what_stands_behind_the_report_of_another_in_a_later_paragraph_is_not_the_speakers() -> None:
    words, barta, sentences = marked(BARTA)
    told, weiss, _ = marked(
        BARTA.translate(str.maketrans("", "", "[]{}<>")).replace("Hanna Weiss", "[Hanna Weiss]")
    )
    cue = words.index("told")
    weiss = replace(weiss, cue=((cue, cue + 4),), content=((cue + 13, cue + 31),))
    assert words == told
    found, _ = with_whole_contents([barta, weiss], words, sentences)
    assert [words[start:end] for start, end in found.content] == ["We are lucky"]
    (alone,) = with_whole_contents([barta], words, sentences)
    assert len(alone.content) == 2


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<“It is full,”> [Holm] {said} of <the pool>.", ["“It is full,”"]),
        ("<“It is full,”> {said} [Holm] about <the pool of his childhood>.", ["“It is full,”"]),
        ("[Holm] {complained} about <the pool>.", ["the pool"]),
        ("<About the pool>, [she] {said} only <that it was full>.", ["that it was full"]),
        ("<On the bridge>, [she] {said}, <nobody was hurt>.", ["On the bridge", "nobody was hurt"]),
        ("<“It is full,”> [Holm] {said} of the pool, <“and cold.”>", ["“It is full,”", "“and cold.”"]),
    ],
)
def test_what_a_quotation_was_said_of_is_no_part_of_it(text: str, content: list[str]) -> None:
    assert filled(text) == content


def test_a_headline_in_capitals_that_lost_its_line_is_no_part_of_a_quotation() -> None:
    text = "<ARMY HITS 'CHIEF OF FUNDS' IN PORT RAID\"The rise of hate is a danger,\"> [she] {said}."
    assert filled(text) == ['"The rise of hate is a danger,"']
    kept = "<NATO AND THE EU said “the rise of hate”> was a danger, [she] {said}."
    assert filled(kept) == ["NATO AND THE EU said “the rise of hate”"]


def test_the_first_word_of_the_next_sentence_is_no_part_of_a_quotation() -> None:
    assert filled("“<It is constant>,” [he] {said}. <The> reason is that it is full.") == ["It is constant"]


def test_a_heading_before_the_first_sentence_is_no_part_of_what_is_said_in_it() -> None:
    text = "<Let’s all go to the pool>.\n<More people swam last year>, {according to} [a survey]."
    assert filled(text) == ["More people swam last year"]
    quoted = "“<Let’s all go to the pool>.\n<More people swam last year>,” {said} [Holm]."
    assert len(filled(quoted)) == 2 or filled(quoted)[0].startswith("Let’s")


def test_the_first_word_of_a_clause_is_no_part_that_stands_alone() -> None:
    assert filled("She wants them shut <because>, [she] {says}, <they are too loud>.") == ["they are too loud"]


def test_a_content_does_not_end_before_the_noun() -> None:
    text = "[Dahl] {said} <it was shut after the same> court that threw out the fine dropped a hearing on it."
    assert filled(text) == ["it was shut after the same court that threw out the fine dropped a hearing on it"]
