from pathlib import Path

import numpy as np
import pytest

from training.corpus import UNSURE, CorpusMissing
from training.proper_nouns import documents, runs_of_proper_nouns, type_of

TREEBANK = """# newdoc id = one
# text = Mayor Ada Lowe left Port Ellery Monday.
1\tMayor\tMayor\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2\tAda\tAda\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tLowe\tLowe\tPROPN\tNNP\t_\t1\tflat\t_\t_
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5\tPort\tPort\tPROPN\tNNP\t_\t6\tcompound\t_\t_
6\tEllery\tEllery\tPROPN\tNNP\t_\t4\tobj\t_\t_
7\tMonday\tMonday\tPROPN\tNNP\t_\t4\tobl\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = So?
1\tSo\tso\tADV\tRB\t_\t0\troot\t_\tSpaceAfter=No
2\t?\t?\tPUNCT\t.\t_\t1\tpunct\t_\t_
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_a_document_is_put_together_as_it_was_and_every_other_one_with_spaces(path: Path) -> None:
    path.write_text(TREEBANK * 2, encoding="utf-8")
    (article, sentences), (spaced, _) = documents(path)
    assert article.text == "Mayor Ada Lowe left Port Ellery Monday.\nSo?"
    assert [article.text[a:b] for a, b in article.sentences] == article.text.split("\n")
    assert [len(tokens) for tokens in sentences] == [8, 2]
    assert spaced.text == "Mayor Ada Lowe left Port Ellery Monday .\nSo ?"


def test_proper_nouns_that_hang_together_are_one_name_without_titles_and_days(path: Path) -> None:
    ((article, sentences),) = documents(path)
    runs = [article.text[a:b] for tokens in sentences for a, b in runs_of_proper_nouns(tokens, article.text)]
    assert runs == ["Ada Lowe", "Port Ellery"]


@pytest.mark.parametrize(
    ("person", "place", "expected"),
    [(0.9, 0.05, "PER"), (0.1, 0.7, "LOC"), (0.05, 0.05, "MISC"), (0.3, 0.4, UNSURE)],
)
def test_a_type_is_told_where_the_model_is_sure(person: float, place: float, expected: str) -> None:
    row = np.zeros(7, dtype=np.float32)
    row[[1, 5, 0]] = person, place, 1 - person - place
    assert type_of(np.stack([row, row])) == expected


def test_a_treebank_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="is not there"):
        next(documents(tmp_path / "train.conllu"))
