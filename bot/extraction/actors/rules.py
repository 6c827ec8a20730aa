"""Who is meant by a source: the rules, in the order in which they are tried.

`ROWS` lists the rules for each sort of source; the first that finds somebody decides. A rule is a function of the
source and of what is known of the article. If a source depends on others ("her aides" on "her"), its row says on
which (`bot.extraction.actors.dependences`): they are resolved first, by the same rules.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.extraction.actors.actor_signs import is_passed_by
from bot.extraction.actors.actor_type import gender_of_person
from bot.extraction.actors.ages import of_age, years_of
from bot.extraction.actors.both_of_two import both_of_two
from bot.extraction.actors.dependences import (
    Dependence,
    none,
    the_description_before,
    the_maker,
    the_owner,
    the_parts,
    they,
)
from bot.extraction.actors.description_words import counted, with_owner, with_reader
from bot.extraction.actors.known import Known
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.one_of_two import one_of_two
from bot.extraction.actors.relative_pronouns import antecedent
from bot.extraction.actors.shared_surnames import has_role
from bot.extraction.actors.source import Sort, Source
from bot.extraction.noun_phrases.spelling import folded, without_article
from bot.model.claims import ActorType
from bot.text.counting import listed

Rule = Callable[[Source, Known], Member | None]


def who(source: Source, known: Known) -> Member | None:
    """Return who is meant by `source`, None if the article does not say or it cannot be told."""
    row = ROWS[source.sort]
    source = replace(source, resolved=tuple(who(each, known) for each in row.first(source, known)))
    return next((found for rule in row.rules if (found := rule(source, known)) is not None), None)


def holder_of_office(source: Source, known: Known) -> Member | None:
    """Return the person of the article who holds the office that its headline names."""
    return known.offices.member(source.phrase)


def turn_of_interview(source: Source, known: Known) -> Member | None:
    """Return who asks or answers under the label "Q" or "A"."""
    return known.names.turn(source.phrase)


def initials(source: Source, known: Known) -> Member | None:
    """Return the only person with these initials, if they are the label of a turn."""
    return known.names.initialled(source.phrase, source.claim)


def bearer_of_surname(source: Source, known: Known) -> Member | None:
    """Return which of the people with one surname is meant."""
    phrase = source.phrase
    if (titled := known.names.titled(phrase)) is not None:
        return titled
    gender = gender_of_person(phrase.text, phrase.title, phrase.role, by_name=False)
    found = known.surnames.bearer(phrase.text, source.position, gender, phrase.role, phrase.title)
    return None if found is None or known.surnames.speaks_of_another(source.claim, found) else found


def only_bearer_who_acts(source: Source, known: Known) -> Member | None:
    """Return the only person with a surname who acts under the full name: others are but mentioned."""
    phrase = source.phrase
    if phrase.label not in (None, "PERSON") or phrase.role is not None:
        return None
    if known.state.cast.peer(phrase.text, phrase.title) is not None:
        return None
    gender = gender_of_person(phrase.text, phrase.title, phrase.role, by_name=False)
    return known.surnames.only_one_who_acts(phrase.text, gender)


def government_of_capital(source: Source, known: Known) -> Member | None:
    """Return Russia for "Moscow denied it"."""
    return known.names.government(source.phrase, source.position)


def organisation_or_place(source: Source, known: Known) -> Member | None:
    """Return whom a name means that is not seen to be a person's."""
    return known.names.organisation(source.phrase, source.position)


def person(source: Source, known: Known) -> Member | None:
    """Return the person that a name means, or anybody else known by it: "Rep. Kean" is not a senator."""
    phrase = source.phrase
    found = known.names.person(phrase, source.position)
    if found is None or not phrase.role or " " in phrase.text or has_role(found, phrase.role):
        return found
    others = [
        each
        for each in known.state.cast.ending_in(folded(phrase.text))
        if each.type is ActorType.PERSON and each.name.endswith(f" {phrase.text}") and has_role(each, phrase.role)
    ]
    return others[0] if len(others) == 1 else found


def all_parts(source: Source, known: Known) -> Member | None:
    """Return the group that "Kovacs and Ray" are."""
    parts = zip(source.resolved, source.phrase.parts, strict=True)
    name = listed([member.name if member else part.text for member, part in parts])
    group = known.state.cast.named(name)
    if group is None:
        group = known.state.cast.add(name, ActorType.GROUP, plural=True)
        group.parts = tuple(member for member in source.resolved if member)
    if source.phrase.text != name:
        group.aliases[source.phrase.text] += 1
    return group


