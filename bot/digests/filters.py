"""The syntax of filters, which select the articles of a subscription. Pure.

    filter = both { "or" both }
    both   = one { ["and"] one }
    one    = ("not" | "-") one | "(" filter ")" | [field ":"] value
    value  = word | word* | "a phrase" | "the beginning of a phr"*
    field  = outlet | actor | topic | feed | lang | kind

Adjacent parts must all match; `and` binds tighter than `or`. `bot.digests.filtering` applies a filter to
an article.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import BadInput
from bot.languages.translations import _
from bot.model.claims import Kind
from bot.model.digests import LONGEST_FILTER
from bot.text.folding import words_of

DEEPEST = 20
"""How deep parentheses and negations may be nested."""

_QUOTES = '"“”„«»'
"""Opening and closing quotation marks. Phone keyboards insert curly ones by themselves."""
_WORD = re.compile(rf"[^\s{_QUOTES}()*]+")
_FIELD = re.compile(r"([^\W\d_]{1,20}):")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_KEYWORDS = frozenset({"and", "or", "not"})


class Field(StrEnum):
    """The part of an article that a term looks at, other than its words."""

    OUTLET = "outlet"
    ACTOR = "actor"
    TOPIC = "topic"
    FEED = "feed"
    LANG = "lang"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for. `written` is its value as typed, without quotation marks and `*`."""

    written: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """Something that must not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that must all match: at least two, none of them an AllOf."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one must match: at least two, none of them an AnyOf."""

    parts: tuple["Node", ...]


Node = Term | Negation | AllOf | AnyOf


def parsed_filter(text: str) -> Node:
    """Parse the filter `text`.

    Raises BadInput, and nothing else. It says what is wrong and at which character, counted from 1.
    """
    if len(text) > LONGEST_FILTER:
        count, most = len(text), LONGEST_FILTER
        raise BadInput(
            _(
                "This filter is too long: it has {count} characters, and {most} are allowed.",
                count=count,
                most=most,
            )
        )
    return _Parser(text).whole()


def written_filter(node: Node) -> str:
    """Return the shortest text that `parsed_filter` parses to `node`."""
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


def all_of(parts: Iterable[Node]) -> Node:
    """Return a filter that requires all of `parts` (at least one)."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: Iterable[Node]) -> Node:
    """Return a filter that requires any of `parts` (at least one)."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


class _Parser:
    """Parses a filter from left to right, reading each character once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """Return the whole text as one filter."""
        if not self._text.strip():
            raise BadInput(_('A filter needs at least one word, such as `dam`, `"the dam"` or `outlet:courier`.'))
        node = self._either()
        if self._at < len(self._text):
            raise self._wrong(_("this `)` closes nothing"))
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
            raise self._wrong(_word_missing(after, word or sign))
        if sign == "-" or word == "not":
            self._at += len(word) or 1
            if not word and self._text[self._at : self._at + 1].isspace():
                raise self._wrong(_("`-` must touch what it leaves out"), start)
            self._deeper(start)
            negated = Negation(self._one(word or "-"))
            self._depth -= 1
            return negated
        if sign == "(":
            self._at += 1
            self._deeper(start)
            inner = self._either()
            if self._ahead() != ")":
                raise self._wrong(_("this `(` is never closed"), start)
            self._at += 1
            self._depth -= 1
            return inner
        return self._term()

    def _deeper(self, start: int) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            told = _("more than {most} parentheses and negations stand within each other", most=DEEPEST)
            raise self._wrong(told, start)

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
            raise self._wrong(_("before `*` the beginning of a word is missing"), value_at)
        rest = _WORD.match(self._text, self._at)
        if rest or self._text.startswith("*", self._at):
            told = _("`*` may stand only at the end of a word") if prefix else _("a space is missing")
            raise self._wrong(told, self._at - prefix)
        return self._checked(Term(written, field, prefix), value_at)

    def _field(self, name: str, start: int) -> Field:
        try:
            return Field(name.casefold())
        except ValueError:
            known = ", ".join(f"`{field}:`" for field in Field)
            near = difflib.get_close_matches(name.casefold(), [str(field) for field in Field], 1)
            if near:
                told = _("`{name}:` is not known (did you mean `{field}:`?)", name=name, field=near[0])
            else:
                told = _(
                    "`{name}:` is not known (there are {fields}; put quotes around plain words)",
                    name=name,
                    fields=known,
                )
            raise self._wrong(told, start) from None

    def _value(self, field: Field | None) -> str:
        if self._text[self._at : self._at + 1] in tuple(_QUOTES):
            opened = self._at
            closed = next((i for i in range(opened + 1, len(self._text)) if self._text[i] in _QUOTES), None)
            if closed is None:
                raise self._wrong(_("this quotation mark is never closed"), opened)
            self._at = closed + 1
            return " ".join(self._text[opened + 1 : closed].split())
        word = _WORD.match(self._text, self._at)
        if word is None:
            if field and not self._text.startswith("*", self._at):
                raise self._wrong(_("after `{field}:` a name is missing", field=field))
            return ""
        self._at = word.end()
        return word[0]

    def _checked(self, term: Term, at: int) -> Term:
        """Return `term` if it can match anything; raise BadInput if not."""
        if term.field is Field.KIND:
            kinds = [str(kind) for kind in Kind]
            fits = [k for k in kinds if (k.startswith if term.prefix else k.__eq__)(term.written.casefold())]
            if not fits:
                raise self._wrong(_("`kind:` takes one of {kinds}", kinds=", ".join(kinds)), at)
        elif term.field is Field.LANG:
            if term.prefix or not _LANGUAGE.fullmatch(term.written.casefold()):
                raise self._wrong(_("`lang:` takes the code of a language, such as en or pt-br"), at)
        elif not words_of(term.written):
            raise self._wrong(_("there is no letter or digit to look for"), at)
        return term

    def _ahead(self) -> str:
        """Skip spaces and return the next character, or nothing at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _keyword(self) -> str:
        """Return the `and`, `or` or `not` that comes next, or nothing."""
        self._ahead()
        word = _WORD.match(self._text, self._at)
        if word is None or self._text.startswith("*", word.end()) or word[0].casefold() not in _KEYWORDS:
            return ""
        return word[0].casefold()

    def _wrong(self, what: str, at: int | None = None) -> BadInput:
        place = (self._at if at is None else at) + 1
        return BadInput(_("This filter cannot be read: {what}, at character {place}.", what=what, place=place))


def _word_missing(after: str, before: str) -> str:
    """Return the message that a word is missing, and where: after a keyword, before a sign, both, or neither."""
    if after and before:
        return _("after `{after}` a word is missing before `{before}`", after=after, before=before)
    if after:
        return _("after `{after}` a word is missing", after=after)
    return _("a word is missing before `{before}`", before=before) if before else _("a word is missing")


def _is_bare(term: Term) -> bool:
    """Return whether the value of `term` parses the same without quotation marks."""
    if not _WORD.fullmatch(term.written):
        return False
    if term.field:
        return True
    keyword = term.written.casefold() in _KEYWORDS and not term.prefix
    return not (keyword or term.written.startswith("-") or _FIELD.match(term.written))
