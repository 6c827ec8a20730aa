"""What forum posts are named, which tags they get, and under which names outlets may speak."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.forum_posts import NAME_LIMIT, day_post, story_post, tags_for
from bot.delivery.outlet_names import webhook_name
from bot.model.digests import DigestStory, MergedClaim
from bot.text.counting import listed
from preview.discord.webhooks import name_problems
from tests.unit.delivery.samples import MARSH
from tests.unit.digests.samples import NOW, article


@dataclass(frozen=True)
class Tag:
    id: int
    name: str


TAGS = [Tag(1, "Politics"), Tag(2, "Élena Marsh"), Tag(3, "dam 🌊"), Tag(4, "Sport"), Tag(5, "???")]


def a_story(title: str, actors: tuple[str, ...] = (), story_id: int | None = 7) -> DigestStory:
    return DigestStory(
        replace(article(3, story_id, "The Courier", [], title=title)), (), actors, (MergedClaim(MARSH),)
    )


def test_tags_match_the_topic_the_actors_and_words_of_the_headline() -> None:
    post = story_post(a_story("Minister of the coalition government speaks of Dam", ("Elena Marsh",)))
    assert [tag.id for tag in tags_for(post, TAGS)] == [1, 2, 3]


def test_tags_that_the_manager_picked_come_instead_unless_they_are_gone() -> None:
    story = a_story("Dam under watch")
    assert [tag.id for tag in tags_for(story_post(story, (4,)), TAGS)] == [4]
    assert [tag.id for tag in tags_for(story_post(story, (99,)), TAGS)] == [3]


def test_a_post_has_no_more_tags_than_discord_allows() -> None:
    many = [Tag(number, "dam") for number in range(9)]
    assert len(tags_for(story_post(a_story("Dam")), many)) == 5


def test_messages_of_a_story_or_a_day_share_a_post() -> None:
    assert story_post(a_story("Dam"))["key"] == story_post(a_story("Dam holds"))["key"] == "story:7"
    assert story_post(a_story("Dam", story_id=None))["key"] == "article:3"
    assert day_post(NOW, "UTC")["key"] == day_post(NOW, "UTC")["key"]
    assert day_post(NOW, "Pacific/Kiritimati")["key"] != day_post(NOW, "Pacific/Pago_Pago")["key"]


@given(st.text(max_size=400))
def test_a_post_always_has_a_name_that_discord_takes(title: str) -> None:
    name = story_post(a_story(title))["name"]
    assert 1 <= len(name.encode("utf-16-le")) // 2 <= NAME_LIMIT
    assert name.strip()


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("The Courier", "The Courier"),
        ("BBC News: World @ 6 #1", "BBC News World 6 1"),
        ("Discord Blog", None),
        ("Bonnie and CLYDE Weekly", None),
        ("Everyone", None),
        (" \u200b ", None),
        ("A" * 200, "A" * 79 + "…"),
    ],
)
def test_a_name_that_discord_refuses_is_changed_or_not_used(outlet: str, name: str | None) -> None:
    assert webhook_name(outlet) == name


@given(st.text(max_size=200))
def test_no_outlet_makes_discord_refuse_a_name(outlet: str) -> None:
    name = webhook_name(outlet)
    assert name is None or name_problems(name) == []


def test_names_are_listed_in_a_row() -> None:
    assert [listed(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]
