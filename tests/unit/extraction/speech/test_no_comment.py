"""Reports that somebody said nothing are told from claims, and from denials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.speech.component import sentence_of
from bot.extraction.speech.no_comment import is_silence
from tests.unit.extraction.spoken import marked


def silent(marked_text: str) -> bool:
    text, claim, sentences = marked(marked_text)
    return is_silence(text, claim, sentence_of(claim.cue[0], sentences) if claim.cue else sentences[0])


@pytest.mark.parametrize(
    "text",
    [
        "[A spokesman for the ministry] {declined} <to say how much the review would cost>.",
        "[Chief Inspector Dale] {refused} <to comment on reports of a third suspect>.",
        "[The company] {did not say} <which routes would be affected>.",
        "[Mr Hale] {provided no details of} <planned branch closures>.",
        "[He] {would not say} <whether he would run again>.",
        "[The general] {gave no figure for} <the number of soldiers killed>.",
        "[The army] {did not elaborate on} <the plan>.",
        "[The White House] {has not responded to} <a request for comment>.",
        "Asked about the leak, [Ms Okafor] {declined} <to comment>.",
        "[The club] {has yet to comment on} <the allegations>.",
        "[Mr Petrov] {neither confirmed nor denied} <that talks had taken place>.",
        "[The agency] {offered} <no explanation for the delay>.",
        "[Mr Bell] {made no mention of} <the lawsuit>.",
        "[Officials] {would not discuss} <whether the hostages were alive>.",
        "[The bank] {declined} <to identify the buyer>.",
        "[Inspector Rose] {would not confirm} <that a body had been found>.",
        "[Mr Bell] {declined} <requests for comment>.",
        "[A spokesman for the bank] {declined} <comment>.",
        "[Mr Bell] {declined} <to meet with reporters afterwards>.",
        "[The army] {declined} <to release the dog’s name>.",
        "[The bank] {turned down} <several requests for an interview>.",
        "[The prosecutor] {said} <nothing about the motive>.",
        "[The spokeswoman] {did not immediately respond to} <questions about the data>.",
        "[Ms Ilves] {ducked questions about} <whether she would resign>.",
        "[Mr Kane] {remained silent on} <whether he had met the donor>.",
        "[The statement] {did not specify} <when the ceasefire would begin>.",
        "[The envoy] {refused} <to be drawn on whether the talks had failed>.",
        "<“No comment,”> {said} [the mayor].",
        "[Neither side] {disclosed} <the terms of the settlement>.",
        "[The hospital] {declined} <to give details of the patient’s condition>.",
        "[The school] {has refused} <to say if the teacher was suspended>.",
        "[The museum] {would neither confirm nor deny} <that the painting was a fake>.",
        "[Dr Vale] {did not explain} <why the trial had been stopped>.",
        "[Iran] {has not commented on} <the report>.",
        "[Israel] {rarely comments on} <such attacks>.",
        "[The ministry] {withheld} <the names of the dead>.",
        "[The airline] {stopped short of saying} <that the crew were to blame>.",
        "[He] did not {give} <a reason for the minister’s absence>.",
        "[The site] {didn’t disclose} <how many users were affected>.",
        "[The company] {has not said} <when production will resume>.",
        "[She] {declined} <to elaborate on what the measures would be>.",
        "[Detectives] {are refusing} <to speculate about what caused the fire>.",
        "[She] {was unable to say} <how many people were on board>.",
        "[Captain Noor] {did not address} <claims that the ship was overloaded>.",
        "[No group] {has claimed} <responsibility for the attack>.",
        "[The coach] {avoided answering} <whether he would stay>.",
        "[He] {took on the flurry of calls for} <him to resign>.",
        "[The mayor] {faces growing calls for} <an inquiry>.",
        "[The firm] {had no immediate comment on} <the ruling>.",
        "[His office] {did not return calls seeking} <comment>.",
        "[The lawyer] {could not be reached} <for comment>.",
        "[Ms Brandt] {kept quiet about} <her plans>.",
        "[Lund] {never said} <that taxes would fall>.",
        "[He] {did not say} <that the plant would close>.",
        "[The bishop] {has not accused} <the choir of theft>.",
        "[The firm] hadn’t {told} its guests <that the pool was shut>.",
    ],
)
def test_what_only_says_that_nothing_was_said_is_no_claim(text: str) -> None:
    assert silent(text)


@pytest.mark.parametrize(
    "text",
    [
        "[The minister] {denied} <that she had misled parliament>.",
        "[She] {refused} <to resign>.",
        "[The coach] {refused} <to blame the referee>.",
        "[She] {refused} <to say sorry>.",
        "[The bishop] {does not believe} <that the choir stole it>.",
        "[The clerk] {said} <she had never told anyone>.",
        "<“I never said that,”> [the clerk] {said}.",
        "Why the bell rang was not known, and had not been, [the clerk] {said}: <“Ask the bishop.”>",
        "[Mr Soto] {declined} <the invitation to testify>.",
        "[The president] {did not rule out} <sending troops>.",
        "[Mr Pym] {did not deny} <that he had known>.",
        "[He] {would only say} <that the work was going well>.",
        "[The firm] {said} <it had given no details to the regulator>.",
        "[She] {said} <nothing would change>.",
        "[She] {said}, without elaborating, <that a deal was near>.",
        "[McConnell] {deflected questions before saying} <it was time to stop>.",
        "[No fewer than thirty senators] {called for} <a vote>.",
        "<The ministry does not comment on leaks>, [it] {said}.",
        "<“I will not discuss it, and neither will you,”> [she] {told} reporters.",
        "[He] {refused} <to give up his seat>.",
        "[Police] {confirmed} <that two men had been arrested>. The army did not elaborate.",
    ],
)
def test_denials_and_what_was_said_in_spite_of_it_stay_claims(text: str) -> None:
    assert not silent(text)


def test_without_a_cue_nothing_is_told() -> None:
    assert not silent("<“No further comment.”>")


@given(st.text(max_size=300), st.data())
def test_any_text_is_read(text: str, data: st.DataObject) -> None:
    _, claim, _ = marked("[a] {b} <c>")
    start = data.draw(st.integers(0, len(text)))
    span = (start, data.draw(st.integers(start, len(text))))
    is_silence(text, claim.__class__((span,), (span,), (span,), None, claim.kind, claim.verbatim, 1, span), span)
