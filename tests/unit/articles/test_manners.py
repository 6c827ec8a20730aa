"""Sites are asked for their robots rules once a day, and for a page once a second."""

import asyncio
from datetime import timedelta

import pytest

from bot.articles.manners import Manners, Pace
from bot.errors import AddressRefused, FetchFailed, HearsayError, PageDisallowed, TooLarge
from bot.fetching.client import Answer
from tests.factories import SetClock

STORY = "https://news.example/story"


class Site:
    """Answers every request for a robots.txt with what it is told to."""

    def __init__(self, body: bytes = b"", error: HearsayError | None = None) -> None:
        self.body = body
        self.error = error
        self.asked: list[str] = []

    async def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Answer:
        self.asked.append(url)
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        return Answer(200, url, {}, self.body)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


async def test_a_page_that_the_site_keeps_robots_from_is_not_asked_for(clock: SetClock) -> None:
    manners = Manners(Site(b"User-agent: *\nDisallow: /story"), clock)
    with pytest.raises(PageDisallowed, match=r"robots\.txt"):
        await manners.check(STORY)
    await manners.check("https://news.example/other")


async def test_robots_txt_is_asked_for_once_a_day_for_each_site(clock: SetClock) -> None:
    site = Site()
    manners = Manners(site, clock)
    await asyncio.gather(*(manners.check(f"{STORY}/{n}") for n in range(20)))
    await manners.check("http://news.example:8080/story")
    assert site.asked == ["https://news.example/robots.txt", "http://news.example:8080/robots.txt"]
    clock.advance(hours=25)
    await manners.check(STORY)
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "error",
    [
        FetchFailed(status=404, retryable=False),
        FetchFailed(status=403),
        FetchFailed("empty", status=200),
        FetchFailed("The server redirects without end.", retryable=False),
        TooLarge(),
    ],
)
async def test_a_site_without_robots_txt_forbids_nothing(clock: SetClock, error: HearsayError) -> None:
    await Manners(Site(error=error), clock).check(STORY)


@pytest.mark.parametrize("error", [FetchFailed(status=503), FetchFailed(status=429), FetchFailed("No answer.")])
async def test_a_site_whose_rules_cannot_be_had_is_left_alone_for_a_while(
    clock: SetClock, error: HearsayError
) -> None:
    site = Site(error=error)
    manners = Manners(site, clock)
    for _ in range(3):
        with pytest.raises(FetchFailed, match="rules for robots") as caught:
            await manners.check(STORY)
        assert caught.value.retryable
        assert await manners.turn(STORY) is None
    assert len(site.asked) == 1
    clock.advance(minutes=6)
    site.error = None
    await manners.check(STORY)


async def test_after_a_month_without_rules_there_are_none(clock: SetClock) -> None:
    manners = Manners(Site(error=FetchFailed(status=500)), clock)
    for _ in range(2):
        with pytest.raises(FetchFailed):
            await manners.check(STORY)
        clock.advance(days=20)
    await manners.check(STORY)


async def test_an_address_that_is_not_public_stays_refused(clock: SetClock) -> None:
    manners = Manners(Site(error=AddressRefused()), clock)
    with pytest.raises(AddressRefused):
        await manners.check("http://10.0.0.1/x")
    assert await manners.turn("http://10.0.0.1/x") is None
    assert await manners.turn("http://[/") is None


class Slept(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


async def test_a_host_is_asked_for_a_page_once_a_second(clock: SetClock) -> None:
    slept = Slept()
    manners = Manners(Site(), clock, sleep=slept)
    for number in range(3):
        assert await manners.turn(f"{STORY}/{number}") is None
    assert await manners.turn("https://other.example/") is None
    assert await manners.turn("http://127.0.0.1:8080/") is None
    assert slept == [1.0, 2.0]
    clock.advance(seconds=10)
    assert await manners.turn(STORY) is None
    assert slept == [1.0, 2.0]


async def test_a_crawl_delay_sets_the_pace_and_a_turn_far_off_is_not_waited_for(clock: SetClock) -> None:
    slept = Slept()
    manners = Manners(Site(b"User-agent: *\nCrawl-delay: 25\nDisallow: /x"), clock, sleep=slept)
    turns = [await manners.turn(STORY) for _ in range(5)]
    assert turns == [None, None, None, timedelta(seconds=75), timedelta(seconds=75)]
    assert slept == [25.0, 50.0]
    assert await manners.turn("https://news.example/x") is None
    clock.advance(seconds=75)
    assert await manners.turn(STORY) is None


def test_a_pace_remembers_a_limited_number_of_hosts() -> None:
    pace = Pace(hosts=2)
    for host in ("a", "b", "c"):
        pace.take(host, 0.0, 5.0)
    assert [pace.wait(host, 1.0) for host in ("a", "b", "c")] == [0.0, 4.0, 4.0]
