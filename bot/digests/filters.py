"""Filters: which articles a subscription wants, written so that a person can read them. Pure.

    filter = both { "or" both }
    both   = one { ["and"] one }
    one    = ("not" | "-") one | "(" filter ")" | [field ":"] value
    value  = word | word* | "a phrase" | "the beginning of a phr"*
    field  = outlet | actor | topic | feed | lang | kind

What stands side by side must all hold; `and` binds tighter than `or`. Case, accents and punctuation never decide:
words are compared as search compares them (`bot.words`). A word or phrase without a field is looked for in
the headline and the text.

`outlet:` fits an article that any of several outlets printed word for word, where one of them fits.

A filter chooses articles, not claims: an article that passes is shown with all that is said in it. The claims that
`topic:` and `kind:` look at are those that the subscription would show.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlsplit

from bot.digests.values import FilterableArticle
from bot.errors import BadInput
from bot.extraction.values import Kind
from bot.words import words_of

LONGEST = 500
"""Characters of a filter."""
DEEPEST = 20
"""How far parentheses and negations may be nested."""

_QUOTES = '"“”„«»'
"""What opens and closes a phrase: keyboards of telephones write the curled ones by themselves."""
_WORD = re.compile(rf"[^\s{_QUOTES}()*]+")
_FIELD = re.compile(r"([^\W\d_]{1,20}):")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_KEYWORDS = frozenset({"and", "or", "not"})


class Field(StrEnum):
    """What of an article is looked at, besides its words."""

    OUTLET = "outlet"
    ACTOR = "actor"
    TOPIC = "topic"
    FEED = "feed"
    LANG = "lang"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `written` is its value as a person wrote it, without quotation marks and `*`."""

    written: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """What must not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that must all hold: at least two, none of them an AllOf."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one must hold: at least two, none of them an AnyOf."""

    parts: tuple["Node", ...]


