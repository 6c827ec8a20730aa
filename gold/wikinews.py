"""Claims of eight Wikinews articles. Their texts stay outside, in GUM's training part, and are rebuilt from it."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from gold.reading import GoldError, Row

FILE = Path(__file__).with_name("wikinews.jsonl")
"""A line for each article: its id, the sha256 of its text, attributions by character offsets, and actors."""
TRAIN = Path("gum") / "train.conllu"
"""The only part of GUM that is read; its other parts measure."""

_DOCUMENT = re.compile(r"# newdoc id = (\S+)\s*")
_PARAGRAPH = re.compile(r"# newpar(?: .*)?\s*")
_TEXT = "# text = "
_SPANS = frozenset({"source", "cue", "content", "addressee", "time"})


def texts_of(lines: Iterable[str], ids: Collection[str]) -> dict[str, str]:
    """Return the texts of the documents `ids` in the `lines` of a CoNLL-U file; documents not found are left out.

    Sentences are what their `# text =` comments say, with a space between them; an empty line stands where a
    `# newpar` begins.
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
    """Return a stored attribution with its spans as gold.reading has them: pairs of offsets."""
    return {key: [(a, b) for a, b in value] if key in _SPANS else value for key, value in stored.items()}


def _row_of(stored: dict[str, Any], texts: dict[str, str]) -> Row:
    """Return a stored row with its text. Raises GoldError where the text is not the one that was marked."""
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
    """Return the rows of `file`, their texts rebuilt from GUM's training part in the folder `corpora`.

    Raises GoldError where the corpus is absent, or its texts differ from those that were marked.
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
