from datetime import UTC, datetime, timedelta

from bot.runner.clock_watch import HELD_S, ClockWatch


class Times:
    """A clock and the time that passes, each set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 4, 12, tzinfo=UTC)
        self.passed = 500.0
        self.watch = ClockWatch(lambda: self.now, lambda: self.passed)
        assert self.watch.is_trusted()

    def pass_by(self, seconds: float, jump: timedelta = timedelta()) -> bool:
        self.passed += seconds
        self.now += timedelta(seconds=seconds) + jump
        return self.watch.is_trusted()


def test_a_clock_that_goes_as_time_passes_is_trusted() -> None:
    times = Times()
    assert all(times.pass_by(seconds) for seconds in (1, 60, 86_400, 400 * 86_400))


def test_small_changes_are_trusted() -> None:
    times = Times()
    assert times.pass_by(10, timedelta(hours=1))
    assert times.pass_by(10, -timedelta(hours=2))


def test_a_clock_that_jumps_ahead_is_trusted_once_it_has_kept_that_for_a_while() -> None:
    times = Times()
    assert not times.pass_by(10, timedelta(days=400))
    assert not times.pass_by(HELD_S - 1)
    assert times.pass_by(2)


def test_a_clock_that_is_set_right_again_is_trusted_at_once() -> None:
    times = Times()
    assert not times.pass_by(10, timedelta(days=400))
    assert times.pass_by(10, -timedelta(days=400))


def test_a_start_with_a_clock_far_ahead_of_the_last_one_waits() -> None:
    times = Times()
    times.watch.start_after(times.now - timedelta(days=400))
    assert not times.pass_by(HELD_S - 1)
    assert times.pass_by(2)


def test_a_start_soon_after_the_last_one_or_with_an_earlier_clock_waits_for_nothing() -> None:
    times = Times()
    for days in (0, 6, -400):
        times.watch.start_after(times.now - timedelta(days=days))
        assert times.pass_by(1)
