"""`/help` names every command, however long the examples are."""

from cogs.help import MOST_PARTS, in_parts


def test_lines_are_put_into_as_few_texts_as_they_need() -> None:
    assert in_parts([]) == [""]
    assert in_parts(["one", "two"]) == ["one\ntwo"]
    parts = in_parts(["x" * 140] * 50)
    assert len(parts) == 3
    assert "\n".join(parts).count("x" * 140) == 50
    assert len(parts[0]) + len(parts[1]) < 5_800


def test_forty_commands_with_long_descriptions_fit_without_examples() -> None:
    line = "</stories merge:1234567890123456789> " + "d" * 100
    assert len(in_parts([line] * 40)) <= MOST_PARTS
