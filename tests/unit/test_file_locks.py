"""Locks as files."""

from pathlib import Path

from bot.file_locks import held


def test_one_holder_at_a_time_and_nothing_is_left(tmp_path: Path) -> None:
    file = tmp_path / "here.lock"
    with held(file) as first, held(file) as second:
        assert (first, second) == (True, False)
    with held(file) as third:
        assert third
    assert list(tmp_path.iterdir()) == []


def test_where_no_lock_can_be_made_nobody_is_in_the_way(tmp_path: Path) -> None:
    with held(tmp_path / "no such folder" / "here.lock") as got:
        assert got