def who_is_quoted(source: Source, known: Known) -> Member | None:
    """Return the speaker of the content in which "I" or "we" stands."""
    return known.pronouns.quoted_speaker(source.position)


def who_signs(source: Source, known: Known) -> Member | None:
    """Return the author of an article that speaks of itself as "I"."""
    return known.pronouns.author(source.position)


def whom_the_report_is_about(source: Source, known: Known) -> Member | None:
    """Return Brandl for the "his" of "Oskar Brandl denies it, his lawyer said"."""
    return known.pronouns.owner_in_report(source.phrase.text, source.claim)


def likeliest_antecedent(source: Source, known: Known) -> Member | None:
    """Return the one who agrees with a pronoun and most probably is meant by it."""
    return known.pronouns.chosen(source.phrase.text, source.position, source.claim)


def subject_of_report(source: Source, known: Known) -> Member | None:
    """Return the mayor of "Mayor Ada Quist will not run again, she said", if nobody else can be meant."""
    return known.pronouns.subject_of_report(source.phrase.text, source.claim)


def name_before(source: Source, known: Known) -> Member | None:
    """Return the person named right before "who"."""
    return antecedent(known.state, source.phrase.text, source.position)


def one_of_the_group(source: Source, known: Known) -> Member | None:
    """Return the diplomat whom "One" means behind a sentence about diplomats."""
    return known.descriptions.one_of(source.first, source.position)


def another_of_the_kind(source: Source, known: Known) -> Member | None:
    """Return "another official" for "Another said", behind what one official said."""
    return known.last_speaker.another(source.position)


def some_of_the_group(source: Source, known: Known) -> Member | None:
    """Return "one of two jurors" for "one of them"."""
    return known.descriptions.some_of(source.first, counted(source.phrase))


def the_first(source: Source, known: Known) -> Member | None:  # noqa: ARG001
    """Return the person meant by the source that was resolved first."""
    return source.first


def named_owner(source: Source, known: Known) -> Member | None:
    """Return the owner of a description, by name."""
    return known.descriptions.owner(source.phrase.text, source.position)


def maker_by_adjective(source: Source, known: Known) -> Member | None:
    """Return the police for "a police statement"."""
    return known.descriptions.maker_by_adjective(source.phrase, source.position) if not source.resolved else None


def who_stated_it(source: Source, known: Known) -> Member | None:
    """Return the body that spoke a moment before "the statement" is quoted."""
    return known.suppositions.stater(source.phrase, source.position)


def outlet_of_piece(source: Source, known: Known) -> Member | None:
    """Return the newspaper in which "the article" stood."""
    return known.descriptions.outlet(source.phrase, source.position)


def relative_by_name(source: Source, known: Known) -> Member | None:
    """Return Samuel Ochieng for "her husband", where Grace and Samuel Ochieng are named together."""
    return known.suppositions.relative(source.phrase, source.first)


def called_anew(source: Source, known: Known) -> Member | None:
    """Return the last speaker for "the Kenya captain", if nothing before introduces one."""
    return known.anew.member(source.phrase, source.position, source.claim)


def only_one_so_far(source: Source, known: Known) -> Member | None:
    """Return the only person named so far for "the 34-year-old"."""
    return known.anew.only_one(source.phrase, source.position)


def presenter_of_outlet(source: Source, known: Known) -> Member | None:
    """Return who asks the questions on CNN for "the CNN host"."""
    return known.suppositions.presenter(source.phrase, source.position)


def described_in_headline(source: Source, known: Known) -> Member | None:
    """Return the only one whom a description in the headline fits."""
    return known.described_first.headline(source.phrase)


def former_or_latter(source: Source, known: Known) -> Member | None:
    """Return which of the two named last "the latter" means."""
    return one_of_two(known.state, source.phrase, source.position)


def as_old_as_that(source: Source, known: Known) -> Member | None:
    """Return who is 34 for "the 34-year-old"."""
    years = years_of(source.phrase)
    if years is None or not source.phrase.definite:
        return None
    supposed = known.descriptions.known(source.phrase, source.position)
    return of_age(known.state, years, source.position, supposed)


def named_later_only(source: Source, known: Known) -> Member | None:
    """Return the Melanie who was "the woman" until she is named."""
    return known.suppositions.named_later(source.phrase, source.position)


