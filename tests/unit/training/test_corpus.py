import gzip
import json
from pathlib import Path

import pytest

from training.corpus import (
    CorpusMissing,
    Name,
    article_of,
    hold_out,
    load_gold,
    load_names,
    load_polnear,
    sentences_by_rule,
)

TEXT = 'Mayor Ada Lowe said the bridge is safe. "It will open," she added.\nTaxes rise in Port Ellery.'
ROW = {
    "id": "one",
    "publisher": "nobody",
    "text": TEXT,
    "attributions": [{"source": [[0, 14]], "cue": [[15, 19]], "content": [[20, 38]]}],
}
TOKENS = [
    (0, 5),
    (6, 9),
    (10, 14),
    (15, 19),
    (20, 38),
    (38, 39),
    (40, 66),
    (67, 72),
    (73, 77),
    (78, 80),
    (81, 85),
    (86, 92),
]
LAYER = {
    "id": "one",
    "tokens": [list(x) for x in TOKENS],
    "sent_ends": [6, 7, 12],
    "ner": ["O", "PERSON", "PERSON", "O", "O", "O", "O", "O", "O", "O", "LOCATION", "LOCATION"],
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "polnear").mkdir()
    (tmp_path / "polnear-silver").mkdir()
    other = ROW | {"id": "two"}
    (tmp_path / "polnear" / "train.jsonl").write_text(
        f"{json.dumps(ROW)}\n{json.dumps(other)}\n", encoding="utf-8"
    )
    layers = gzip.compress((json.dumps(LAYER) + "\n").encode())
    (tmp_path / "polnear-silver" / "train.jsonl.gz").write_bytes(layers)
    return tmp_path


def test_an_article_has_the_claims_of_its_row_and_the_sentences_and_names_of_its_silver_layer(
    corpora: Path,
) -> None:
    article = load_polnear(corpora, "train")[0]
    assert article.claims is not None
    (claim,) = article.claims
    assert [TEXT[a:b] for part in (claim.source, claim.cue, claim.content) for a, b in part] == [
        "Mayor Ada Lowe",
        "said",
        "the bridge is safe",
    ]
    assert [TEXT[a:b] for a, b in article.sentences] == [
        "Mayor Ada Lowe said the bridge is safe.",
        '"It will open," she added.',
        "Taxes rise in Port Ellery",
    ]
    assert article.names == (Name(6, 14, "PER"), Name(81, 92, "LOC"))


def test_an_article_without_a_silver_layer_has_sentences_by_rule_and_no_word_on_names(corpora: Path) -> None:
    article = load_polnear(corpora, "train")[1]
    assert article.names is None
    assert [TEXT[a:b] for a, b in article.sentences] == [
        "Mayor Ada Lowe said the bridge is safe.",
        '"It will open," she added.',
        "Taxes rise in Port Ellery.",
    ]


def test_names_of_one_type_that_meet_at_a_sentence_end_stay_two() -> None:
    row = {"id": "x", "text": "Ada. Bea.", "attributions": []}
    layer = {"tokens": [[0, 3], [5, 8]], "sent_ends": [1, 2], "ner": ["PERSON", "PERSON"]}
    assert article_of(row, layer).names == (Name(0, 3, "PER"), Name(5, 8, "PER"))


@pytest.mark.parametrize("text", ["", " \n ", "…"])
def test_empty_and_odd_texts_have_sentences_within_them(text: str) -> None:
    assert all(text[a:b].strip() for a, b in sentences_by_rule(text))


def test_a_missing_corpus_is_named_and_the_instructions_pointed_at(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match=r"train\.jsonl\.gz is not there; training/README\.md"):
        load_polnear(tmp_path, "train")


def test_a_gold_file_may_have_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n", encoding="utf-8")
    assert [x.id for x in load_gold(path)] == ["one"]


def test_what_is_held_out_hangs_on_seed_and_articles_and_not_on_their_order() -> None:
    articles = [article_of({"id": str(n), "text": "x", "attributions": []}) for n in range(30)]
    learn, held = hold_out(articles, 5, seed=7)
    again, held_again = hold_out(articles[::-1], 5, seed=7)
    assert {x.id for x in held} == {x.id for x in held_again}
    assert len(held) == 5
    assert not {x.id for x in held} & {x.id for x in learn}
    assert len(learn) == len(again) == 25


def test_documents_of_a_file_of_names_are_read_with_their_spacing(tmp_path: Path) -> None:
    lines = ["# newdoc id = one", "Ana\tB-PER\t_", "Lund\tI-PER\tSpaceAfter=No", ",\tO\t_", "Oslo\tB-LOC\t_", ""]
    lines += ["Go\tO\tSpaceAfter=No", ".\tO\t_", "", "# newdoc id = two", "NATO\tB-ORG\t_", "Art\tB-MISC\t_"]
    path = tmp_path / "names.iob"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    one, two = load_names(path)
    assert one.text == "Ana Lund, Oslo Go."
    assert [(one.text[n.start : n.end], n.type) for n in one.names or ()] == [("Ana Lund", "PER"), ("Oslo", "LOC")]
    assert [one.text[a:b] for a, b in one.sentences] == ["Ana Lund, Oslo", "Go."]
    assert one.claims is None
    assert [n.type for n in two.names or ()] == ["ORG", "MISC"]


def test_a_missing_file_of_names_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="is not there"):
        load_names(tmp_path / "names.iob")
