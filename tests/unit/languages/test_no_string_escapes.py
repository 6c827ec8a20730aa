"""No string escapes the catalogues: answers in a language that marks each sentence, and a look at the code."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest

from bot.command_messages import command_messages
from bot.delivery.answers import said_message
from bot.delivery.checks import ADDED, AROUND, LEFT_OUT, SAME, check_message
from bot.delivery.digest_messages import messages_of
from bot.delivery.disputes import disagreements_message
from bot.delivery.evidence import digest_evidence_message, evidence_message
from bot.delivery.explanations import check_embed, why_embed
from bot.delivery.notices import notice_of, unposted_notice
from bot.delivery.timelines import timeline_alt, timeline_message
from bot.delivery.topics import topic_message
from bot.delivery.trends import trends_alt, trends_message
from bot.digests.causes import Cause, Explanation, Why
from bot.errors import ChannelForbidden
from bot.feeds.health import in_words
from bot.languages import translations
from bot.languages.known_languages import Language
from bot.languages.spoken import speaking
from bot.model.claims import Kind, Wording
from bot.model.delivery import NoticeKind
from bot.model.digests import Cadence, Layout, Plan, Selection, Subscription
from bot.model.disputes import Disagreements, Dispute
from bot.model.feed_checks import CheckStep, FeedCheck, Trial
from bot.model.feeds import Feed, FeedState
from bot.model.queries import ClaimPage, ClaimQuery, Sort, Voice, VoicePage
from bot.model.timelines import Position, Timeline
from bot.model.trends import Subject, Trend, Trends
from bot.services.digest_wishes import plan_in_words
from tests.unit.delivery.samples import EVIDENCE, MARSH, NOW, RECORD
from tests.unit.delivery.test_digest_embeds import DIGEST

ROOT = Path(__file__).parents[3]
MARKED = Language("marked", "hi", "marked")
"""A language in which each sentence stands between ⟦ and ⟧, and dates have letters of their own."""
NOT_WORDS = re.compile(
    r"https?://\S+|<[@#t:&/][^>]*>|\]\([^)]*\)|`[^`]*`|\b(?:UTC|Europe/Berlin|AM|PM|am|pm)\b", re.IGNORECASE
)
VISIBLE = {"title", "description", "name", "value", "text", "label", "placeholder", "content"}


class Marking(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


@pytest.fixture(autouse=True)
def marking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    whole = translations._catalogue
    monkeypatch.setattr(translations, "_catalogue", lambda code: Marking() if code == "marked" else whole(code))
    with speaking(MARKED):
        yield


def texts_of(shown: object) -> Iterator[str]:
    """Yield what a person sees of a message, or of a part of it."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, list | tuple):
        for one in shown:
            yield from texts_of(one)
    elif isinstance(shown, dict):
        for key, value in shown.items():
            if isinstance(value, dict | list) and key != "shows":
                yield from texts_of(value)
            elif key in VISIBLE and isinstance(value, str):
                yield value


def outside_the_marks(text: str) -> str:
    depth, kept = 0, []
    for char in text:
        depth += (char == "⟦") - (char == "⟧")
        kept.append(char if depth == 0 else " ")
    return "".join(kept)


def escaped_words(shown: object, *data: object) -> set[str]:
    """Return the words that a person sees and that are neither in a sentence of the catalogues nor in the data."""
    known = set(re.findall(r"[A-Za-z]+", " ".join(map(repr, data)).lower()))
    words = set[str]()
    for text in texts_of(shown):
        words |= set(re.findall(r"[A-Za-z]{2,}", outside_the_marks(NOT_WORDS.sub(" ", text)).lower()))
    return words - known


QUERY = ClaimQuery(
    actor="Marsh", topic="dam", outlet="The Courier", kind=Kind.DENIAL, wording=Wording.VERBATIM, since=NOW,
    until=NOW, sort=Sort.RELEVANT, misspelt="Mrash",
)  # fmt: skip
CLAIMS = tuple(
    replace(
        RECORD, id=n, kind=kind, verbatim=wording, taken_back="later", disputed=True, told_by=("Otto", "Ada"),
        due="soon", due_on=NOW.date(), actor=actor,
    )
    for n, (kind, wording, actor) in enumerate(
        ((kind, wording, actor) for kind in Kind for wording in Wording for actor in ("Marsh", None)), 1
    )
)  # fmt: skip
FEED = Feed(
    1,
    "https://courier.example/feed",
    "Courier",
    None,
    FeedState.FAILING,
    7,
    "It broke.",
    NOW,
    NOW,
    NOW,
    False,
    NOW,
)


