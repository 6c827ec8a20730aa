import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gold.reading import KINDS, TYPES, GoldError, marked
from gold.wikinews import FILE, TRAIN, digest_of, rows_of, texts_of

SHARED = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[4] / "shared")
MARSH = "Marsh bridge closes\n\nThe bridge is shut. It creaks, said Ida Bloom.\n\nNobody minds."
SNIPPET = """\
# newdoc id = marsh_bridge
# meta::title = Marsh bridge closes
# newpar
# newpar_block = head (1 s)
# sent_id = marsh_bridge-1
# text = Marsh bridge closes
1\tMarsh\tMarsh\tPROPN\tNNP\t_\t2\tcompound\t_\t_

# newpar
# newpar_block = p (2 s)
# sent_id = marsh_bridge-2
# text = The bridge is shut.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_

# sent_id = marsh_bridge-3
# text = It creaks, said Ida Bloom.
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_

# newpar id = p3
# sent_id = marsh_bridge-4
# text = Nobody minds.
1\tNobody\tnobody\tPRON\tNN\t_\t2\tnsubj\t_\t_

# newdoc id = other
# newpar
# text = This is another document.
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    path = tmp_path / "corpora" / TRAIN
    path.parent.mkdir(parents=True)
    path.write_text(SNIPPET, encoding="utf-8")
    return tmp_path / "corpora"


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Path]:
    """A file of one stored row, with the changes that a test wants."""

    def written(**changes: Any) -> Path:
        claim: dict[str, Any] = {"actor": "Ida Bloom", "kind": "statement", "hedged": False}
        for key, words in (("source", "Ida Bloom"), ("cue", "said"), ("content", "It creaks")):
            claim[key] = [[MARSH.index(words), MARSH.index(words) + len(words)]]
        actor: dict[str, Any] = {"name": "Ida Bloom", "aliases": [], "type": "PERSON", "role": None}
        row = {"id": "marsh_bridge", "sha256": digest_of(MARSH), "attributions": [claim], "actors": [actor]}
        file = tmp_path / "stored.jsonl"
        file.write_text(json.dumps(row | changes) + "\n", encoding="utf-8")
        return file

    return written


def test_a_text_is_rebuilt_with_spaces_between_sentences_and_empty_lines_between_paragraphs() -> None:
    assert texts_of(SNIPPET.splitlines(keepends=True), {"marsh_bridge"}) == {"marsh_bridge": MARSH}


def test_lines_may_end_as_they_like() -> None:
    lines = SNIPPET.splitlines()
    assert texts_of(lines, {"marsh_bridge"}) == texts_of([f"{line}\r\n" for line in lines], {"marsh_bridge"})


def test_only_the_documents_asked_for_are_rebuilt() -> None:
    lines = SNIPPET.splitlines(keepends=True)
    assert texts_of(lines, {"other", "absent"}) == {"other": "This is another document."}
    assert texts_of(lines, set()) == {}


def test_spaces_inside_a_sentence_are_kept() -> None:
    assert texts_of(["# newdoc id = a\n", "# text =  \tTwo  spaces \n"], {"a"}) == {"a": " \tTwo  spaces "}


WORDS = st.text(alphabet="abc #=.", min_size=1)


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1))
def test_whatever_the_sentences_every_one_comes_back(paragraphs: list[list[str]]) -> None:
    lines = ["# newdoc id = any"]
    for sentences in paragraphs:
        lines += ["# newpar", *(f"# text = {sentence}" for sentence in sentences)]
    expected = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    assert texts_of(lines, {"any"}) == {"any": expected}


def test_a_row_has_its_text_again(corpora: Path, stored: Callable[..., Path]) -> None:
    (row,) = rows_of(corpora, stored())
    assert row["id"] == "marsh_bridge"
    assert row["text"] == MARSH
    assert list(marked(row)) == ["statement of Ida Bloom: [Ida Bloom] [said] [It creaks]"]


def test_without_the_corpus_a_plain_message_says_what_is_needed(
    tmp_path: Path, stored: Callable[..., Path]
) -> None:
    with pytest.raises(GoldError, match=r"need gum/train\.conllu of the GUM corpus"):
        rows_of(tmp_path / "nowhere", stored())


def test_a_corpus_that_is_no_text_is_refused(corpora: Path, stored: Callable[..., Path]) -> None:
    (corpora / TRAIN).write_bytes(b"# newdoc id = marsh_bridge\n# text = \xff\n")
    with pytest.raises(GoldError, match="is not UTF-8"):
        rows_of(corpora, stored())


def test_a_document_that_the_corpus_lacks_is_named(corpora: Path, stored: Callable[..., Path]) -> None:
    with pytest.raises(GoldError, match=r"marsh_causeway is not in gum/train\.conllu"):
        rows_of(corpora, stored(id="marsh_causeway"))


def test_a_text_that_differs_is_refused(corpora: Path, stored: Callable[..., Path]) -> None:
    changed = SNIPPET.replace("Nobody minds.", "Everybody minds.")
    (corpora / TRAIN).write_text(changed, encoding="utf-8")
    with pytest.raises(GoldError, match=r"the text of marsh_bridge .* is not the one"):
        rows_of(corpora, stored())


def test_the_stored_file_holds_no_text_of_the_corpus() -> None:
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 8
    for row in rows:
        assert set(row) == {"id", "sha256", "attributions", "actors"}
        names = {actor["name"] for actor in row["actors"]}
        assert {claim["actor"] for claim in row["attributions"]} <= names | {None}
        assert {claim["kind"] for claim in row["attributions"]} <= KINDS
        assert {actor["type"] for actor in row["actors"]} <= TYPES


def test_the_corpus_gives_the_texts_that_were_marked() -> None:
    corpora = SHARED / "corpora"
    if not (corpora / TRAIN).is_file():
        pytest.skip("the folder of shared data is not there (set HEARSAY_SHARED)")
    rows = rows_of(corpora)
    assert len(rows) == 8
    for row in rows:
        for claim in row["attributions"]:
            spans = [span for key in ("source", "cue", "content") for span in claim[key]]
            words = [row["text"][start:end] for start, end in spans]
            assert all(found and found == found.strip() for found in words)
            assert claim["content"]
            assert bool(claim["source"]) == bool(claim["actor"])
