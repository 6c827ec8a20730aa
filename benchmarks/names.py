"""Names against gold: persons, organisations and places in the treebanks GUM and EWT (Universal NER), dev parts.

Strict: a name is right if its span and its type are. Texts are rebuilt from words and the spaces in the files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

Name = tuple[int, int, str]
"""Start, end (exclusive) and type: PER, ORG or LOC."""
FILES = {"GUM dev": "gum-dev.iob", "EWT dev": "uner_en_ewt-dev.iob2"}
FOLDER = "corpora/ner"
TYPES = {"PERSON": "PER", "ORG": "ORG", "LOC": "LOC"}
"""The labels of the name finder for each type."""
NEEDED = ("hearsay_encoder", "hearsay_names")


@dataclass(slots=True)
class NamedText:
    """A text and the names in it."""

    text: str = ""
    names: list[Name] = field(default_factory=list)

    def put(self, word: str, label: str, *, space: bool) -> None:
        """Add a word with its label: O, or B- or I- and the type. `space` follows it."""
        start = len(self.text)
        self.text += word
        kind = label[2:]
        if label.startswith("I-") and self.names and self.names[-1][2] == kind and self.names[-1][1] >= start - 1:
            self.names[-1] = (self.names[-1][0], len(self.text), kind)
        elif label != "O":
            self.names.append((start, len(self.text), kind))
        if space:
            self.text += " "


def read_names(lines: Iterable[str]) -> list[NamedText]:
    """Return the texts of a file with one word per line: "word label note", or "number word label …" (EWT)."""
    texts: list[NamedText] = []
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc") or not texts:
            texts.append(NamedText())
        if len(columns) >= 5 and columns[0].isdigit():
            texts[-1].put(columns[1], columns[2], space=True)
        elif len(columns) == 3:
            texts[-1].put(columns[0], columns[1], space="SpaceAfter=No" not in columns[2])
        elif not columns[0].strip() and texts[-1].text:
            texts[-1].text = texts[-1].text.rstrip() + "\n"
    for text in texts:
        text.names = [name for name in text.names if name[2] in TYPES.values()]
    return texts


def found_names(nlp: Language, text: str) -> set[Name]:
    """Return the names that the pipeline finds in `text`."""
    doc = nlp.make_doc(text)
    for component in NEEDED:
        doc = nlp.get_pipe(component)(doc)
    return {(entity.start_char, entity.end_char, TYPES[entity.label_]) for entity in doc.ents}


def name_figures(nlp: Language, texts: Iterable[NamedText]) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 (percent) of all names, and of each type."""
    pairs = [(set(text.names), found_names(nlp, text.text)) for text in texts]
    figures: dict[str, tuple[float, float, float]] = {}
    for kind in ("", *TYPES.values()):
        gold, found, right = (
            sum(sum(1 for name in names if kind in ("", name[2])) for names in side)
            for side in ([g for g, _ in pairs], [f for _, f in pairs], [g & f for g, f in pairs])
        )
        f1 = 200 * right / max(gold + found, 1)
        figures[kind or "all"] = (100 * right / max(found, 1), 100 * right / max(gold, 1), f1)
    return figures


def name_files(shared: Path) -> dict[str, list[NamedText]]:
    """Return the texts of each gold file that exists."""
    found = {}
    for name, file in FILES.items():
        path = shared / FOLDER / file
        if path.is_file():
            with path.open(encoding="utf-8") as lines:
                found[name] = read_names(lines)
    return found
