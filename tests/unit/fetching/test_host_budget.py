from datetime import timedelta

from bot.errors import HearsayError, NoText, WorkerFailed
from bot.fetching.host_budget import HOSTS, HostBudget


class SetTime:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def budget_and_time() -> tuple[HostBudget, SetTime]:
    time = SetTime()
    return HostBudget(seconds=60, window=900, clock=time), time


def test_a_host_that_took_more_than_its_time_has_exceeded_it_until_that_wears_off() -> None:
    budget, time = budget_and_time()
    budget.spend("slow.example", 90)
    budget.spend("quick.example", 59)
    assert budget.exceeded() == {"slow.example"}
    time.now += 440
    assert budget.exceeded() == {"slow.example"}
    time.now += 20
    assert budget.exceeded() == frozenset()


def test_waiting_for_the_text_before_it_is_not_counted() -> None:
    budget, time = budget_and_time()
    with budget.timed("quick.example"):
        with budget.timed("slow.example"):
            time.now += 100
        time.now += 1
    assert budget.exceeded() == {"slow.example"}


def test_what_fails_is_counted_in_full() -> None:
    budget, time = budget_and_time()
    try:
        with budget.timed("slow.example"):
            time.now += 61
            with budget.timed("quick.example"):
                pass
            raise RuntimeError
    except RuntimeError:
        assert budget.exceeded() == {"slow.example"}


def test_what_a_page_turned_out_to_be_is_no_failure() -> None:
    budget, time = budget_and_time()
    for error, hosts in ((NoText("No article."), frozenset()), (WorkerFailed("Stopped."), {"other.example"})):
        try:
            with budget.timed("other.example"):
                time.now += 61
                with budget.timed("quick.example"):
                    pass
                raise error
        except HearsayError:
            assert budget.exceeded() == hosts


def test_a_host_waits_until_it_has_time_again() -> None:
    budget, time = budget_and_time()
    assert budget.wait("slow.example") == timedelta()
    budget.spend("slow.example", 80)
    assert budget.wait("slow.example") == timedelta(seconds=300)
    time.now += 300
    assert budget.wait("slow.example") == timedelta()
    budget.spend("slow.example", 10_000)
    assert budget.wait("slow.example") == timedelta(seconds=900)


def test_no_more_than_so_many_hosts_are_remembered() -> None:
    budget, _ = budget_and_time()
    for number in range(HOSTS + 2):
        budget.spend(f"{number}.example", 90)
    assert len(budget.exceeded()) <= HOSTS
