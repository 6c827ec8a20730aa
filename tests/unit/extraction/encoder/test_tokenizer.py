import pickle

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.encoder.doc_state import pieces_of, tokens_of_words
from bot.extraction.encoder.scraping_seams import well_formed
from bot.extraction.encoder.tokenizer import WordPieceTokenizer
from bot.extraction.encoder.word_pieces import GAPS, NEWLINE, case_class

ANY_TEXT = st.text(st.characters(), max_size=80)


@given(ANY_TEXT)
@example("한국어 텍스트")
@example("İstanbul ﬁne e\u0301\u200b\x00x")
@example("  two  spaces \n\n newline \t")
@example("a\ud800b")
def test_a_doc_spells_its_text_exactly(nlp: Language, text: str) -> None:
    assert nlp.make_doc(text).text == well_formed(text)


@given(ANY_TEXT)
def test_words_are_ordered_do_not_overlap_and_are_tokens(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    pieces = pieces_of(doc)
    assert (pieces.starts < pieces.ends).all()
    assert (pieces.starts[1:] >= pieces.ends[:-1]).all()
    assert [doc[int(i)].idx for i in tokens_of_words(doc)] == pieces.starts.tolist()
    assert (np.diff(pieces.first) > 0).all()


def test_glued_sentences_become_words_of_their_own_at_their_place(nlp: Language) -> None:
    doc = nlp.make_doc("said ThursdayThe aim")
    assert [(token.text, token.idx) for token in doc] == [("said", 0), ("Thursday", 5), ("The", 13), ("aim", 17)]


def test_a_line_break_is_seen_before_a_word(nlp: Language) -> None:
    pieces = pieces_of(nlp.make_doc("one\n\ntwo three"))
    assert (pieces.features[pieces.first] % GAPS == NEWLINE).tolist() == [True, True, False]


@pytest.mark.parametrize(("piece", "same_as"), [("word", "x"), ("Word", "A"), ("NATO", "EU"), ("iPhone", "eBay")])
def test_case_is_told_by_class(piece: str, same_as: str) -> None:
    assert case_class(piece) == case_class(same_as)
    assert len({case_class(p) for p in ("word", "Word", "NATO", "iPhone", "35", ",")}) == 6


def test_the_tokenizer_survives_pickling_and_bytes(nlp: Language) -> None:
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, WordPieceTokenizer)
    revived = pickle.loads(pickle.dumps(tokenizer))
    copied = WordPieceTokenizer(nlp.vocab).from_bytes(tokenizer.to_bytes())
    text = "“No,” she saidThe end."
    expected = [token.text for token in tokenizer(text)]
    assert [token.text for token in revived(text)] == [token.text for token in copied(text)] == expected
    assert [doc.text for doc in tokenizer.pipe(["a", "b"])] == ["a", "b"]


def test_a_tokenizer_without_vocabulary_says_so(nlp: Language) -> None:
    with pytest.raises(ValueError, match="from_disk"):
        WordPieceTokenizer(nlp.vocab)("text")
