"""A digest as JSON, stored in the outbox with each message: what the message shows, for later edits."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.model.digests import Digest, DigestStory


def shown_json(digest: Digest) -> dict[str, Any]:
    """Return `digest` as JSON, without claims of its articles that it does not show."""
    stories = tuple(_bare(story) for story in digest.stories)
    made: dict[str, Any] = _adapter().dump_python(replace(digest, stories=stories), mode="json")
    return made


def shown_digest(given: Mapping[str, Any]) -> Digest | None:
    """Return the digest in `given`, or None if an incompatible version of Hearsay wrote it."""
    try:
        return _adapter().validate_python(given)
    except ValidationError:
        return None


def _bare(story: DigestStory) -> DigestStory:
    others = tuple(replace(article, claims=()) for article in story.others)
    return replace(story, lead=replace(story.lead, claims=()), others=others)


@cache
def _adapter() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)
