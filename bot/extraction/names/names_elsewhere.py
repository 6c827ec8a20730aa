"""Names by how they stand elsewhere in the article: whole, or seen where the name finder passed over them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from bot.extraction.names.entity import ORG, PERSON, Entity, name_of
from bot.extraction.wordlists.lexicon import SMALL_WORDS

LONGEST_NAME = 5
"""Words that a name put together of two may have."""
CAPITALISED = re.compile(r"(?<![\w@/.-])[A-ZÀ-Þ]\w+")
SEEN_TWICE, SHORT = 2, 3
"""Times that a name is seen, and letters that it has more of, before it is looked for elsewhere."""


def passed_over(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return the names with those places of them that the name finder passed over, though it saw them twice."""
    seen = Counter((text[entity.start : entity.end], entity.label) for entity in entities)
    names: dict[str, list[tuple[str, str]]] = {}
    for (name, label), count in seen.items():
        if count >= SEEN_TWICE and len(name) > SHORT and name[0].isupper() and name.casefold() not in SMALL_WORDS:
            names.setdefault(re.split(r"\W", name, maxsplit=1)[0], []).append((name, label))
    found = list(entities)
    starts = [entity.start for entity in entities]
    for word in CAPITALISED.finditer(text) if names else ():
        index = bisect_right(starts, word.start()) - 1
        if index >= 0 and entities[index].end > word.start():
            continue
        fitting = [pair for pair in names.get(word.group(), ()) if text.startswith(pair[0], word.start())]
        if fitting:
            name, label = max(fitting, key=lambda pair: len(pair[0]))
            end = word.start() + len(name)
            after = entities[index + 1].start if index + 1 < len(entities) else len(text)
            if end <= after and not text[end : end + 1].isalnum():
                found.append(Entity(word.start(), end, label))
    return sorted(found, key=lambda entity: entity.start)


def as_elsewhere(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return the names with the words around them that belong to a longer name which the text has elsewhere.

    "German Ortega" where only "Ortega" was seen, "Solent & Western" of the "Solent & Western Ferries".
    """
    longer: dict[str, list[tuple[str, str]]] = {}
    for entity in entities:
        name = name_of(text[entity.start : entity.end])
        words = name.split()
        if 1 < len(words) <= LONGEST_NAME:
            for word in {words[0], words[-1]}:
                longer.setdefault(word, []).append((name, entity.label))
    found: list[Entity] = []
    for entity in entities:
        if found and entity.start < found[-1].end:
            continue
        name = name_of(text[entity.start : entity.end])
        parts = (_as_part(text, entity, name, full, label) for full, label in longer.get(name, ()))
        whole = next((part for part in parts if part is not None), entity)
        while found and found[-1].end > whole.start:
            found.pop()
        found.append(whole)
    return found


def _as_part(text: str, entity: Entity, name: str, full: str, label: str) -> Entity | None:
    """Return `entity`, whose words are `name`, with more words around it where these are of the name `full`."""
    start = entity.start - len(full) + len(name)
    if full.endswith(f" {name}") and label == entity.label == PERSON and start >= 0:
        stands_there = text.startswith(full, start) and not text[max(0, start - 1) : start].isalnum()
        return Entity(start, entity.end, label) if stands_there else None
    partners = " ".join(full.split()[:3])
    if full.startswith(f"{name} &") and label == ORG and text.startswith(partners, entity.start):
        return Entity(entity.start, entity.start + len(partners), label)
    return None
