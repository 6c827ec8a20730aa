"""Token buckets."""

from bot.runner.allowances import KEYS, Allowance, Allowances


def test_a_little_may_come_at_once_and_then_so_much_a_second() -> None:
    allowance = Allowance(0.5, 2, now=100.0)
    assert [allowance.take(100.0) for _ in range(3)] == [True, True, False]
    assert not allowance.take(101.9)
    assert allowance.take(102.0)
    assert [allowance.take(1000.0) for _ in range(3)] == [True, True, False]


def test_a_clock_that_goes_back_gives_nothing() -> None:
    allowance = Allowance(1.0, 1, now=100.0)
    assert allowance.take(100.0)
    assert not allowance.take(50.0)
    assert not allowance.take(50.5)


def test_what_is_spent_beyond_the_allowance_has_to_come_back_first() -> None:
    allowance = Allowance(0.5, 10, now=0.0)
    allowance.spend(0.0, 15.0)
    assert allowance.is_spent(9.0)
    assert not allowance.is_spent(11.0)


def test_each_key_has_its_own_and_old_ones_are_forgotten() -> None:
    allowances = Allowances(0.0, 1)
    assert allowances.of(1, 0.0).take(0.0)
    assert not allowances.of(1, 0.0).take(0.0)
    for key in range(2, KEYS + 3):
        assert allowances.of(key, 0.0).take(0.0)
    assert allowances.of(1, 0.0).take(0.0)
