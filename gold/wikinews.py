"""Claims of eight Wikinews articles. Their texts are not included; they are rebuilt from GUM's training part."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from gold.reading import GoldError, Row

FILE = Path(__file__).with_name("wikinews.jsonl")
"""One line per article: its id, the sha256 of its text, attributions by character offsets, and actors."""
TRAIN = Path("gum") / "train.conllu"
"""The only part of GUM that is read. Its other parts are for measuring."""

_DOCUMENT = re.compile(r"# newdoc id = (\S+)\s*")
_PARAGRAPH = re.compile(r"# newpar(?: .*)?\s*")
_TEXT = "# text = "
_SPANS = frozenset({"source", "cue", "content", "addressee", "time"})


def texts_of(lines: Iterable[str], ids: Collection[str]) -> dict[str, str]:
    """Return the texts of the documents `ids` in the `lines` of a CoNLL-U file, as far as they are there.

    Sentences are taken from the `# text =` comments, joined by spaces; an empty line marks each `# newpar`.
    """
    documents: dict[str, list[list[str]]] = {}
    paragraphs: list[list[str]] | None = None
    for line in lines:
        if document := _DOCUMENT.fullmatch(line):
            paragraphs = documents.setdefault(document[1], [[]]) if document[1] in ids else None
        elif paragraphs is None:
            continue
        elif _PARAGRAPH.fullmatch(line):
            paragraphs.append([])
        elif line.startswith(_TEXT):
            paragraphs[-1].append(line.removeprefix(_TEXT).rstrip("\r\n"))
    return {
        name: "\n\n".join(" ".join(sentences) for sentences in found if sentences)
        for name, found in documents.items()
    }


def digest_of(text: str) -> str:
    """Return the sha256 of `text` in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _attribution_of(stored: dict[str, Any]) -> dict[str, Any]:
    """Return a stored attribution with spans in the form of gold.reading: pairs of offsets."""
    return {key: [(a, b) for a, b in value] if key in _SPANS else value for key, value in stored.items()}


def _row_of(stored: dict[str, Any], texts: dict[str, str]) -> Row:
    """Return a stored row with its text. Raises GoldError if the text is not the one that was annotated."""
    text = texts.get(stored["id"])
    if text is None:
        raise GoldError(f"{stored['id']} is not in {TRAIN}")
    if digest_of(text) != stored["sha256"]:
        raise GoldError(f"the text of {stored['id']} in {TRAIN} is not the one whose claims were marked")
    return {
        "id": stored["id"],
        "style": "Wikinews",
        "text": text,
        "attributions": [_attribution_of(attribution) for attribution in stored["attributions"]],
        "actors": stored["actors"],
    }


def rows_of(corpora: Path, file: Path = FILE) -> list[Row]:
    """Return the rows of `file` with texts from GUM's training part in the folder `corpora`.

    Raises GoldError if the corpus is missing, or if its texts differ from those that were annotated.
    """
    stored = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    path = corpora / TRAIN
    try:
        with path.open(encoding="utf-8") as lines:
            texts = texts_of(lines, {row["id"] for row in stored})
    except OSError as error:
        raise GoldError(
            f"the Wikinews texts need {TRAIN} of the GUM corpus, and it cannot be read: {error}"
        ) from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{TRAIN} is not UTF-8: {error}") from error
    return [_row_of(row, texts) for row in stored]
