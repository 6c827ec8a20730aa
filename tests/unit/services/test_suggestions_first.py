"""Answers wait while suggestions are looked up, but not for ever."""

import asyncio

from bot.services.suggestions_first import SuggestionsFirst


async def test_an_answer_begins_when_the_last_suggestion_has_ended() -> None:
    first = SuggestionsFirst(longest_wait_s=60)
    await first.ended()
    with first.one():
        with first.one():
            answer = asyncio.create_task(first.ended())
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not answer.done()
    await answer


async def test_an_answer_waits_only_some_time_and_failed_suggestions_count_as_ended() -> None:
    first = SuggestionsFirst(longest_wait_s=0)
    try:
        with first.one():
            await first.ended()
            raise LookupError
    except LookupError:
        await SuggestionsFirst.ended(first)
