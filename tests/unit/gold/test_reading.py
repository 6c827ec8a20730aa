from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.claims import Span
from gold.__main__ import main
from gold.reading import GoldError, claim_of, located, marked, occurrences, read, row_of, rows_of

ACTORS = [{"name": "Ana Ruiz", "type": "PERSON"}]


def words(spans: Iterable[Span], text: str) -> list[str]:
    return [text[start:end] for start, end in spans]


def place(span: Span, text: str) -> tuple[str, int]:
    """The words at a span, and how often they stood before it."""
    found = text[span[0] : span[1]]
    return found, [start for start, _ in occurrences(found, text)].index(span[0])


# whole words


def test_words_are_found_as_whole_words_only() -> None:
    text = "The hen said then: he and the heron."
    assert [text[start : end + 1] for start, end in occurrences("he", text)] == ["he "]


def test_small_and_capital_letters_differ() -> None:
    text = "He rowed. Then he slept."
    assert occurrences("He", text) == [(0, 2)]
    assert len(occurrences("he", text)) == 1


def test_a_quotation_that_begins_or_ends_with_a_mark_needs_no_edge_there() -> None:
    text = 'She wrote"no"twice.'
    assert words(occurrences('"no"', text), text) == ['"no"']


def test_marks_stand_for_themselves() -> None:
    text = "It cost $5.00 (or 5x00)."
    assert words(occurrences("5.00", text), text) == ["5.00"]


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
def test_words_between_spaces_are_always_found(quoted: str, before: str, after: str) -> None:
    text = f"{before} {quoted} {after}"
    places = occurrences(quoted, text)
    assert places
    assert set(words(places, text)) == {quoted}


# which place is meant


def test_words_that_stand_once_need_nothing_to_be_near_to() -> None:
    text = "Rain fell on Olmo."
    assert located("Olmo", text, [], []) == (13, 17)


def test_of_several_places_the_nearest_is_meant() -> None:
    text = "He came. Ana Ruiz said he left. He waved."
    claim = claim_of({"source": "Ana Ruiz", "cue": "said", "content": "he left", "actor": "Ana Ruiz"}, text)
    assert words(claim["content"], text) == ["he left"]
    text = "She sang. She said it rained. She danced."
    claim = claim_of({"source": "She", "cue": "said", "content": "it rained", "actor": "Ana Ruiz"}, text)
    assert place(claim["source"][0], text) == ("She", 1)


def test_the_cue_nearest_the_content_is_taken() -> None:
    text = "“No,” he said. Bea said nothing. Later Ana said the pump had failed."
    claim = claim_of({"source": "Ana", "cue": "said", "content": "the pump had failed", "actor": "Ana"}, text)
    assert place(claim["cue"][0], text) == ("said", 2)


def test_the_source_nearest_the_cue_is_taken_even_if_another_is_nearer_the_content() -> None:
    text = "The bells, the mayor warned late at night, the mayor being awake, might crack the mayor’s windows."
    claim = claim_of({"source": "the mayor", "cue": "warned", "content": "might crack", "actor": "Ana"}, text)
    assert place(claim["source"][0], text) == ("the mayor", 0)


def test_without_a_cue_the_source_nearest_the_content_is_taken() -> None:
    text = "Ruiz won again.\n\n“I never doubt”\n\nRuiz\n\nThe town cheered for hours before Ruiz left."
    claim = claim_of({"source": "Ruiz", "content": "“I never doubt”", "actor": "Ana Ruiz"}, text)
    assert place(claim["source"][0], text) == ("Ruiz", 1)
    assert claim["cue"] == []


def test_a_number_says_which_place_is_meant() -> None:
    text = "He ate. He slept. He said that tea was ready."
    claim = claim_of({"source": "He @2", "cue": "said", "content": "tea was ready", "actor": "Ana"}, text)
    assert place(claim["source"][0], text) == ("He", 1)


def test_the_number_counts_over_the_whole_text() -> None:
    text = "tea, then tea\n\nand tea"
    assert located("tea @3", text, [(0, 3)], []) == (19, 22)


def test_an_at_sign_without_a_number_is_a_part_of_the_words() -> None:
    text = "Write to ana@5 or to @ana."
    assert words([located("@ana", text, [], [])], text) == ["@ana"]


def test_a_cue_is_not_sought_inside_the_content() -> None:
    text = "He said “I said so”."
    claim = claim_of({"source": "He", "cue": "said", "content": "“I said so”", "actor": "Ana"}, text)
    assert place(claim["cue"][0], text) == ("said", 0)


