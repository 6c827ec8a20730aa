"""What a posted story looks like once its articles were corrected or withdrawn."""

from collections.abc import Sequence
from dataclasses import replace

from bot.digests.corrections import corrected
from bot.digests.shown_stories import shown_digest, shown_json
from bot.model.actor_changes import ChangedBy
from bot.model.digests import Digest, DigestArticle, DigestClaim, DigestStory
from tests.unit.digests.samples import article, claim, composed

SERVER, HOST = ChangedBy
SAFE = replace(claim(1, "Elena Marsh", "The dam was never in danger last winter"), article_id=1)
OPEN = replace(claim(2, "Tom Okafor", "A gate of the dam opens on Friday morning"), article_id=1)
POST = replace(claim(3, "Elena Marsh", SAFE.content, outlet="Daily Post"), article_id=2)


def printed(claims: Sequence[DigestClaim] = (SAFE, OPEN), **given: object) -> DigestArticle:
    return replace(article(1, 7, "The Courier", claims), **given)  # type: ignore[arg-type]


def shown(*others: DigestArticle) -> Digest:
    digest = composed([printed(), *others])
    assert digest is not None
    kept = shown_digest(shown_json(digest))
    assert kept is not None
    return kept


def story_after(digest: Digest, *articles: DigestArticle) -> DigestStory:
    return corrected(digest, {one.article_id: one for one in articles}).stories[0]


def contents(story: DigestStory) -> dict[str, bool]:
    return {one.claim.content: one.struck for one in story.claims}


def test_a_story_whose_articles_are_the_same_stays_as_it_is() -> None:
    digest = shown()
    assert corrected(digest, {1: printed()}) == digest
    assert corrected(digest, {}) == digest, "an article that is no longer stored says nothing else"


def test_what_an_article_no_longer_says_is_struck_with_a_note() -> None:
    story = story_after(shown(), printed([SAFE]))
    assert contents(story) == {SAFE.content: False, OPEN.content: True}
    assert story.note == "The Courier corrected the article."


def test_what_an_article_says_now_in_place_of_it_is_shown_instead() -> None:
    now = replace(OPEN, claim_id=9, content="A gate of the dam opens on Saturday morning")
    story = story_after(shown(), printed([SAFE, now]))
    assert contents(story) == {SAFE.content: False, now.content: False}
    assert story.note == "The Courier corrected the article."


def test_words_of_another_speaker_stand_in_for_nothing() -> None:
    now = replace(OPEN, claim_id=9, actor="Elena Marsh")
    assert contents(story_after(shown(), printed([SAFE, now])))[OPEN.content]


def test_a_corrected_speaker_is_shown() -> None:
    story = story_after(shown(), printed([SAFE, replace(OPEN, actor="Tina Okafor")]))
    assert {one.claim.actor for one in story.claims} == {"Elena Marsh", "Tina Okafor"}
    assert story.note


def test_a_corrected_headline_is_shown() -> None:
    assert story_after(shown(), printed(title="Dam is safe")).lead.title == "Dam is safe"


def test_all_of_a_withdrawn_article_is_struck() -> None:
    story = story_after(shown(), printed([], withdrawn=True))
    assert set(contents(story).values()) == {True}
    assert story.note == "The Courier withdrew the article."


def test_what_another_outlet_still_says_is_given_to_that_outlet() -> None:
    digest = shown(article(2, 7, "Daily Post", [POST]))
    story = story_after(digest, printed([], withdrawn=True), article(2, 7, "Daily Post", [POST]))
    assert contents(story) == {SAFE.content: False, OPEN.content: True}
    assert next(one.claim.outlet for one in story.claims if not one.struck) == "Daily Post"


def test_an_article_that_is_back_is_no_longer_struck() -> None:
    withdrawn = corrected(shown(), {1: printed([], withdrawn=True)})
    assert set(contents(story_after(withdrawn, printed())).values()) == {False}


