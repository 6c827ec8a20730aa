import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

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


def said(text: str) -> list[tuple[str, list[str]]]:
    return [(text[slice(*turn.label)], [text[a:b] for a, b in turn.paragraphs]) for turn in turns(text)]


def test_a_turn_is_what_stands_between_two_labels() -> None:
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


def test_questions_and_answers_are_turns() -> None:
    assert [label for label, _ in said(QUESTIONS)] == ["Q", "A", "Q", "A"]


def test_answers_are_as_sure_as_named_turns(nlp: Language) -> None:
    text = "The keeper of the bridge in Norr, Ada Holm, is 90 today.\n\n" + QUESTIONS.replace("\n", "\n\n")
    answers = {claim.actor: claim.claim_confidence for claim in extract(nlp, text).claims if not claim.cue}
    assert answers["Ada Holm"] == 0.9
    assert all(sure is not None and sure < 0.9 for actor, sure in answers.items() if actor != "Ada Holm")


def test_titles_roles_and_stage_directions_are_no_part_of_what_is_said() -> None:
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
def test_lists_tables_live_blogs_and_credits_are_no_transcripts(text: str) -> None:
    assert turns(text) == []


def test_turns_are_claims_without_a_cue_of_those_who_are_named(nlp: Language) -> None:
    found = extract(nlp, HARBOUR).claims
    assert [claim.cue for claim in found] == [()] * 4
    assert [claim.kind for claim in found] == [
        Kind.STATEMENT, Kind.QUESTION, Kind.STATEMENT, Kind.STATEMENT,
    ]  # fmt: skip
    assert all(claim.verbatim is Wording.VERBATIM for claim in found)
    assert found[0].confidence > found[1].confidence


def test_a_speaker_is_one_person_under_full_and_last_name(nlp: Language) -> None:
    found = extract(nlp, HARBOUR).claims
    assert found[0].actor == found[2].actor == "Anna Kovacs"


@given(st.lists(st.sampled_from(["Q:", "A:", "SMITH:", "said yes.", "\n", " ", "(x)", "Why?", "é", "10:05"])))
def test_any_lines_can_be_read(parts: list[str]) -> None:
    text = "".join(parts)
    for turn in turns(text):
        spans = [turn.label, *turn.paragraphs]
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert spans == sorted(spans)


LABELS = """PAUL REED, NORR TV HOST: Good evening. The dam is the story of the day.

REAR ADM. VERA LUND (RET.), DAM COMMISSION: We opened two gates. The third is stuck.

REED: For how long?

LUND: Until the divers come back.

UNIDENTIFIED MALE #1: My cellar is full of water.

SEN. OTTO FALK (R), NORRLAND -- VIA TELEPHONE: Nobody told the valley.

(BEGIN VIDEO CLIP)

REED: Thank you all.
"""
MINUTES = """The CHAIRWOMAN: Good morning. We begin with the dam.

Mr. FALK (Norr South) (Lab.): Why was the gate not checked?

Ms. LUND, Minister for Water: It was checked in May by two engineers.

Mr. FALK: By whom were they paid?

Ms. LUND: By the county, as always.
"""


def test_roles_brackets_and_numbers_are_part_of_the_label() -> None:
    assert [(label, paragraphs[0].split()[0]) for label, paragraphs in said(LABELS)] == [
        ("PAUL REED, NORR TV HOST", "Good"),
        ("REAR ADM. VERA LUND (RET.), DAM COMMISSION", "We"),
        ("REED", "For"),
        ("LUND", "Until"),
        ("UNIDENTIFIED MALE #1", "My"),
        ("SEN. OTTO FALK (R), NORRLAND -- VIA TELEPHONE", "Nobody"),
        ("REED", "Thank"),
    ]
    assert [label for label, _ in said(MINUTES)] == [
        "The CHAIRWOMAN",
        "Mr. FALK (Norr South) (Lab.)",
        "Ms. LUND, Minister for Water",
        "Mr. FALK",
        "Ms. LUND",
    ]


def test_names_in_labels_are_without_titles(nlp: Language) -> None:
    actors = {claim.actor.casefold() for claim in extract(nlp, LABELS).claims if claim.actor}
    assert {"paul reed", "vera lund", "otto falk"} <= actors