def test_a_source_is_not_sought_inside_the_content_unless_it_stands_nowhere_else() -> None:
    text = "“Ask her,” she said, “she knows.”"
    assert located("she", text, [(15, 19)], [(20, 33)]) == (11, 14)
    assert located("knows", text, [], [(20, 33)]) == (26, 31)


def test_runs_of_content_lie_apart_and_each_is_near_to_the_one_before() -> None:
    text = "“Yes,” she said. “Yes,” they said. “Yes.” The end."
    claim = claim_of({"content": ["“Yes,” @2", "“Yes.”"], "cue": "said"}, text)
    assert words(claim["content"], text) == ["“Yes,”", "“Yes.”"]
    claim = claim_of({"content": ["“Yes,” @1", "“Yes,”"], "cue": "said"}, text)
    assert claim["content"] == [(0, 6), (17, 23)]


def test_runs_of_content_come_in_the_order_of_the_text() -> None:
    text = "“Go,” she said, “now.”"
    assert words(claim_of({"content": ["“now.”", "“Go,”"], "cue": "said"}, text)["content"], text) == [
        "“Go,”",
        "“now.”",
    ]


def test_a_cue_may_have_several_words_apart() -> None:
    text = "Ana Ruiz called the plan off-key."
    claim = claim_of(
        {"source": "Ana Ruiz", "cue": ["called", "off-key"], "content": "the plan", "actor": "A"}, text
    )
    assert words(claim["cue"], text) == ["called", "off-key"]


def test_addressee_and_time_are_found_near_the_cue() -> None:
    text = "On Friday it rained. On Friday Ana told Bo that Bo could swim."
    claim = claim_of({"cue": "told", "content": "Bo could swim", "addressee": "Bo", "time": "On Friday"}, text)
    assert place(claim["addressee"][0], text) == ("Bo", 0)
    assert place(claim["time"][0], text) == ("On Friday", 1)


# what is wrong, in plain words


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"content": "the moon"}, "'the moon' is not in the text"),
        ({"content": "He"}, "'He' stands 2 times in the text: say which by @1, @2, ..."),
        ({"content": "He @3"}, "'He' stands 2 times in the text, there is no @3"),
        ({"content": "nin"}, "'nin' is not in the text"),
        ({"cue": "said"}, "a claim needs content"),
        ({"content": []}, "a claim needs content"),
        ({"content": "  "}, "content must be a quotation from the text, or a list of them"),
        ({"content": 7}, "content must be a quotation from the text, or a list of them"),
        (
            {"content": "it was nine", "cue": ["said", 1]},
            "cue must be a quotation from the text, or a list of them",
        ),
        ({"content": "it was nine", "kind": "rumour"}, "'rumour' is no kind of claim"),
        ({"content": "it was nine", "speaker": "He", "who": "He"}, "a claim has no speaker, who"),
        (
            {"content": "it was nine", "source": "He"},
            "a claim has an actor where it has a source, and only there: 'it was nine'",
        ),
        (
            {"content": "it was nine", "actor": "Ana"},
            "a claim has an actor where it has a source, and only there: 'it was nine'",
        ),
    ],
)
def test_what_is_wrong_with_a_claim_is_said_in_plain_words(claim: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError) as caught:
        claim_of(claim, "He said it was nine. He slept.")
    assert str(caught.value) == message


def test_every_problem_of_an_article_is_reported_at_once_each_with_its_claim() -> None:
    data = {
        "text": "Ana said yes.",
        "claims": [
            {"content": "no"},
            {"source": "Ana", "cue": "said", "content": "yes", "actor": "Ana"},
            {"content": "maybe"},
        ],
        "actors": [
            {"name": "Bo", "type": "CAT"},
            {"name": "", "type": "PERSON"},
            {"name": "Cy", "type": "ORG", "born": 1},
        ],
    }
    with pytest.raises(GoldError) as caught:
        row_of(data, "x")
    needs = "needs a name and a type, may have aliases and a role"
    assert str(caught.value).splitlines() == [
        "claim 1: 'no' is not in the text",
        "claim 3: 'maybe' is not in the text",
        f"actor 'Bo': {needs}",
        f"actor '': {needs}",
        f"actor 'Cy': {needs}",
        "no actor is named 'Ana'",
    ]


def test_an_actor_of_a_claim_must_be_listed() -> None:
    claim = {"source": "Ana", "cue": "said", "content": "yes", "actor": "Ana"}
    with pytest.raises(GoldError, match=r"^no actor is named 'Ana'$"):
        row_of({"text": "Ana said yes.", "claims": [claim], "actors": ACTORS}, "x")


