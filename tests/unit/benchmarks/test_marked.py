"""What was marked in PolNeAR's own articles: places and letters alone, and what of it is right."""

import pytest
from spacy.language import Language

from benchmarks.marked import LEARN, actors_right, kinds_right, rows_of
from training.corpus import Article, GoldClaim
from training.kinds import LETTERS

TEXT = "Anna Kovacs left. She called the plan a farce. Bo Ray asked who would pay."
ARTICLE = Article(
    "one",
    TEXT,
    (
        GoldClaim(((18, 21),), ((22, 28),), ((29, 45),)),
        GoldClaim(((47, 53),), ((54, 59),), ((60, 73),)),
    ),
    (),
    None,
)


def test_the_files_hold_numbers_places_and_letters_and_no_text() -> None:
    actors, kinds = rows_of("actors"), rows_of("kinds")
    for row in actors:
        assert set(row) == {"id", "actors"}
        assert all(a < b for _, spans in row["actors"] for a, b in spans)
    for row in kinds:
        assert set(row) == {"id", "kinds"}
        assert {letter for _, letter in row["kinds"]} <= set(LETTERS)
    assert (len(actors), sum(len(row["kinds"]) for row in kinds)) == (52, 5_600)


def test_marks_to_learn_from_are_of_other_articles_and_their_notes_of_marked_claims() -> None:
    learned = rows_of("actors", LEARN)
    assert not {row["id"] for row in learned} & {row["id"] for row in rows_of("actors")}
    assert len({row["id"] for row in learned}) == len(learned)
    for row in learned:
        assert {"id", "actors"} <= set(row) <= {"id", "actors", "doubt", "asked"}
        assert all(a < b for _, spans in row["actors"] for a, b in spans)
        claims = [claim for claim, _ in row["actors"]]
        assert claims == sorted(set(claims))
        assert {claim for claim, _ in row.get("doubt", ())} | set(row.get("asked", ())) <= set(claims)
        assert {doubt for _, doubt in row.get("doubt", ())} <= {1, 2}


def test_actors_are_right_where_their_name_was_marked(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    marked = [{"id": "one", "actors": [[0, [[0, 11]]], [1, [[0, 11]]]], "asked": [1]}]
    monkeypatch.setattr("benchmarks.marked.rows_of", lambda *_: marked)
    assert actors_right(nlp, {"one": ARTICLE}) == {"actors": {True: 1, False: 1}, "  asked or told": {False: 1}}


def test_kinds_are_counted_in_all_and_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.marked.rows_of", lambda _: [{"id": "one", "kinds": [[0, "o"], [1, "d"]]}])
    found = kinds_right({"one": ARTICLE})
    assert found == {"kinds": {True: 1, False: 1}, "  opinion": {True: 1}, "  denial": {False: 1}}
