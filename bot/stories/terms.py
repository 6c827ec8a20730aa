"""What an article is about, as weighted terms: its words, names and numbers. Pure.

A term is a folded word. Names and numbers are in the vector a second time, marked, because they tell look-alike
events apart.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from bot.model.stories import ArticleToGroup
from bot.text.content_words import content_words, opened_seams

K = TypeVar("K", str, int)

TITLE_WEIGHT = 3.0
"""The weight of a word in the title, relative to the text."""
ACTOR_WEIGHT = 2.0
"""The weight of a word in an actor's name."""
TEXT_READ = 2_500
"""How many characters of the text count: news says in its first paragraphs what it is about."""
LEAD_READ = 300
"""How many characters of the text, together with the title, count as the lead."""
TERMS_KEPT = 120
"""How many words, and how many names and numbers, of an article are kept, those with the highest weights."""
PROFILE_TERMS_KEPT = 120
"""How many terms of a story are kept, those with the highest weights."""
NAME_MARK = "="
"""The prefix of a term that counts as a name, or as a number."""
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’-]*[^\W\d_]")
_SMALL = re.compile(r"\b[a-zß-öø-ÿ][\w'’-]+")


def terms_of(article: ArticleToGroup) -> dict[str, float]:
    """Return the term vector of `article`: its words, and its names and numbers a second time, marked.

    A word weighs the logarithm of its count in title, opening and actors. The vector of words has length one, as
    has that of names and numbers together. Names are the actors' words and words that are mostly capitalised.
    """
    opening = article.text[:TEXT_READ]
    actors = " ".join(article.actors[:8])
    counts: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((article.title, TITLE_WEIGHT), (opening, 1.0), (actors, ACTOR_WEIGHT)):
        for word, count in Counter(content_words(text)).items():
            counts[word] += weight * count
    logs = {word: 1.0 + math.log(count) if count >= 1 else count for word, count in counts.items()}
    named = _names_in(f"{article.title}\n{opening}") | frozenset(content_words(actors))
    names = {NAME_MARK + word: weight for word, weight in logs.items() if word in named or word[0].isdigit()}
    return _of_length_one(_weightiest(logs, TERMS_KEPT)) | _of_length_one(_weightiest(names, TERMS_KEPT))


def lead_names(article: ArticleToGroup, terms: Mapping[str, float]) -> list[str]:
    """Return the terms of the names in the title and the lead of `article`, which has `terms`."""
    words = set(content_words(f"{article.title}\n{article.text[:LEAD_READ]}"))
    return sorted(NAME_MARK + word for word in words if not word[0].isdigit() and NAME_MARK + word in terms)


def summed(profile: Mapping[str, float], terms: Mapping[str, float]) -> dict[str, float]:
    """Return the terms of a story after an article with `terms` has joined it, limited to the highest weights."""
    return _weightiest(added(profile, terms.items()), PROFILE_TERMS_KEPT)


def added(profile: Mapping[K, float], terms: Iterable[tuple[K, float]]) -> dict[K, float]:
    """Return the weights of `profile` with those of `terms` added."""
    total = dict(profile)
    for term, weight in terms:
        total[term] = total.get(term, 0.0) + weight
    return total


def _names_in(text: str) -> frozenset[str]:
    """Return the folded words of `text` that are capitalised more often than not."""
    opened = opened_seams(text)
    capitalised = Counter(content_words(" ".join(_CAPITALISED.findall(opened))))
    small = Counter(content_words(" ".join(_SMALL.findall(opened))))
    return frozenset(word for word, count in capitalised.items() if count > small[word])


def _weightiest(terms: Mapping[str, float], kept: int) -> dict[str, float]:
    return dict(sorted(terms.items(), key=lambda pair: (-pair[1], pair[0]))[:kept])


def _of_length_one(terms: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in terms.values()))
    return {term: weight / length for term, weight in terms.items()} if length else {}