def test_an_article_has_no_other_parts() -> None:
    with pytest.raises(GoldError, match="an article has no author, url"):
        row_of({"text": "Rain.", "author": "Ana", "url": "x"}, "x")


# rows and files


def test_a_row_has_the_claims_in_the_order_of_the_text_and_whole_actors() -> None:
    data = {
        "style": "brief",
        "text": "\nAna Ruiz said yes. “No,” said Bo.\n\n",
        "claims": [
            {
                "source": "Bo",
                "cue": "said @2",
                "content": "“No,”",
                "actor": "Bo",
                "kind": "denial",
                "hedged": True,
            },
            {"source": "Ana Ruiz", "cue": "said @1", "content": "yes", "actor": "Ana Ruiz"},
        ],
        "actors": [*ACTORS, {"name": "Bo", "type": "PERSON", "role": "ferryman", "aliases": ["Bosse"]}],
    }
    row = row_of(data, "yes_and_no")
    assert (row["id"], row["style"], row["text"]) == ("yes_and_no", "brief", "Ana Ruiz said yes. “No,” said Bo.")
    assert [(claim["actor"], claim["kind"], claim["hedged"]) for claim in row["attributions"]] == [
        ("Ana Ruiz", "statement", False),
        ("Bo", "denial", True),
    ]
    assert row["actors"] == [
        {"name": "Ana Ruiz", "aliases": [], "type": "PERSON", "role": None},
        {"name": "Bo", "aliases": ["Bosse"], "type": "PERSON", "role": "ferryman"},
    ]


def test_an_article_may_have_no_claim() -> None:
    row = row_of({"text": "Rain fell."}, "rain")
    assert (row["attributions"], row["actors"], row["style"]) == ([], [], "")


def test_claims_are_shown_in_a_line_each() -> None:
    text = "“Go,” Ana Ruiz\nurged Bo on Friday, “now.”"
    claim = {
        "source": "Ana Ruiz",
        "cue": "urged",
        "content": ["“Go,”", "“now.”"],
        "actor": "Ana Ruiz",
        "kind": "demand",
        "addressee": "Bo",
        "time": "on Friday",
        "hedged": True,
    }
    row = row_of({"text": text, "claims": [claim], "actors": ACTORS}, "go")
    expected = "demand of Ana Ruiz, addressee 'Bo', time 'on Friday', hedged: [Ana Ruiz] [urged] [“Go,” … “now.”]"
    assert list(marked(row)) == [expected]


GOOD = """
text = '''
Ana said it "rained".
'''

[[claims]]
source = "Ana"
cue = "said"
content = 'it "rained"'
actor = "Ana"

[[actors]]
name = "Ana"
type = "PERSON"
"""


def test_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "rain.toml").write_text(GOOD, encoding="utf-8")
    row = read(tmp_path / "rain.toml")
    assert (row["id"], row["text"]) == ("rain", 'Ana said it "rained".')
    assert words(row["attributions"][0]["content"], row["text"]) == ['it "rained"']


def test_problems_of_a_file_name_it_on_every_line(tmp_path: Path) -> None:
    bad = GOOD.replace('cue = "said"', 'cue = "sang"') + '[[actors]]\nname = "Bo"\n'
    (tmp_path / "rain.toml").write_text(bad, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        read(tmp_path / "rain.toml")
    first, second = str(caught.value).splitlines()
    assert first == "rain.toml: claim 1: 'sang' is not in the text"
    assert second.startswith("rain.toml: actor 'Bo': needs a name and a type")


@pytest.mark.parametrize("contents", [b"text = ", b"text = '\xff'"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "broken.toml").write_bytes(contents)
    with pytest.raises(GoldError, match=r"^broken\.toml: "):
        read(tmp_path / "broken.toml")


def test_a_part_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "learn").mkdir()
    for name in ("b", "a", "c"):
        (tmp_path / "learn" / f"{name}.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "learn" / "notes.txt").write_text("not gold", encoding="utf-8")
    assert [row["id"] for row in rows_of("learn", tmp_path)] == ["a", "b", "c"]
    assert rows_of("judge", tmp_path) == []


def test_the_command_prints_claims_and_counts_the_files_that_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rain.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(GOOD.replace('"said"', '"sang"'), encoding="utf-8")
    assert main([tmp_path / "rain.toml", tmp_path / "wrong.toml"]) == 1
    printed = capsys.readouterr().out
    assert "rain: 4 words, 1 claims" in printed
    assert 'statement of Ana: [Ana] [said] [it "rained"]' in printed
    assert "wrong.toml: claim 1: 'sang' is not in the text" in printed
    assert printed.endswith("2 files, 1 wrong\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="No such file"):
        read(tmp_path / "nothere.toml")