def body_of_last_speaker(source: Source, known: Known) -> Member | None:
    """Return the coalition of the last speaker, for "the group"."""
    return known.last_speaker.body_of_last_speaker(source.phrase, source.position)


def friend_of(source: Source, known: Known) -> Member | None:
    """Return "friend of Quist" for "a friend", who tells of Quist."""
    return known.last_speaker.friend_of(source.phrase, source.claim)


def known_before(source: Source, known: Known) -> Member | None:
    """Return the one met before whose name, role or description fits "the minister"."""
    phrase = source.phrase
    if not phrase.definite or phrase.owner is not None:
        return None
    found = known.descriptions.known(phrase, source.position)
    if found is not None and found.passing:
        return introduced_later(source, known) or found
    return None if is_passed_by(known.state, source.phrase, source.position, found) else found


def two_together(source: Source, known: Known) -> Member | None:
    """Return the two companies that were named together for "the companies"."""
    return both_of_two(known.state, source.phrase, source.position)


def called_the_same(source: Source, known: Known) -> Member | None:
    """Return the one who is known by exactly this description."""
    return known.state.cast.named(_full_text(source))


def introduced_later(source: Source, known: Known) -> Member | None:
    """Return the one whom the article names only later, with the role that the description gives."""
    found = known.described_first.later(source.phrase, _full_text(source), source.position)
    return None if is_passed_by(known.state, source.phrase, source.position, found) else found


def only_one_left(source: Source, known: Known) -> Member | None:
    """Return the one whom a description can only mean, though nothing known of anybody says so."""
    return known.suppositions.supposed(source.phrase, source.position)


def somebody_new(source: Source, known: Known) -> Member | None:
    """Return a new member of the cast, known by nothing but the description."""
    return known.descriptions.new(source.phrase, with_reader(source.phrase, _full_text(source)))


def _full_text(source: Source) -> str:
    """Return the text of a description, with its owner's name: "Chen’s aides" for "his own aides"."""
    text = source.phrase.text
    if source.phrase.owner is not None and source.first is not None:
        text = with_owner(source.phrase, source.first)
    return without_article(text)


@dataclass(frozen=True, slots=True)
class Row:
    """The rules for one sort of source, and which sources it depends on."""

    rules: tuple[Rule, ...]
    first: Dependence = none


LABELS = (turn_of_interview, initials)
DESCRIPTIONS = (
    named_later_only,
    body_of_last_speaker,
    friend_of,
    called_anew,
    known_before,
    two_together,
    called_the_same,
    introduced_later,
    presenter_of_outlet,
    only_one_left,
    somebody_new,
)
ROWS: Mapping[Sort, Row] = {
    Sort.NOTHING: Row(()),
    Sort.NAME: Row(
        (
            holder_of_office,
            *LABELS,
            government_of_capital,
            only_bearer_who_acts,
            organisation_or_place,
            person,
        )
    ),
    Sort.SHARED_SURNAME: Row((holder_of_office, *LABELS, bearer_of_surname)),
    Sort.JOINT: Row((all_parts,), first=the_parts),
    Sort.FIRST_PERSON: Row((who_is_quoted, who_signs)),
    Sort.FIRST_PERSON_PLURAL: Row((who_is_quoted,)),
    Sort.PRONOUN: Row((whom_the_report_is_about, likeliest_antecedent, subject_of_report)),
    Sort.RELATIVE_PRONOUN: Row((name_before, the_first), first=the_description_before),
    Sort.ONE: Row((one_of_the_group,), first=they),
    Sort.ANOTHER: Row((another_of_the_kind,)),
    Sort.SOME_OF_THEM: Row((some_of_the_group,), first=they),
    Sort.DESCRIPTION: Row((holder_of_office, outlet_of_piece, relative_by_name, *DESCRIPTIONS), first=the_owner),
    Sort.ONE_OF_TWO: Row((former_or_latter,)),
    Sort.AGE: Row((as_old_as_that, called_the_same, only_one_so_far, somebody_new)),
    Sort.HEADLINE: Row((described_in_headline,)),
    Sort.STATEMENT: Row((the_first, maker_by_adjective, who_stated_it, *DESCRIPTIONS), first=the_maker),
    Sort.OWN_STATEMENT: Row((the_first,), first=the_owner),
    Sort.OWNER: Row((named_owner,)),
}