Node = Term | Negation | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article passes, and which part of the filter decided that, in words."""

    passes: bool
    reason: str


def parsed_filter(text: str) -> Node:
    """Return the filter that `text` writes.

    Raises BadInput, and nothing else, with what is wrong and at which character; the first one is character 1.
    """
    if len(text) > LONGEST:
        raise BadInput(f"This filter is too long: it has {len(text)} characters, and {LONGEST} are allowed.")
    return _Parser(text).whole()


def written_filter(node: Node) -> str:
    """Return the shortest text that `parsed_filter` reads as `node`."""
    match node:
        case Term():
            field = f"{node.field}:" if node.field else ""
            value = node.written if _is_bare(node) else f'"{node.written}"'
            return field + value + "*" * node.prefix
        case Negation(part):
            inner = written_filter(part)
            return f"-({inner})" if isinstance(part, AllOf | AnyOf) else f"-{inner}"
        case AllOf(parts):
            return " ".join(f"({written_filter(p)})" if isinstance(p, AnyOf) else written_filter(p) for p in parts)
        case AnyOf(parts):
            return " or ".join(written_filter(part) for part in parts)


def passes(node: Node, article: FilterableArticle) -> bool:
    """Tell whether `article` is one that the filter wants."""
    return explain(node, article).passes


def explain(node: Node, article: FilterableArticle) -> Verdict:
    """Return whether `article` passes, and which part of the filter decided it."""
    return _judged(node, _Looked(article))


def all_of(parts: Iterable[Node]) -> Node:
    """Return the filter that wants all of `parts`, of which there is at least one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: Iterable[Node]) -> Node:
    """Return the filter that wants any of `parts`, of which there is at least one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


class _Parser:
    """Reads a filter from left to right, each character once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """Return all of the text as one filter."""
        if not self._text.strip():
            raise BadInput('A filter needs at least one word, such as `dam`, `"the dam"` or `outlet:courier`.')
        node = self._either()
        if self._at < len(self._text):
            raise self._wrong("this `)` closes nothing")
        return node

    def _either(self) -> Node:
        parts = [self._both()]
        while (word := self._keyword()) == "or":
            self._at += len(word)
            parts.append(self._both(after="or"))
        return any_of(parts)

    def _both(self, after: str = "") -> Node:
        parts = [self._one(after)]
        while True:
            word = self._keyword()
            if word == "or" or self._ahead() in ("", ")"):
                return all_of(parts)
            if word == "and":
                self._at += len(word)
            parts.append(self._one(word if word == "and" else ""))

    def _one(self, after: str) -> Node:
        sign = self._ahead()
        start = self._at
        word = self._keyword()
        if sign in ("", ")") or word in ("and", "or"):
            told = f"after `{after}` a word is missing" if after else "a word is missing"
            raise self._wrong(f"{told} before `{word or sign}`" if word or sign else told)
        if sign == "-" or word == "not":
            self._at += len(word) or 1
            if not word and self._text[self._at : self._at + 1].isspace():
                raise self._wrong("`-` must touch what it leaves out", start)
            self._deeper(start)
            negated = Negation(self._one(word or "-"))
            self._depth -= 1
            return negated
        if sign == "(":
            self._at += 1
            self._deeper(start)
            inner = self._either()
            if self._ahead() != ")":
                raise self._wrong("this `(` is never closed", start)
            self._at += 1
            self._depth -= 1
            return inner
        return self._term()

    def _deeper(self, start: int) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong(f"more than {DEEPEST} parentheses and negations stand within each other", start)

    def _term(self) -> Term:
        start = self._at
        field: Field | None = None
        if named := _FIELD.match(self._text, self._at):
            field = self._field(named[1], start)
            self._at = named.end()
        value_at = self._at
        written = self._value(field)
        prefix = self._text.startswith("*", self._at)
        self._at += prefix
        if prefix and not written:
            raise self._wrong("before `*` the beginning of a word is missing", value_at)
        rest = _WORD.match(self._text, self._at)
        if rest or self._text.startswith("*", self._at):
            told = "`*` may stand only at the end of a word" if prefix else "a space is missing"
            raise self._wrong(told, self._at - prefix)
        return self._checked(Term(written, field, prefix), value_at)

    def _field(self, name: str, start: int) -> Field:
        try:
            return Field(name.casefold())
        except ValueError:
            known = ", ".join(f"`{field}:`" for field in Field)
            near = difflib.get_close_matches(name.casefold(), [str(field) for field in Field], 1)
            hint = f"did you mean `{near[0]}:`?" if near else f"there are {known}; put quotes around plain words"
            raise self._wrong(f"`{name}:` is not known ({hint})", start) from None

    def _value(self, field: Field | None) -> str:
        if self._text[self._at : self._at + 1] in tuple(_QUOTES):
            opened = self._at
            closed = next((i for i in range(opened + 1, len(self._text)) if self._text[i] in _QUOTES), None)
            if closed is None:
                raise self._wrong("this quotation mark is never closed", opened)
            self._at = closed + 1
            return " ".join(self._text[opened + 1 : closed].split())
        word = _WORD.match(self._text, self._at)
        if word is None:
            if field and not self._text.startswith("*", self._at):
                raise self._wrong(f"after `{field}:` a name is missing")
            return ""
        self._at = word.end()
        return word[0]

    def _checked(self, term: Term, at: int) -> Term:
        """Return `term` where it can ever be found."""
        if term.field is Field.KIND:
            kinds = [str(kind) for kind in Kind]
            fits = [k for k in kinds if (k.startswith if term.prefix else k.__eq__)(term.written.casefold())]
            if not fits:
                raise self._wrong(f"`kind:` takes one of {', '.join(kinds)}", at)
        elif term.field is Field.LANG:
            if term.prefix or not _LANGUAGE.fullmatch(term.written.casefold()):
                raise self._wrong("`lang:` takes the code of a language, such as en or pt-br", at)
        elif not words_of(term.written):
            raise self._wrong("there is no letter or digit to look for", at)
        return term

    def _ahead(self) -> str:
        """Return the next character that is no space, going there; nothing at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _keyword(self) -> str:
        """Return the `and`, `or` or `not` that comes next, else nothing."""
        self._ahead()
        word = _WORD.match(self._text, self._at)
        if word is None or self._text.startswith("*", word.end()) or word[0].casefold() not in _KEYWORDS:
            return ""
        return word[0].casefold()

    def _wrong(self, what: str, at: int | None = None) -> BadInput:
        place = (self._at if at is None else at) + 1
        return BadInput(f"This filter cannot be read: {what}, at character {place}.")


def _is_bare(term: Term) -> bool:
    """Tell whether the value of `term` reads the same without quotation marks."""
    if not _WORD.fullmatch(term.written):
        return False
    if term.field:
        return True
    keyword = term.written.casefold() in _KEYWORDS and not term.prefix
    return not (keyword or term.written.startswith("-") or _FIELD.match(term.written))


class _Looked:
    """An article as filters compare it, each part folded when it is first asked for."""

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
        """The name of each outlet that printed the article, and the words of that and of its host."""
        printed = ((self.article.outlet, self.article.url), *self.article.copies)
        return [(name, _spaced(name) + _spaced(_host(url))) for name, url in printed]

    @cached_property
    def actors(self) -> list[str]:
        """The words of each name of an actor, those that the article uses first."""
        return [_spaced(name) for name in (*self.article.actors, *self.article.aliases)]

    @cached_property
    def claims(self) -> list[frozenset[str]]:
        """The words of each claim."""
        return [frozenset(words_of(content)) for _, content in self.article.claims]

    @cached_property
    def feeds(self) -> list[str]:
        """The words of title and address of each feed."""
        return [_spaced(title) + _spaced(url) for title, url in self.article.feeds]


def _spaced(text: str) -> str:
    """Return the folded words of `text` between spaces, so that words and phrases are parts of it."""
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
    """Return the verdict of the first part that decides alone; where none does, what all of them say."""
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
        return True, f"{_shown(term)} is in the headline"
    if sought in looked.text:
        return True, f"{_shown(term)} is in the text"
    return False, f"{_shown(term)} is neither in the headline nor in the text"


def _outlet_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    found = next((name for name, words in looked.outlets if sought in words), None)
    if found is not None:
        return True, f"the outlet is {found}"
    return False, f"the outlet is {' and '.join(name for name, _ in looked.outlets)}, not {_shown(term)}"


def _actor_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    article = looked.article
    names = (*article.actors, *article.aliases)
    found = next((name for name, words in zip(names, looked.actors, strict=True) if sought in words), None)
    return (True, f"{found} is an actor") if found else (False, f"no actor is called {_shown(term)}")


def _topic_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = words_of(term.written)
    if _all_in(wanted, frozenset(looked.title.split()), prefix=term.prefix):
        return True, f"the headline is about {_shown(term)}"
    if any(_all_in(wanted, words, prefix=term.prefix) for words in looked.claims):
        return True, f"something is said about {_shown(term)}"
    return False, f"neither the headline nor anything said is about {_shown(term)}"


def _all_in(wanted: Sequence[str], words: frozenset[str], *, prefix: bool) -> bool:
    whole = wanted[:-1] if prefix else wanted
    return all(word in words for word in whole) and (
        not prefix or any(word.startswith(wanted[-1]) for word in words)
    )


def _feed_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    sought = _sought(term)
    for (title, url), words in zip(looked.article.feeds, looked.feeds, strict=True):
        if sought in words:
            return True, f"the feed {title or url} brought it"
    return False, f"no feed {_shown(term)} brought it"


def _lang_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = term.written.casefold()
    language = (looked.article.language or "").casefold().replace("_", "-")
    fits = language == wanted or language.startswith(f"{wanted}-")
    told = f"its language is {language}" if language else "its language is not known"
    return fits, told + ("" if fits or not language else f", not {wanted}")


def _kind_fact(term: Term, looked: _Looked) -> tuple[bool, str]:
    wanted = term.written.casefold()
    for kind, _ in looked.article.claims:
        if kind == wanted or (term.prefix and kind.startswith(wanted)):
            return True, f"a {kind} is in it"
    return False, f"no {wanted}{'…' if term.prefix else ''} is in it"


_FACTS: dict[Field | None, Callable[[Term, _Looked], tuple[bool, str]]] = {
    None: _words_fact,
    Field.OUTLET: _outlet_fact,
    Field.ACTOR: _actor_fact,
    Field.TOPIC: _topic_fact,
    Field.FEED: _feed_fact,
    Field.LANG: _lang_fact,
    Field.KIND: _kind_fact,
}
