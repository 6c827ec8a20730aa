"""Texts that extraction may be given: runs, marks, and words that mean much to it, over and over."""

from pathlib import Path

from benchmarks.hostile.measuring import Shape
from benchmarks.hostile.repeated import Repeated
from bot.extraction.extractor import extract_in_worker

START = 250
"""Characters of the smallest texts; the largest have 8,000, as long articles have."""
NEWS = "Anna Kovacs, the minister, said on Tuesday that the harbour would close. “We cannot wait,” she said. "
UNITS = {
    "straight quotation marks": '"',
    "curly quotation marks": "“”",
    "opening quotation marks": "“",
    "apostrophes": "'",
    "quotation marks and spaces": '" ',
    "quoted letters": '"a" ',
    "words of a- without spaces": "a-",
    "words of a- with spaces": "a- ",
    "blank lines": "\n",
    "spaces": " ",
    "tabs": "\t",
    "spaces and line ends": " \n",
    "one word": "a",
    "capitals and small letters": "aA",
    "words glued together": "saidThe",
    "one letter a word": "a ",
    "one letter a line": "a\n",
    "full stops": ". ",
    "initials": "A. ",
    "commas": ", ",
    "said": "said ",
    "he said": "he said ",
    "said that": "said that ",
    "told him he": "told him he told me she told them ",
    "of the": "of the ",
    "who": ", who ",
    "surnames": "Kovacs ",
    "names": "Anna Kovacs ",
    "possessives": "Anna's ",
    "minister of the ministry": "the minister of the ministry of ",
    "labels of speakers": "SMITH: no.\n",
    "questions and answers": "Q: who?\nA: me.\n",
    "quoted lines": "“No.”\n",
    "pull quotes": "“We will not wait here.”\n— Anna Kovacs\n",
    "another name a sentence": "Name{n} Kov{n} said word{n} would. ",
    "pronouns": "He said she said they said it. ",
    "declined to comment": "declined to comment ",
    "addresses": "http://a.example/b?c=d&e={n} ",
    "mail addresses": "a{n}@b.example ",
    "times": "14:05 GMT\n",
    "emoji": "😀 ",
    "combining marks": "a\u0301",
    "bidirectional controls": "\u202e a",
    "lone surrogates": "\ud800 ",
    "another language": "Der Minister sagte am Dienstag, dass der Hafen geschlossen wird. ",
    "news": NEWS,
    "news in paragraphs": NEWS + "\n\n",
}


def read_text(text: str, model: str) -> str:
    """Find actors and claims. Runs in the worker."""
    found = extract_in_worker(model, text, None)
    return f"{len(found.claims)} claims"


def TEXTS(model: Path) -> list[Shape]:  # noqa: N802 - as the other kinds of shapes
    """Return the shapes of texts, read by the pipeline in the folder `model`."""
    return [Shape(name, Repeated(unit), read_text, START, (str(model),)) for name, unit in UNITS.items()]
