"""The tokenizer of the pipeline: words as the encoder has them, seams opened, the text kept exactly."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from tokenizers import Tokenizer

from bot.extraction.encoder.doc_state import PIECES, TEXT, TOKENS
from bot.extraction.encoder.scraping_seams import well_formed
from bot.extraction.encoder.word_pieces import PieceReader, Pieces

FILE = "tokenizer.json"


class WordPieceTokenizer:
    """Makes a Doc of a text: `doc.text` equals the text (lone surrogates aside, which become U+FFFD).

    Words are tokens; what stands between two words, one space aside, is a token of its own. The pieces stay on the
    Doc for the encoder.
    """

    def __init__(self, vocab: Vocab, tokenizer: Tokenizer | None = None) -> None:
        self.vocab = vocab
        self._reader = PieceReader(tokenizer) if tokenizer is not None else None

    def __call__(self, text: str) -> Doc:
        """Return the Doc of `text`."""
        text, pieces = self._read(text)
        words, spaces, tokens = _tokens(text, pieces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data |= {TEXT: text, PIECES: pieces, TOKENS: np.array(tokens, dtype=np.int64)}
        return doc

    def untokenized(self, text: str) -> Doc:
        """Return a Doc of `text` without tokens, for the components of this pipeline, which need none."""
        text, pieces = self._read(text)
        doc = Doc(self.vocab)
        doc.user_data |= {TEXT: text, PIECES: pieces}
        return doc

    def _read(self, text: str) -> tuple[str, Pieces]:
        """Return `text` well-formed, and its pieces."""
        if self._reader is None:
            raise ValueError("the tokenizer has no vocabulary yet: load it with from_disk")
        text = well_formed(text)
        return text, self._reader.read(text)

    def pipe(self, texts: Iterable[str]) -> Iterable[Doc]:
        """Yield the Doc of each of `texts`."""
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Return the vocabulary."""
        return self._reader.tokenizer.to_str().encode() if self._reader else b""

    def from_bytes(self, data: bytes, **_: Any) -> "WordPieceTokenizer":
        """Take the vocabulary from `data`."""
        if data:
            self._reader = PieceReader(Tokenizer.from_str(data.decode()))
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the vocabulary into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self._reader is not None:
            self._reader.tokenizer.save(str(folder / FILE))

    def from_disk(self, path: str | Path, **_: Any) -> "WordPieceTokenizer":
        """Read the vocabulary from the folder `path`."""
        self._reader = PieceReader(Tokenizer.from_file(str(Path(path) / FILE)))
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (self.vocab, self.to_bytes())


def _revive(vocab: Vocab, data: bytes) -> WordPieceTokenizer:
    return WordPieceTokenizer(vocab).from_bytes(data)


def _tokens(text: str, pieces: Pieces) -> tuple[list[str], list[bool], list[int]]:
    """Return spaCy's words and trailing-space flags that spell `text`, and the token index of each word."""
    words: list[str] = []
    spaces: list[bool] = []
    tokens: list[int] = []
    position = 0

    def fill(until: int) -> None:
        """Cover the text up to `until`, where no word stands."""
        nonlocal position
        if position < until and spaces and text[position] == " ":
            spaces[-1] = True
            position += 1
        if position < until:
            words.append(text[position:until])
            spaces.append(False)
            position = until

    for start, end in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True):
        fill(start)
        tokens.append(len(words))
        words.append(text[start:end])
        spaces.append(False)
        position = end
    fill(len(text))
    return words, spaces, tokens


@registry.tokenizers("hearsay.tokenizer")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], WordPieceTokenizer]:
    """Return what makes the tokenizer for a pipeline; its vocabulary is loaded from the pipeline's folder."""

    def create(nlp: Language) -> WordPieceTokenizer:
        # What spaCy works out for every new word (shape, prefix, whether it is like a number) nobody asks for.
        nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
        return WordPieceTokenizer(nlp.vocab)

    return create
