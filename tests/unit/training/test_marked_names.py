"""Names that were marked: found again in the treebank, and put in the place of automatic ones."""

import json
from pathlib import Path

import pytest

from training.corpus import Article, CorpusMissing, Name
from training.marked_names import NAMES, TYPES, documents, treebank_names, with_marked_names

TREEBANK = """# newdoc id = mail-1
1	Ada	Ada	PROPN	NNP	_	2	_	_	_
2	Lowe	Lowe	PROPN	NNP	_	0	_	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	_	_	_

1	Bye	bye	INTJ	UH	_	0	_	_	_

# newdoc id = mail-2
1	Norr	Norr	PROPN	NNP	_	0	_	_	SpaceAfter=No
2	-	-	PUNCT	HYPH	_	1	_	_	SpaceAfter=No
3	Steel	Steel	PROPN	NNP	_	1	_	_	_
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "ud-ewt").mkdir()
    (tmp_path / "ud-ewt" / "train.conllu").write_text(TREEBANK, encoding="utf-8")
    rows = [{"id": "mail-1", "names": [[0, 0, 2, "P"]]}, {"id": "mail-2", "names": [[0, 0, 3, "O"]]}]
    (tmp_path / "ewt.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_every_other_document_has_spaces_between_all_tokens(corpora: Path) -> None:
    texts = [article.text for article, _ in documents(corpora / "ud-ewt" / "train.conllu")]
    assert texts == ["Ada Lowe.\nBye", "Norr - Steel"]


def test_marked_names_stand_where_their_tokens_do_however_these_are_spaced(corpora: Path) -> None:
    found = [
        [(article.text[name.start : name.end], name.type) for name in article.names or ()]
        for article in treebank_names(corpora, corpora)
    ]
    assert found == [[("Ada Lowe", "PER")], [("Norr - Steel", "ORG")]]
    assert all(article.marked for article in treebank_names(corpora, corpora))


def test_what_was_marked_takes_the_place_of_automatic_names(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text(json.dumps({"id": "a", "names": [[0, 3, "P"]]}), encoding="utf-8")
    articles = [Article(id_, "Ada left", (), (), (Name(4, 8, "LOC"),)) for id_ in "ab"]
    marked, other = with_marked_names(articles, "own.jsonl", tmp_path)
    assert (marked.names, marked.marked) == ((Name(0, 3, "PER"),), True)
    assert (other.names, other.marked) == ((Name(4, 8, "LOC"),), False)


def test_a_treebank_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        list(documents(tmp_path / "train.conllu"))


@pytest.mark.parametrize("file", ["ewt.jsonl", "own.jsonl", "polnear.jsonl"])
def test_the_files_hold_places_and_types_in_order_and_no_text(file: str) -> None:
    rows = [json.loads(line) for line in (NAMES / file).read_text(encoding="utf-8").splitlines()]
    assert rows == sorted(rows, key=lambda row: row["id"])
    for row in rows:
        assert set(row) == {"id", "names"}
        places = [name[:-1] for name in row["names"]]
        assert places == sorted(places)
        assert all(place[-2] < place[-1] for place in places)
        assert {name[-1] for name in row["names"]} <= set(TYPES)
