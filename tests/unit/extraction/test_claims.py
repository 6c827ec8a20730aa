from bot.extraction.claims import joined_spans


def test_spans_with_nothing_but_space_between_them_are_one_and_those_without_words_go() -> None:
    text = "that the road, he said, was shut ."
    assert joined_spans([(0, 4), (5, 13), (24, 32)], text) == ((0, 13), (24, 32))
    assert joined_spans([(5, 13), (33, 34)], text) == ((5, 13),)
    assert joined_spans([], text) == ()
