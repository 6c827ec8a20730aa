"""How growth is measured, and that every hostile shape can be made in the size that is asked for."""

import pytest

from benchmarks.hostile.answers import ANSWERS
from benchmarks.hostile.feed_shapes import FEEDS
from benchmarks.hostile.measuring import NOISE, Shape, Taken, growth_of
from benchmarks.hostile.page_shapes import PAGES
from benchmarks.hostile.text_shapes import TEXTS
from config.settings import default_model

SHAPES = [*FEEDS, *PAGES, *ANSWERS, *TEXTS(default_model())]


def taken(*seconds: float) -> list[Taken]:
    return [Taken(100 * 2**index, "", each, 0) for index, each in enumerate(seconds)]


def test_growth_is_the_greatest_ratio_of_a_size_and_its_double() -> None:
    assert growth_of(taken(0.1, 0.2, 0.4)) == pytest.approx(2)
    assert growth_of(taken(0.1, 0.4)) == pytest.approx(4)
    assert growth_of(taken(0.1, 0.2, 0.8, 3.2)) == pytest.approx(4)


def test_single_times_may_vary() -> None:
    assert growth_of(taken(0.1, 0.25, 0.4)) == pytest.approx(2)
    assert growth_of(taken(0.1, 0.01, 0.02)) == pytest.approx(0.2**0.5)


def test_times_too_short_to_tell_are_left_out() -> None:
    assert growth_of(taken(NOISE / 10, NOISE, NOISE * 2)) == pytest.approx(2)
    assert growth_of(taken(0.0, NOISE / 2)) is None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_grows_with_its_size(shape: Shape) -> None:
    small, large = len(shape.make(2_000)), len(shape.make(20_000))
    assert small < large


@pytest.mark.parametrize(
    "shapes", [FEEDS, PAGES, ANSWERS, TEXTS(default_model())], ids=["feeds", "pages", "answers", "texts"]
)
def test_shapes_of_one_kind_are_distinguished(shapes: list[Shape]) -> None:
    assert len({shape.name for shape in shapes}) == len(shapes)


def test_texts_come_in_more_than_thirty_shapes() -> None:
    assert len(TEXTS(default_model())) >= 30
