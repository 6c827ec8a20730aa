"""The encoder: one pass of a small transformer over the text, shared by every component that decides something."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.annotations import SCORES, Scores, pieces_of, release
from bot.extraction.pieces import BOUNDARY_FEATURE, Pieces
from bot.extraction.windows import Window, windows

FILE = "claims_int8.onnx"
OPEN_ID, CLOSE_ID = 101, 102
LABELS = 7


def open_session(model: str | bytes) -> ort.InferenceSession:
    """Open a model file, or its bytes, on one thread, without the arena that would hold on to memory."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    ort.disable_telemetry_events()
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Encoder:
    """Leaves `Scores` on the Doc.

    The model takes `ids`, `feat` (int64) and `mask` (float32), each batch × pieces, and gives `tag`, `sent`, `ner`
    and `pair`: any other model with these works too. Texts are read in windows of `window` pieces that overlap by
    `overlap`, so time and memory grow with the length of the text and not with its square.
    """

    def __init__(self, window: int = 256, overlap: int = 64) -> None:
        self.window = window
        self.overlap = overlap
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
        tag = np.zeros((count, LABELS), np.float32)
        sentence = np.zeros(count, np.float32)
        name = np.zeros((count, LABELS), np.float32)
        queries: NDArray[np.float16] | None = None
        keys: NDArray[np.float16] | None = None
        for window in windows(len(pieces.ids), self.window - 2, self.overlap):
            tags, sentences, names, pairs = self._read(pieces, window)
            half = pairs.shape[1] // 2
            if queries is None or keys is None:
                queries, keys = np.zeros((2, count, half), np.float16)
            low, high = np.searchsorted(pieces.first, (window.owned_start, window.owned_end))
            rows = pieces.first[low:high] - window.start
            tag[low:high], sentence[low:high], name[low:high] = tags[rows], sentences[rows], names[rows]
            # Of each quarter of `pairs`: queries and keys of sources, then queries and keys of content.
            quarter = half // 2
            is_key = np.arange(2 * half) // quarter % 2 == 1
            keys[low:high] = pairs[rows][:, is_key]
            _add_queries(queries, pieces, window, pairs[:, ~is_key])
        if queries is None or keys is None:
            queries, keys = np.zeros((2, count, 0), np.float16)
        return Scores(tag, sentence, name, queries, keys)

    def _read(self, pieces: Pieces, window: Window) -> list[NDArray[np.float32]]:
        """Run the model on one window; rows are its pieces, without the marks around them."""
        length = window.end - window.start
        ids = np.zeros((1, length + 2), np.int64)
        features = np.full((1, length + 2), BOUNDARY_FEATURE, np.int64)
        ids[0, 0], ids[0, -1] = OPEN_ID, CLOSE_ID
        ids[0, 1:-1] = pieces.ids[window.start : window.end]
        features[0, 1:-1] = pieces.features[window.start : window.end]
        mask = np.ones((1, length + 2), np.float32)
        assert self._session is not None
        outputs = self._session.run(["tag", "sent", "ner", "pair"], {"ids": ids, "feat": features, "mask": mask})
        return [output[0, 1:-1] for output in outputs]

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "Encoder":
        """Open the weights in the folder `path`."""
        self._path = Path(path) / FILE
        self._data = b""
        self._session = open_session(str(self._path))
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights."""
        return self._path.read_bytes() if self._path is not None else self._data

    def from_bytes(self, data: bytes, **_: Any) -> "Encoder":
        """Open the weights in `data`."""
        self._data = data
        self._path = None
        self._session = open_session(data) if data else None
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {"window": self.window, "overlap": self.overlap, "path": self._path, "data": self._data}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["window"], state["overlap"])  # type: ignore[misc]
        if state["path"] is not None:
            self.from_disk(state["path"].parent)
        else:
            self.from_bytes(state["data"])


def _add_queries(queries: NDArray[np.float16], pieces: Pieces, window: Window, rows: NDArray[np.float32]) -> None:
    """Add the rows of the pieces that `window` owns to the sums of their words (a border may cut a word)."""
    owned = np.arange(window.owned_start, window.owned_end)
    word = np.searchsorted(pieces.first, owned, side="right") - 1
    changes = np.nonzero(np.diff(word, prepend=-1))[0]
    sums = np.add.reduceat(rows[owned - window.start], changes, axis=0)
    queries[word[changes]] += sums.astype(np.float16)


@Language.factory("hearsay_encoder", default_config={"window": 256, "overlap": 64})
def create_encoder(nlp: Language, name: str, window: int, overlap: int) -> Encoder:  # noqa: ARG001
    """Make the encoder of a pipeline."""
    return Encoder(window, overlap)


@Language.component("hearsay_release")
def release_arrays(doc: Doc) -> Doc:
    """Drop from `doc` what only the components needed; the last component of the pipeline."""
    release(doc)
    return doc
