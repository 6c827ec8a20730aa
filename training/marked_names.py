"""Names marked after our own guidelines (gold/names): persons, organisations and places.

Only places and types are in the project; the texts are the treebank's (EWT), PolNeAR's and those of gold/learn.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gold.reading import FOLDER
from gold.reading import rows_of as gold_rows_of
from training.corpus import Article, CorpusMissing, Name, Span, article_of, load_names, load_polnear, rows_of

NAMES = FOLDER / "names"
"""ewt.jsonl: sentence, first token, token after the last, type; own.jsonl and polnear.jsonl: characters and
type."""
TYPES = {"P": "PER", "O": "ORG", "L": "LOC"}


def documents(path: Path) -> Iterator[tuple[Article, list[list[Span]]]]:
    """Return the documents of a CoNLL-U file, one sentence per line, and the tokens of their sentences.

    In every other document all tokens are separated by spaces, as in texts that were assembled from tokens. Raises
    CorpusMissing if there is no such file.
    """
    if not path.is_file():
        raise CorpusMissing(f"{path} is not there; training/README.md says where the corpora come from")
    parts = re.split(r"^# newdoc id = (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for number, (id_, body) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        spaced = number % 2 == 1
        text, sentences, spans = "", list[list[Span]](), list[Span]()
        for block in body.strip().split("\n\n"):
            tokens, began = list[Span](), len(text)
            for line in block.split("\n"):
                columns = line.split("\t")
                if not columns[0].isdecimal():
                    continue
                tokens.append((len(text), len(text) + len(columns[1])))
                text += columns[1]
                text += "" if "SpaceAfter=No" in columns[9] and not spaced else " "
            text = text.rstrip()
            if tokens:
                sentences.append(tokens)
                spans.append((began, len(text)))
            text += "\n"
        yield Article(id_, text.rstrip(), None, tuple(spans), None), sentences


def treebank_names(corpora: Path, marked: Path = NAMES) -> list[Article]:
    """Return the documents of EWT's training part with the names that were marked in them."""
    rows = {row["id"]: row["names"] for row in rows_of(marked / "ewt.jsonl")}
    articles = []
    for article, sentences in documents(corpora / "ud-ewt" / "train.conllu"):
        if article.id in rows:
            names = [
                Name(sentences[number][first][0], sentences[number][end - 1][1], TYPES[type_])
                for number, first, end, type_ in rows[article.id]
            ]
            articles.append(replace(article, names=tuple(names), marked=True))
    return articles


def with_marked_names(articles: Iterable[Article], file: str, marked: Path = NAMES) -> list[Article]:
    """Return the articles; those in `file` with their marked names, the others unchanged."""
    rows: dict[str, Sequence[tuple[int, int, str]]] = {row["id"]: row["names"] for row in rows_of(marked / file)}
    return [
        replace(x, names=tuple(Name(a, b, TYPES[type_]) for a, b, type_ in rows[x.id]), marked=True)
        if x.id in rows
        else x
        for x in articles
    ]


def articles_to_learn_from(corpora: Path) -> list[Article]:
    """Return PolNeAR's training part, with marked names where there are any, else automatic ones."""
    return with_marked_names(load_polnear(corpora, "train"), "polnear.jsonl")


def own_articles(corpora: Path, wikinews: bool) -> list[Article]:
    """Return the articles annotated for this project to learn from; with `wikinews`, GUM's as well (text in
    gum/)."""
    rows = gold_rows_of("learn")
    if wikinews:
        from gold import wikinews as gold_wikinews  # noqa: PLC0415

        rows += gold_wikinews.rows_of(corpora)
    return with_marked_names(map(article_of, rows), "own.jsonl")


def marked_articles(corpora: Path) -> list[Article]:
    """Return all articles whose names were marked: GUM's, EWT's, some of PolNeAR's, and our own."""
    polnear = [x for x in articles_to_learn_from(corpora) if x.marked]
    names = load_names(corpora / "ner" / "gum-train.iob")
    return polnear + own_articles(corpora, wikinews=True) + names + treebank_names(corpora)
