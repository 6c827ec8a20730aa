"""Commands that an answer names can be pressed."""

import json
from typing import Any

import pytest
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.delivery.command_mentions import MentioningAdapter, mentions, with_mentions
from bot.languages.known_languages import language_of
from bot.languages.spoken import speaking

IDS = {"feed": 7, "said": 8}
COMMANDS = mentions(["feed add", "said"], IDS)


def test_a_command_is_a_mention_wherever_markup_is_shown() -> None:
    made = with_mentions(
        {
            "content": "Use `/feed add`.",
            "embeds": [
                {
                    "title": "`/said`",
                    "description": "Or `/said`.",
                    "fields": [{"name": "`/said`", "value": "`/said`"}],
                    "footer": {"text": "`/said`"},
                }
            ],
        },
        COMMANDS,
    )
    assert made["content"] == "Use </feed add:7>."
    (embed,) = made["embeds"]
    assert embed["description"] == "Or </said:8>."
    assert embed["fields"] == [{"name": "`/said`", "value": "</said:8>"}]
    assert embed["title"] == embed["footer"]["text"] == "`/said`"


@pytest.mark.parametrize("named", ["`/feed`", "`/said actor: Lee`", "`/unknown`", "`//`", "/said", "```/said```"])
def test_what_is_no_whole_command_stays_as_it_is(named: str) -> None:
    assert with_mentions({"content": named}, COMMANDS)["content"] == named


def test_it_is_named_in_the_language_of_the_sentence_and_mentioned_by_its_own_name() -> None:
    with speaking(language_of("de")):
        found = mentions(["settings asking"], {"settings": 9})
    assert found["einstellungen fragen"] == found["settings asking"] == "</settings asking:9>"


def test_commands_whose_ids_are_not_known_are_not_mentioned() -> None:
    assert mentions(["feed add", "why"], {"why": 1}) == {"why": "</why:1>"}


def test_a_text_that_would_become_too_long_stays_as_it_is() -> None:
    full = "`/said`" + "x" * 1_993
    assert with_mentions({"content": full}, COMMANDS)["content"] == full
    embeds = [{"description": "`/said`" + "x" * 2_992}, {"description": "x" * 3_000}]
    assert with_mentions({"embeds": embeds}, COMMANDS)["embeds"] == embeds


@pytest.mark.parametrize(
    "sent",
    [
        {"payload": {"content": "`/said`"}},
        {"payload": {"type": 4, "data": {"content": "`/said`"}}},
        {
            "multipart": [
                {"name": "payload_json", "value": '{"content": "`/said`"}'},
                {"name": "files[0]", "value": b"`/"},
            ]
        },
    ],
)
async def test_every_way_of_answering_mentions_them(sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    requested: dict[str, Any] = {}

    async def request(_self: object, _route: object, _session: object, **given: Any) -> None:
        requested.update({name: value for name, value in given.items() if value is not None})

    monkeypatch.setattr(AsyncWebhookAdapter, "request", request)
    await MentioningAdapter(lambda: COMMANDS).request(None, None, **sent)
    body = requested.get("payload") or json.loads(requested["multipart"][0]["value"])
    assert body.get("data", body)["content"] == "</said:8>"
    assert [part["value"] for part in requested.get("multipart", [])[1:]] in ([], [b"`/"])
