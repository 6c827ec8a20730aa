"""The encoder: one pass of a small transformer over the text, shared by every component that decides something."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.encoder.bio_decoding import log_probabilities
from bot.extraction.encoder.doc_state import SCORES, Scores, pieces_of, release
from bot.extraction.encoder.pair_scores import REACH, PairCollector
from bot.extraction.encoder.windows import Window, windows
from bot.extraction.encoder.word_pieces import BOUNDARY_FEATURE, GAPS, NEWLINE, Ints, Pieces

FILE = "claims_int8.onnx"
OPEN_ID, CLOSE_ID = 101, 102
SENTENCE_END_IDS = (999, 1012, 1029)
"""The vocabulary's full stop, exclamation mark and question mark."""
TAGS = 7
OUTPUTS = ("tag", "sent", "ner", "pair")
LEAST_CUE = 0.1
"""Probability of being a cue below which a word's links are not looked at."""


SLOWER_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime 1.32 makes of an addition and a normalisation takes five times as long as the two."""


def open_session(model: str | bytes) -> ort.InferenceSession:
    """Open a model file, or its bytes, on one thread.

    The session keeps some 15 MB in an arena of its own: taken from the heap window by window, and given back, they
    would tear that up, and a long text would add 40 to 150 MB instead of 20.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    ort.disable_telemetry_events()
    return ort.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
    )


class Encoder:
    """Leaves `Scores` on the Doc.

    The model takes `ids`, `feat` (int64) and maybe `mask` (float32), each batch × pieces, and gives `tag`, `sent`,
    `ner` and `pair`: any other model with these works too. Texts are read in windows of at most `window` pieces
    that overlap by `overlap`, so time and memory grow with the length of the text and not with its square. `reach`
    is how many pieces to either side a cue may look for what belongs to it.
    """

    def __init__(self, window: int = 256, overlap: int = 48, reach: int = REACH) -> None:
        self.window = window
        self.overlap = overlap
        self.reach = reach
        self._inputs: list[str] = []
        self._name_labels = 0
        self._session: ort.InferenceSession | None = None
        self._path: Path | None = None
        self._data: bytes = b""

    def __call__(self, doc: Doc) -> Doc:
        """Score each word of `doc`."""
        doc.user_data[SCORES] = self.score(pieces_of(doc))
        return doc

    def score(self, pieces: Pieces) -> Scores:
        """Return what the model says about the words of `pieces`."""
        if self._session is None:
            raise ValueError("the encoder has no weights yet: load them with from_disk")
        count = len(pieces)
        tag = np.zeros((count, TAGS), np.float32)
        sentence = np.zeros(count, np.float32)
        name = np.zeros((count, self._name_labels), np.float32)
        pairs = PairCollector(pieces, self.reach)
        for window in windows(len(pieces.ids), self.window - 2, self.overlap, _breaks(pieces)):
            tags, sentences, names, queries_and_keys = self._read(pieces, window)
            low, high = np.searchsorted(pieces.first, (window.owned_start, window.owned_end))
            rows = pieces.first[low:high] - window.start
            tag[low:high], sentence[low:high], name[low:high] = tags[rows], sentences[rows], names[rows]
            # Queries and keys of sources, then queries and keys of content.
            quarters = queries_and_keys.reshape(len(queries_and_keys), 4, -1)
            cues = low + np.nonzero(_may_be_cue(tag[low:high]))[0]
            queries = _sums(quarters[:, ::2], pieces, window, cues)
            pairs.add(quarters[rows, 1::2].reshape(len(rows), -1), cues, queries)
        return Scores(tag, sentence, name, pairs.pairs())

    def _read(self, pieces: Pieces, window: Window) -> list[NDArray[np.float32]]:
        """Run the model on one window; rows are its pieces, without the marks around them."""
        length = window.end - window.start
        ids = np.zeros((1, length + 2), np.int64)
        features = np.full((1, length + 2), BOUNDARY_FEATURE, np.int64)
        ids[0, 0], ids[0, -1] = OPEN_ID, CLOSE_ID
        ids[0, 1:-1] = pieces.ids[window.start : window.end]
        features[0, 1:-1] = pieces.features[window.start : window.end]
        given = {"ids": ids, "feat": features, "mask": np.ones((1, length + 2), np.float32)}
        assert self._session is not None
        outputs = self._session.run(OUTPUTS, {name: given[name] for name in self._inputs})
        return [output[0, 1:-1] for output in outputs]

    def _open(self, model: str | bytes) -> None:
        self._session = open_session(model)
        self._inputs = [value.name for value in self._session.get_inputs()]
        (shape,) = (value.shape for value in self._session.get_outputs() if value.name == "ner")
        self._name_labels = int(shape[-1])

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "Encoder":
        """Open the weights in the folder `path`."""
        self._path = Path(path) / FILE
        self._data = b""
        self._open(str(self._path))
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights."""
        return self._path.read_bytes() if self._path is not None else self._data

    def from_bytes(self, data: bytes, **_: Any) -> "Encoder":
        """Open the weights in `data`."""
        self._data = data
        self._path = None
        self._session = None
        if data:
            self._open(data)
        return self

    def __getstate__(self) -> dict[str, Any]:
        options = {"window": self.window, "overlap": self.overlap, "reach": self.reach}
        return {"options": options, "path": self._path, "data": self._data}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state["options"])  # type: ignore[misc]
        if state["path"] is not None:
            self.from_disk(state["path"].parent)
        else:
            self.from_bytes(state["data"])


def _breaks(pieces: Pieces) -> list[int]:
    """Rate each piece as a place to change windows: best where a line starts, else after the end of a sentence."""
    ends = np.zeros(len(pieces.ids), dtype=np.int64)
    ends[1:] = np.isin(pieces.ids[:-1], SENTENCE_END_IDS)
    rated: list[int] = np.where(pieces.features % GAPS == NEWLINE, 2, ends).tolist()
    return rated


def _may_be_cue(tags: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell of each word whether a cue may go over it."""
    probabilities = np.exp(log_probabilities(tags))
    likely: NDArray[np.bool_] = probabilities[:, 3] + probabilities[:, 4] > LEAST_CUE
    return likely


def _sums(rows: NDArray[np.float32], pieces: Pieces, window: Window, words: Ints) -> NDArray[np.float32]:
    """Return the sums of the rows over the pieces of each of `words`, as far as `window` reads them, flattened."""
    starts = pieces.first[words] - window.start
    behind = words + 1
    ends = np.full(len(words), window.end)
    inner = behind < len(pieces)
    ends[inner] = np.minimum(pieces.first[behind[inner]], window.end)
    counts = ends - window.start - starts
    sums = rows[starts].astype(np.float64)
    for step in range(1, int(np.max(counts, initial=0))):
        longer = counts > step
        sums[longer] += rows[starts[longer] + step]
    result: NDArray[np.float32] = sums.astype(np.float32).reshape(len(words), rows.shape[1] * rows.shape[2])
    return result


@Language.factory("hearsay_encoder", default_config={"window": 256, "overlap": 48, "reach": REACH})
def create_encoder(nlp: Language, name: str, window: int, overlap: int, reach: int) -> Encoder:  # noqa: ARG001
    """Make the encoder of a pipeline."""
    return Encoder(window, overlap, reach)


@Language.component("hearsay_release")
def release_arrays(doc: Doc) -> Doc:
    """Drop from `doc` what only the components needed; the last component of the pipeline."""
    release(doc)
    return doc