@pytest.mark.parametrize("mark", ["Q. {}\nA. {}\nQ. {}\nA. {}", "REED — {}\nLUND — {}\nREED — {}\nLUND — {}"])
def test_labels_may_end_in_a_full_stop_or_dash(mark: str) -> None:
    text = mark.format(
        "Who opened the gates?", "We opened two of them.", "And the third?", "The third is still stuck."
    )
    assert len(said(text)) == 4


@pytest.mark.parametrize(
    "tail",
    [
        "This interview has been edited for length.",
        "Copyright 2026 Norr TV.",
        "Nils Roth is a reporter at the Norr Post.",
        "The union said on Tuesday that the gates had never been checked.",
    ],
)
def test_the_last_turn_ends_before_what_follows_the_talk(tail: str) -> None:
    talk = "REED: Who opened the gates?\n\nLUND: We opened two.\n\nREED: Why not three?\n\n"
    text = f"{talk}LUND: The lake was full to the brim.\n\n{tail}"
    assert said(text)[-1] == ("LUND", ["The lake was full to the brim."])


def test_lines_with_colons_are_no_labels() -> None:
    text = "Lund, who has led the commission for two years and knows the dam: silence.\n" * 4
    assert said(text) == []


def test_initials_in_labels_are_those_who_were_introduced(nlp: Language) -> None:
    text = (
        "Vera Lund: Who opened the gates?\n\nPaul Reed: We opened two of them.\n\n"
        "VL: And the third?\n\nPR: The third is still stuck in the mud.\n"
    )
    assert [claim.actor for claim in extract(nlp, text).claims] == [
        "Vera Lund",
        "Paul Reed",
        "Vera Lund",
        "Paul Reed",
    ]


def test_initials_may_leave_out_what_somebody_does(nlp: Language) -> None:
    text = (
        "Glaciologist Ingrid Solheim has spent 19 winters on the ice. She spoke to Paul Mbeki about her book.\n\n"
        "PM: In which direction were the models wrong?\n\nIS: In the worst one. It is closer to 15 years.\n\n"
        "PM: What would you do first?\n\nIS: Close the reservoir this year.\n"
    )
    answers = [claim.actor for claim in extract(nlp, text).claims if claim.content[0][0] > text.index("IS: Close")]
    assert [name.split()[-1] for name in answers if name] == ["Solheim"]


def test_what_stands_before_the_same_label_again_may_be_anybody_s() -> None:
    text = (
        "Paul: You write that the models were wrong.\n\nIn the worst direction, and by far.\n\n"
        "Paul: What would you do first?\n\nClose the reservoir, and not next year.\n\n"
        "Ingrid: That is what I wrote to the minister.\n\nShe has not read it.\n\nPaul: Thank you for your time."
    )
    assert said(text) == [
        ("Paul", ["You write that the models were wrong."]),
        ("Paul", ["What would you do first?"]),
        ("Ingrid", ["That is what I wrote to the minister."]),
        ("Paul", ["Thank you for your time."]),
    ]


def test_a_speaker_goes_on_after_an_aside_under_the_same_label() -> None:
    text = (
        "PAUL: We start with the dam.\n\n(BEGIN VIDEO CLIP)\n\nWater has reached the third step.\n\n"
        "PAUL: That was on Monday.\n\nINGRID: And it has risen since then."
    )
    assert [len(paragraphs) for _, paragraphs in said(text)] == [2, 1, 1]


def test_initials_that_two_people_share_are_nobody_s_name(nlp: Language) -> None:
    text = (
        "Vera Lund: Who opened the gates?\n\nPaul Reed: We opened two of them.\n\nPetra Roth: I saw it happen.\n\n"
        "PR: The third is still stuck in the mud.\n"
    )
    assert extract(nlp, text).claims[-1].actor not in ("Paul Reed", "Petra Roth")


def test_labels_in_brackets_and_titles_before_a_dash_are_turns_and_the_last_one_ends() -> None:
    text = (
        "[CHAIR]: We have a quorum today.\nCllr. Moss – That is not what we were told.\n[CHAIR]: Let her finish.\n"
        "VISITOR #2: You knew it all along.\nCllr. Moss – We did not know it.\n\nThe meeting closed at nine."
    )
    found = [(text[slice(*turn.name)], [text[slice(*each)] for each in turn.paragraphs]) for turn in turns(text)]
    assert [name for name, _ in found] == ["CHAIR", "Cllr. Moss", "CHAIR", "VISITOR #2", "Cllr. Moss"]
    assert found[-1][1] == ["We did not know it."]