def answers() -> Iterator[tuple[str, Callable[[], object]]]:
    for start in range(0, len(CLAIMS), 5):
        page = ClaimPage(CLAIMS[start : start + 5], 99, more=True)
        yield f"said {start}", lambda page=page: said_message(page, QUERY, query_id=1, number=1)  # type: ignore[misc]
    yield "nothing said", lambda: said_message(ClaimPage((), 0), QUERY, query_id=1)

    spoken = replace(EVIDENCE, claim=replace(RECORD, addressee="CNN", time="Thursday", hedged=True))
    yield "evidence", lambda: evidence_message(spoken)
    yield "evidence of a digest", lambda: digest_evidence_message(spoken, "n", 0, 3)
    pieces = [(SAME, "The"), (ADDED, "dam"), (LEFT_OUT, "is"), (AROUND, "safe")]
    yield "checked", lambda: check_message("dam", [(RECORD, pieces, True)], 3)
    yield "not found", lambda: check_message("dam", [], 3)
    yield "disputes", lambda: disagreements_message(Disagreements((Dispute((MARSH,), (MARSH,)),), ()))
    yield "no disputes", lambda: disagreements_message(Disagreements((), ()))
    for layout in Layout:
        yield f"digest, {layout}", lambda layout=layout: messages_of(DIGEST, str, layout)  # type: ignore[misc]
    for cause in Cause:
        explanation = Explanation(cause, 5, NOW, 6, "It broke.", "Dam", "https://courier.example/1")
        yield f"why, {cause}", lambda told=explanation: why_embed(Why(told, "Dam", "https://courier.example/1"), 1)  # type: ignore[misc]
    steps = (CheckStep("Address", "https://courier.example"), CheckStep("Answer", "It broke.", passed=False))
    yield (
        "feed check",
        lambda: check_embed(FeedCheck(Trial("https://courier.example", steps), FEED, steps), "Courier"),
    )
    for kind in NoticeKind:
        if kind in (NoticeKind.WARNING, NoticeKind.DISABLED):
            yield f"notice, {kind}", lambda kind=kind: notice_of(FEED, kind, "Courier", "n", NOW)  # type: ignore[misc]
    plan = Plan(5, Cadence.DAILY, NOW.time(), 0, "UTC")
    subscription = Subscription(1, 1, plan, Selection(1, 0.8), NOW, 1, NOW)
    yield "unposted", lambda: unposted_notice(subscription, ChannelForbidden(), "n")
    voices = VoicePage((Voice(CLAIMS[:2], 5),), 7, 100, more=True)
    yield "topic", lambda: topic_message(voices, QUERY, query_id=1)
    said = tuple(replace(RECORD, id=n, published_at=NOW + timedelta(days=n)) for n in range(6))
    position = Position(2, said, said[0], RECORD, 1)
    timeline = Timeline(RECORD, (position,), 20, tuple(one.published_at for one in said), ("Otto",), more=True)
    yield "timeline", lambda: [timeline_message(timeline, QUERY, query_id=1), timeline_alt(timeline, QUERY, "UTC")]
    trends = Trends(
        (
            Trend(Subject.ACTOR, "Marsh", 9, 100, 2, 400, 4.5, (0,) * 35),
            Trend(Subject.TOPIC, "dam", 9, 100, 2, 400, 12.5, (0,) * 35),
        ),
        7, 28, NOW, 100, 400,
    )  # fmt: skip
    yield "trends", lambda: [trends_message(trends, query_id=1), trends_alt(trends, "UTC")]
    for state in FeedState:
        yield f"feed that is {state}", lambda state=state: in_words(replace(FEED, state=state))  # type: ignore[misc]
    for cadence in Cadence:
        planned = Plan(5, cadence, NOW.time(), 0, "UTC")
        yield f"plan, {cadence}", lambda planned=planned: plan_in_words(planned)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("what", "shown"), list(answers()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_word_of_an_answer_is_translated_or_comes_from_the_news(
    what: str, shown: Callable[[], object]
) -> None:
    data = (CLAIMS, QUERY, EVIDENCE, MARSH, DIGEST, FEED, "CNN Thursday It broke. The dam is safe courier example")
    assert escaped_words(shown(), *data) == set(), what


SOURCES = sorted([*(ROOT / "cogs").rglob("*.py"), *(ROOT / "bot" / "delivery").rglob("*.py")])
NOT_SHOWN = {"terminal.py", "citations.py", "claim_rows.py", "command_translator.py"}
"""For the command line, which speaks English, and for programs."""
ENGLISH_ON_PURPOSE = {
    "left out",  # the name of a change, not shown
    "owner only",
    *(
        "decided about a claim",
        "changed an actor",
        "sent a letter",
        "were sent a letter",
    ),  # what the store calls it
    "ten an hour",  # in the log
    "/settings profile, by {}",  # why something was done, for Discord's audit log
    "Asked for with the button of a digest",
    "Digests under the names of their outlets",
}
CALLS_THAT_TRANSLATE = {"_", "N_", "NP_", "ngettext", "pgettext", "npgettext"}
CALLS_NOT_FOR_PEOPLE = {
    "ValueError",
    "TypeError",
    "KeyError",
    "warning",
    "info",
    "error",
    "exception",
    "debug",
    "compile",
}
TABLES_OF_OPTIONS = {"OPTIONS", "FILTER_OPTION", "ABOUT_OPTION"}
"""Descriptions of options: the catalogues have them from the command tree."""
OF_THE_TREE = {text for _context, text in command_messages()}
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def sentences_in(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield strings of two words or more that no call translates, and that are no docstring, log or option."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Assign(targets=[ast.Name(id=name)]) if name in TABLES_OF_OPTIONS:
            return
        case ast.Subscript(value=ast.Name(id="Literal")):
            return
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
            name in CALLS_THAT_TRANSLATE | CALLS_NOT_FOR_PEOPLE
        ):
            for keyword in node.keywords:
                yield from sentences_in(keyword.value)
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            for inner in node.body:
                yield from sentences_in(inner)
            return
        case ast.JoinedStr():
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            if WORDS.search(re.sub(r"`[^`]*`", "", text)):
                yield node.lineno, text
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from sentences_in(part.value)
            return
        case ast.Constant(value=str(text)):
            if WORDS.search(text):
                yield node.lineno, text
            return
    for child in ast.iter_child_nodes(node):
        yield from sentences_in(child)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_in_the_code_is_left_out_of_the_catalogues(source: Path) -> None:
    if source.name in NOT_SHOWN:
        return
    found = [
        (line, text)
        for line, text in sentences_in(ast.parse(source.read_text()))
        if text not in OF_THE_TREE | ENGLISH_ON_PURPOSE
    ]
    assert found == []
