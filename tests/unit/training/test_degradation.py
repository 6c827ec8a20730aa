import random

from hypothesis import given
from hypothesis import strategies as st

from training.corpus import Article, GoldClaim, Name
from training.degradation import (
    Damage,
    Edit,
    NamePool,
    carried,
    damaged,
    drawn_damage,
    edited,
    is_mark,
    rewritten,
)

TEXT = 'Ada Lowe said: “It is safe.”\n\nPort Ellery—a long-term rival—denied it. "No," it said.'


def span(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


ARTICLE = Article(
    "one",
    TEXT,
    (
        GoldClaim((span("Ada Lowe"),), (span("said"),), (span("“It is safe.”"),)),
        GoldClaim((), (span("denied"),), (span('"No,"'),)),
    ),
    (
        span("Ada Lowe said: “It is safe.”"),
        span("Port Ellery—a long-term rival—denied it."),
        span('"No," it said.'),
    ),
    (Name(*span("Ada Lowe"), "PER"), Name(*span("Port Ellery"), "LOC")),
)


texts = st.text(st.sampled_from("aB1 \n\t.,’“”—-$é") | st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(texts)
    place = st.integers(0, len(text))
    return text, [(min(x), max(x)) for x in draw(st.lists(st.tuples(place, place), max_size=5))]


damages = st.builds(
    Damage,
    quotes=st.booleans(),
    punctuation=st.booleans(),
    glued=st.sampled_from([0.0, 0.5, 1.0]),
    flat=st.booleans(),
)


def letters(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and not is_mark(c))


@given(texts_with_spans(), damages, st.integers(0, 9))
def test_a_span_keeps_its_letters_and_stays_inside_the_text_whatever_damage_is_done(
    drawn: tuple[str, list[tuple[int, int]]], damage: Damage, seed: int
) -> None:
    text, spans = drawn
    before = Article("x", text, (), tuple(spans), None)
    after = damaged(before, damage, random.Random(seed))
    assert letters(after.text) == letters(text)
    kept = [letters(after.text[a:b]) for a, b in after.sentences]
    assert [x for x in kept if x] == [x for a, b in spans if (x := letters(text[a:b]))]
    for a, b in after.sentences:
        assert 0 <= a < b <= len(after.text)
        assert not after.text[a].isspace()
        assert not after.text[b - 1].isspace()


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.text("xyz", max_size=4)), max_size=5))
def test_offsets_of_edits_never_go_back_and_end_with_the_new_text(
    text: str, drawn: list[tuple[int, int, str]]
) -> None:
    edits = [Edit(min(a, len(text)), min(a + n, len(text)), new) for a, n, new in drawn]
    new_text, offsets = edited(text, edits)
    assert len(offsets) == len(text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(new_text)


def test_the_worst_scrape_has_neither_marks_nor_seams_between_sentences() -> None:
    worst = damaged(ARTICLE, Damage(punctuation=True, glued=1.0, flat=True), random.Random(0))
    assert worst.text == "Ada Lowe said It is safePort Ellerya longterm rivaldenied itNo it said"
    assert worst.claims is not None
    assert [worst.text[a:b] for a, b in worst.claims[0].content] == ["It is safe"]
    assert worst.names is not None
    assert [worst.text[x.start : x.end] for x in worst.names] == ["Ada Lowe", "Port Ellery"]


def test_lost_quotes_leave_apostrophes_inside_words() -> None:
    text = "‘It’s ’90s,’ she said."
    lost = damaged(Article("x", text, (), (), None), Damage(quotes=True), random.Random(0))
    assert lost.text == "It’s 90s, she said."


def test_a_claim_of_whose_content_nothing_is_left_goes() -> None:
    bare = Article("x", "She said: “…”", (GoldClaim(((0, 3),), ((4, 8),), ((10, 13),)),), (), None)
    assert damaged(bare, Damage(punctuation=True), random.Random(0)).claims == ()


def test_of_two_edits_that_overlap_the_first_wins() -> None:
    assert edited("abcdef", [Edit(3, 5, "Y"), Edit(1, 4, "X")])[0] == "aXef"


def test_a_span_that_was_only_white_space_is_dropped() -> None:
    text, offsets = edited("a  b", [])
    assert carried([(1, 3)], offsets, text) == ()


def test_names_are_swapped_for_others_of_their_type_and_the_same_for_the_same_name() -> None:
    text = "Ada Lowe met Bo Ray in Rome. Lowe left Rome."
    names = (Name(0, 8, "PER"), Name(13, 19, "PER"), Name(23, 27, "LOC"), Name(29, 33, "PER"), Name(39, 43, "LOC"))
    before = Article("x", text, (GoldClaim((), (), ((9, 19),)),), ((0, 28), (29, 44)), names)
    pool = NamePool([Article("y", "Zed Quill of Upton", (), (), (Name(0, 9, "PER"), Name(13, 18, "LOC")))])
    after = pool.swapped(before, random.Random(0))
    assert after.text == "Zed Quill met Zed Quill in Upton. Quill left Upton."
    assert after.claims is not None
    assert [after.text[a:b] for a, b in after.claims[0].content] == ["met Zed Quill"]


def test_a_pool_without_names_leaves_an_article_as_it_is() -> None:
    assert NamePool([]).swapped(ARTICLE, random.Random(0)) == ARTICLE


def test_drawn_damage_hangs_on_the_random_numbers_alone() -> None:
    drawn = [drawn_damage(random.Random(n)) for n in range(50)]
    assert drawn == [drawn_damage(random.Random(n)) for n in range(50)]
    assert len(set(drawn)) > 4


def test_rewriting_without_edits_changes_nothing() -> None:
    assert rewritten(ARTICLE, []) == ARTICLE