def test_what_is_kept_of_a_digest_says_nothing_that_it_does_not_show() -> None:
    hidden = replace(claim(4, "Ana Ruiz", "Nobody in the valley was asked about it"), article_id=1)
    more = replace(claim(5, "Ana Ruiz", "Meetings were held in private all summer"), article_id=1)
    digest = composed([printed([SAFE, OPEN, hidden, more])])
    assert digest is not None
    kept = str(shown_json(digest))
    assert sum(one.content in kept for one in (SAFE, OPEN, hidden, more)) == 2


def test_what_another_version_kept_in_another_form_is_left_alone() -> None:
    assert shown_digest({"stories": 5}) is None


def test_a_withdrawn_claim_is_withheld_and_comes_back() -> None:
    digest = shown()
    without = printed([SAFE], withheld=(OPEN.claim_id,))
    now = corrected(digest, {1: without})
    assert [one.claim.content for one in now.stories[0].shown_claims] == [SAFE.content]
    assert now.stories[0].note == "", "its outlet has corrected nothing"
    assert corrected(now, {1: without}) == now
    assert corrected(now, {1: printed()}) == digest


def test_of_equal_claims_of_two_outlets_the_other_one_is_shown() -> None:
    digest = shown(article(2, 7, "Daily Post", [POST]))
    story = story_after(digest, printed([OPEN], withheld=(SAFE.claim_id,)), article(2, 7, "Daily Post", [POST]))
    assert [one.claim.outlet for one in story.shown_claims if one.claim.content == SAFE.content] == ["Daily Post"]
    assert story.note == ""


def test_a_withdrawn_claim_that_its_article_no_longer_has_is_struck_if_it_comes_back() -> None:
    now = corrected(shown(), {1: printed([SAFE], withheld=(OPEN.claim_id,))})
    story = story_after(now, printed([SAFE]))
    assert contents(story) == {SAFE.content: False, OPEN.content: True}


def test_a_speaker_whom_the_server_calls_something_else_has_a_note_of_that_alone() -> None:
    known = replace(OPEN, content="Another gate of the dam opens on Friday morning", actor_id=4)
    renamed = replace(known, actor="T. Okafor", named_by=SERVER)
    digest = composed([printed([SAFE, known])])
    assert digest is not None
    digest = replace(digest, stories=(replace(digest.stories[0], disputed=("Tom Okafor", "Elena Marsh")),))
    story = story_after(digest, printed([SAFE, renamed]))
    assert {one.claim.actor for one in story.claims} == {"Elena Marsh", "T. Okafor"} == set(story.actors)
    assert (story.note, story.renamed_by, story.disputed) == ("", SERVER, ("T. Okafor", "Elena Marsh"))
    after = replace(digest, stories=(story,))
    assert story_after(after, printed([SAFE, known])) == digest.stories[0], "what was taken back leaves no note"
    now = replace(renamed, content="The upper gate opens on Saturday morning")
    assert story_after(after, printed([SAFE, now])).renamed_by is SERVER, "another correction does not end it"


def test_what_is_withheld_tells_whether_its_speaker_is_hidden_or_it_was_wrong() -> None:
    hidden = printed([SAFE], withheld=(2,), hidden=((2, HOST),))
    story = story_after(shown(), hidden)
    assert {one.claim.claim_id: one.hidden_by for one in story.claims if one.withheld} == {2: HOST}
    assert story.note == ""
    wrong = story_after(shown(), printed([SAFE], withheld=(2,)))
    assert {one.claim.claim_id: one.hidden_by for one in wrong.claims if one.withheld} == {2: None}


def test_a_dispute_with_somebody_who_is_not_shown_any_more_is_not_told() -> None:
    digest = shown()
    digest = replace(digest, stories=(replace(digest.stories[0], disputed=("Ann Unseen", "Elena Marsh")),))
    now = printed([replace(SAFE, actor="E. Marsh", actor_id=3), OPEN])
    assert story_after(digest, now).disputed is None
