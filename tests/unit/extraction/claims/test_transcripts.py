import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.claims.transcripts import turns
from bot.extraction.pipeline import extract
from bot.model.claims import Kind, Wording

HARBOUR = """The minister on the harbour

ANNA KOVACS: We will not wait for another storm. The harbour closes in May.

It will stay closed for a year.

HOST: Who pays for it?

KOVACS (laughing): The ministry pays for all of it, he told me that.

HOST: Thank you, minister.
"""
QUESTIONS = (
    "Q: How old is the bridge?\nA: It is older than I am.\nQ: And who looks after it?\nA: Nobody ever did.\n"
)
PANEL = """Martina Olazabal (host): Welcome to the programme. You sold chairs.

Gustavo Prieto: We sold them in four days.

MS. REED: (laughing) That is not what your figures say.

Prieto: Then read them again.

Olazabal: We have to stop here.
"""


def said(text):
    return [(text[slice(*turn.label)], [text[a:b] for a, b in turn.paragraphs]) for turn in turns(text)]


def test_a_turn_is_what_stands_between_two_labels():
    assert said(HARBOUR) == [
        (
            "ANNA KOVACS",
            [
                "We will not wait for another storm. The harbour closes in May.",
                "It will stay closed for a year.",
            ],
        ),
        ("HOST", ["Who pays for it?"]),
        ("KOVACS (laughing)", ["The ministry pays for all of it, he told me that."]),
        ("HOST", ["Thank you, minister."]),
    ]


def test_questions_and_answers_are_turns():
    assert [label for label, _ in said(QUESTIONS)] == ["Q", "A", "Q", "A"]


def test_titles_roles_and_stage_directions_are_no_part_of_what_is_said():
    assert [label for label, _ in said(PANEL)] == [
        "Martina Olazabal (host)", "Gustavo Prieto", "MS. REED", "Prieto", "Olazabal",
    ]  # fmt: skip
    assert said(PANEL)[2][1] == ["That is not what your figures say."]


@pytest.mark.parametrize(
    "text",
    [
        "Date: 3 May\nPlace: Brno\nPrice: 20 euros\nDate: 4 May\nPlace: Oldby\n",
        "14:05: The vote has begun.\n14:20: The vote is over.\n14:30: The chair has left the room.\n",
        "Photo: Anna Kovacs\nSource: Reuters\nNote: This story was corrected.\nPhoto: Jan Novak\n",
        "BRNO: The minister said the harbour closes. She spoke: “We wait.”\n",
        "Arsenal: 2\nLeeds: 1\nArsenal: 3\nLeeds: 0\n",
        "Serves: four people.\nMethod: Boil the water.\nIngredients: Water and salt.\nMethod: Drain it.\n",
    ],
)
def test_lists_tables_live_blogs_and_credits_are_no_transcripts(text):
    assert turns(text) == []


def test_turns_are_claims_without_a_cue_of_those_who_are_named(nlp):
    found = extract(nlp, HARBOUR).claims
    assert [claim.cue for claim in found] == [()] * 4
    assert [claim.kind for claim in found] == [
        Kind.STATEMENT, Kind.QUESTION, Kind.STATEMENT, Kind.STATEMENT,
    ]  # fmt: skip
    assert all(claim.verbatim is Wording.VERBATIM for claim in found)
    assert found[0].confidence > found[1].confidence


def test_a_speaker_is_one_person_under_full_and_last_name(nlp):
    found = extract(nlp, HARBOUR).claims
    assert found[0].actor == found[2].actor == "ANNA KOVACS"


@given(st.lists(st.sampled_from(["Q:", "A:", "SMITH:", "said yes.", "\n", " ", "(x)", "Why?", "é", "10:05"])))
def test_any_lines_can_be_read(parts):
    text = "".join(parts)
    for turn in turns(text):
        spans = [turn.label, *turn.paragraphs]
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert spans == sorted(spans)
