from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.encoder.doc_state import sentences_of

texts = st.lists(
    st.sampled_from(["He said so.", "Yes", "no,", "\n", "\n\n", " ", "  ", "OK!", "“Go.”", "é"]), max_size=25
)


@given(texts.map(" ".join).map(str.lstrip))
def test_sentences_are_those_that_spacy_makes_of_the_marks(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    for name in ("hearsay_encoder", "hearsay_sentences"):
        doc = nlp.get_pipe(name)(doc)
    expected = [(x.start_char, x.end_char) for x in doc.sents] if len(doc) else []
    assert sentences_of(doc) == expected


def test_white_space_before_a_text_belongs_to_its_first_sentence(nlp: Language) -> None:
    text = "\n\n The dam is safe."
    doc = nlp.make_doc(text)
    for name in ("hearsay_encoder", "hearsay_sentences"):
        doc = nlp.get_pipe(name)(doc)
    assert sentences_of(doc) == [(0, len(text))]
