import random
from pathlib import Path

import pytest

from bot.extraction.encoder.word_pieces import PieceReader
from training.corpus import Article, GoldClaim, Name
from training.degradation import Damage, damaged
from training.features import NAME_TAGS, NO_LABEL, NONE_OF_THREE, TAGS, Example, example_of, reader_of
from training.marks import PAUSES, with_marks

TOKENIZER = Path(__file__).parents[3] / "models" / "hearsay" / "tokenizer" / "tokenizer.json"
TEXT = "Officials spoke ThursdayThe mayor, Ada Lowe, said it holds."


@pytest.fixture(scope="module")
def reader() -> PieceReader:
    if not TOKENIZER.is_file():
        pytest.skip("the shipped model has no tokenizer at models/hearsay/tokenizer")
    return reader_of(TOKENIZER)


@pytest.fixture(scope="module")
def example(reader: PieceReader) -> Example:
    claim = GoldClaim(((24, 43),), ((45, 49),), ((50, 58),))
    return example_of(Article("x", TEXT, (claim,), ((0, 24), (24, 59)), (Name(35, 43, "PER"),)), reader)


def words(reader: PieceReader, runs: tuple[tuple[int, int], ...]) -> list[str]:
    ids = reader.read(TEXT).ids
    return [reader.tokenizer.decode(ids[a:b].tolist()) for a, b in runs]


def test_training_sees_the_pieces_and_features_that_extraction_sees(reader: PieceReader, example: Example) -> None:
    pieces = reader.read(TEXT)
    assert example.ids.tolist() == pieces.ids.tolist()
    assert example.feat.tolist() == pieces.features.tolist()


def test_labels_stand_on_the_pieces_of_the_words_annotated(reader: PieceReader, example: Example) -> None:
    (claim,) = example.claims
    assert words(reader, claim.source) == ["the mayor, ada lowe"]
    assert words(reader, claim.cue) == ["said"]
    assert words(reader, claim.content) == ["it holds"]
    for run, name in ((claim.source[0], "SOURCE"), (claim.cue[0], "CUE"), (claim.content[0], "CONTENT")):
        labels = [TAGS[x] for x in example.tag[slice(*run)]]
        assert labels == [f"B-{name}", *[f"I-{name}"] * (len(labels) - 1)]
    assert sum(example.tag == 0) == len(example.tag) - sum(
        b - a for ((a, b),) in (claim.source, claim.cue, claim.content)
    )


def test_a_sentence_glued_to_the_one_before_starts_at_the_seam(reader: PieceReader, example: Example) -> None:
    starts = example.sent.nonzero()[0].tolist()
    assert words(reader, tuple((i, i + 1) for i in starts)) == ["officials", "the"]


def test_names_are_labelled_and_where_nobody_marked_any_nothing_is_learnt(
    reader: PieceReader, example: Example
) -> None:
    assert {NAME_TAGS[x] for x in example.ner} == {"O", "B-PER", "I-PER"}
    unmarked = example_of(Article("x", TEXT, (), (), None), reader)
    assert set(unmarked.ner.tolist()) == {NO_LABEL}


def test_what_punctuation_said_is_labelled_though_the_marks_are_gone(reader: PieceReader) -> None:
    (said,) = with_marks([Article("x", 'Yes, he said. "It holds." Then 3.5 left', (), (), ())])
    bare = damaged(said, Damage(punctuation=True), random.Random(1))
    assert bare.text == "Yes he said It holds Then 35 left"
    example = example_of(bare, reader)
    assert example.quoted is not None
    assert example.pause is not None
    assert reader.tokenizer.decode(example.ids[example.quoted == 1].tolist()) == "it holds"
    found = [PAUSES[x] for x in example.pause]
    assert found == ["within a sentence", "none", "end of a sentence", "none", "end of a sentence", *["none"] * 3]


def test_outside_names_of_three_types_that_people_marked_a_fourth_one_is_possible(reader: PieceReader) -> None:
    example = example_of(Article("x", TEXT, None, (), (Name(35, 43, "PER"),), marked=True), reader)
    assert sorted(set(example.ner.tolist())) == [1, 2, NONE_OF_THREE]


def test_an_empty_text_has_no_pieces(reader: PieceReader) -> None:
    assert len(example_of(Article("x", "", (), (), ()), reader).ids) == 0
