"""Applies a filter (`bot.digests.filters`) to an article, and says which part of it decided. Pure.

Case, accents and punctuation do not matter: words are compared as in search (`bot.text.folding`). Words and
phrases without a field are looked up in the headline and the text.

If several outlets published an article word for word, `outlet:` matches if it matches any of them.

A filter selects articles, not claims: an article that passes is shown with all its claims. `topic:` and `kind:`
look at the claims that the subscription would show.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from bot.digests.filters import AllOf, AnyOf, Field, Negation, Node, Term
from bot.languages.formats import listed
from bot.languages.translations import _
from bot.model.digests import FilterableArticle
from bot.text.folding import words_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article passes, and which part of the filter decided that, in words."""

    passes: bool
    reason: str


def passes(node: Node, article: FilterableArticle) -> bool:
    """Return whether `article` passes the filter."""
    return explain(node, article).passes


def explain(node: Node, article: FilterableArticle) -> Verdict:
    """Return whether `article` passes, and which part of the filter decided it."""
    return _judged(node, _Looked(article))


class _Looked:
    """An article prepared for filters. Each part is folded when it is first needed."""

    def __init__(self, article: FilterableArticle) -> None:
        self.article = article

    @cached_property
    def title(self) -> str:
        """The words of the headline."""
        return _spaced(self.article.title)

    @cached_property
    def text(self) -> str:
        """The words of the text."""
        return _spaced(self.article.text)

    @cached_property
    def outlets(self) -> list[tuple[str, str]]:
        """The name of each outlet that published the article, with the words of the name and of the host."""
        printed = ((self.article.outlet, self.article.url), *self.article.copies)
        return [(name, _spaced(name) + _spaced(_host(url))) for name, url in printed]

    @cached_property
    def actors(self) -> list[str]:
        """The words of each name of an actor, starting with the names that the article uses."""
        return [_spaced(name) for name in (*self.article.actors, *self.article.aliases)]

    @cached_property
    def claims(self) -> list[frozenset[str]]:
        """The words of each claim."""
        return [frozenset(words_of(content)) for _kind, content in self.article.claims]

    @cached_property
    def feeds(self) -> list[str]:
        """The words of the title and address of each feed."""
        return [_spaced(title) + _spaced(url) for title, url in self.article.feeds]


def _spaced(text: str) -> str:
    """Return the folded words of `text` between spaces, so that words and phrases can be found as substrings."""
    return f" {' '.join(words_of(text))} "


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _judged(node: Node, looked: _Looked) -> Verdict:
    match node:
        case Term():
            fits, fact = _FACTS[node.field](node, looked)
            return Verdict(fits, fact)
        case Negation(part):
            inner = _judged(part, looked)
            return Verdict(not inner.passes, inner.reason)
        case AllOf(parts):
            return _first(parts, looked, decisive=False)
        case AnyOf(parts):
            return _first(parts, looked, decisive=True)


def _first(parts: Sequence[Node], looked: _Looked, *, decisive: bool) -> Verdict:
    """Return the verdict of the first part that is decisive on its own, or else that of all parts together."""
    verdicts = []
    for part in parts:
        verdict = _judged(part, looked)
        if verdict.passes is decisive:
            return verdict
        verdicts.append(verdict)
    return Verdict(not decisive, "; ".join(dict.fromkeys(verdict.reason for verdict in verdicts)))


def _sought(term: Term) -> str:
    """Return what to look for in spaced words."""
    return f" {' '.join(words_of(term.written))}" + ("" if term.prefix else " ")


def _shown(term: Term) -> str:
    return f"“{term.written}{'…' if term.prefix else ''}”"


def _words_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    if sought in looked.title:
        return True, _("{term} is in the headline", term=_shown(term))
    if sought in looked.text:
        return True, _("{term} is in the text", term=_shown(term))
    return False, _("{term} is neither in the headline nor in the text", term=_shown(term))


def _outlet_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    found = next((name for name, words in looked.outlets if sought in words), None)
    if found is not None:
        return True, _("the outlet is {outlet}", outlet=found)
    return False, _(
        "the outlet is {outlet}, not {term}",
        outlet=listed(name for name, _words in looked.outlets),
        term=_shown(term),
    )


def _actor_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    article = looked.article
    names = (*article.actors, *article.aliases)
    found = next((name for name, words in zip(names, looked.actors, strict=True) if sought in words), None)
    return (
        (True, _("{actor} is an actor", actor=found))
        if found
        else (False, _("no actor is called {term}", term=_shown(term)))
    )


def _topic_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = words_of(term.written)
    if _all_in(wanted, frozenset(looked.title.split()), prefix=term.prefix):
        return True, _("the headline is about {term}", term=_shown(term))
    if any(_all_in(wanted, words, prefix=term.prefix) for words in looked.claims):
        return True, _("something is said about {term}", term=_shown(term))
    return False, _("neither the headline nor anything said is about {term}", term=_shown(term))


def _all_in(wanted: Sequence[str], words: frozenset[str], *, prefix: bool) -> bool:
    whole = wanted[:-1] if prefix else wanted
    return all(word in words for word in whole) and (
        not prefix or any(word.startswith(wanted[-1]) for word in words)
    )


def _feed_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    for (title, url), words in zip(looked.article.feeds, looked.feeds, strict=True):
        if sought in words:
            return True, _("the feed {feed} brought it", feed=title or url)
    return False, _("no feed {term} brought it", term=_shown(term))


def _lang_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = term.written.casefold()
    language = (looked.article.language or "").casefold().replace("_", "-")
    fits = language == wanted or language.startswith(f"{wanted}-")
    if not language:
        return fits, _("its language is not known")
    if fits:
        return fits, _("its language is {language}", language=language)
    return fits, _("its language is {language}, not {wanted}", language=language, wanted=wanted)


def _kind_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = term.written.casefold()
    for kind, _sure in looked.article.claims:
        if kind == wanted or (term.prefix and kind.startswith(wanted)):
            return True, _("it contains a claim of the kind “{kind}”", kind=kind)
    return False, _("it contains no claim of the kind “{kind}”", kind=wanted + "…" * term.prefix)


_FACTS: dict[Field | None, Callable[[Term, _Looked], tuple[bool, str]]] = {
    None: _words_fact,
    Field.OUTLET: _outlet_fact,
    Field.ACTOR: _actor_fact,
    Field.TOPIC: _topic_fact,
    Field.FEED: _feed_fact,
    Field.LANG: _lang_fact,
    Field.KIND: _kind_fact,
}
