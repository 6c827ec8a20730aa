import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.escape import cleaned, escaped, label, link, safe_url
from bot.text.clipping import clip, length

any_text = st.text() | st.text(alphabet="*_~`|\\<>@#[]():/-1. \n\u200b\u202eeveryonhr", max_size=80)
ESCAPE = re.compile(r"\\(.)")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b** __u__ *i* ~~s~~ ||p|| `c`", r"\*\*b\*\* \_\_u\_\_ \*i\* \~\~s\~\~ \|\|p\|\| \`c\`"),
        ("<@123> <@&9> <#5> <:a:1> <t:1:R>", r"\<@123\> \<@&9\> \<\#5\> \<\:a:1\> \<t\:1:R\>"),
        ("[x](http://a.example)", r"\[x\](http\://a.example)"),
        ("# head", r"\# head"),
        ("-# small", r"\-\# small"),
        ("> quoted", r"\> quoted"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("nice :tada: day", r"nice \:tada: day"),
        ("discord.gg/abc", r"discord\.gg/abc"),
        ("two\nlines\t here ", "two lines here"),
        ("a plain sentence, 10:30 (ok)", "a plain sentence, 10:30 (ok)"),
    ],
)
def test_markup_of_others_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize("name", ["everyone", "here", "EVERYONE"])
def test_nobody_is_mentioned(name: str) -> None:
    assert f"@{name}" not in escaped(f"hey @{name}")


def test_control_direction_and_blank_characters_are_taken_out() -> None:
    assert cleaned("a\u202eb\u200bc\x00d\ud800e\u2800\u3164f\u00ad") == "abc de f"


def test_joiners_stay_where_a_script_needs_them() -> None:
    assert cleaned("می\u200cخواهم 👨\u200d👩\u200d👧 \u200dx\u200c ") == "می\u200cخواهم 👨\u200d👩\u200d👧 x"


def test_marks_piled_on_a_letter_are_cut_down() -> None:
    assert len(cleaned("Z" + "\u0301" * 500)) == 5


@given(any_text)
def test_every_markup_character_is_escaped(text: str) -> None:
    left = ESCAPE.sub("", escaped(text))
    assert not set(left) & set("*_~`|\\<>#[]")
    assert "\n" not in left
    assert "://" not in left


@given(any_text)
def test_escaping_loses_no_visible_character(text: str) -> None:
    assert ESCAPE.sub(r"\1", escaped(text)).replace("@\u200b", "@") == cleaned(text)


@given(any_text)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@example("-00", 3)
@given(any_text, st.integers(0, 60))
def test_clipped_text_fits_and_cuts_no_escape(text: str, limit: int) -> None:
    whole = escaped(text)
    cut = clip(whole, limit)
    assert length(cut) <= limit
    assert len(cut.encode("utf-16-le", "strict")) // 2 == length(cut)
    if cut != whole:
        kept = cut.removesuffix("…")
        assert whole.startswith(kept)
        assert (len(kept) - len(kept.rstrip("\\"))) % 2 == 0


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 11, "one two…"),
        ("unbreakable", 6, "unbre…"),
        ("👨\u200d👩\u200d👧👨\u200d👩\u200d👧", 10, "👨\u200d👩\u200d👧…"),
        ("🇩🇪🇫🇷", 7, "🇩🇪…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
        (r"\*\*", 3, r"\*…"),
        ("fits", 4, "fits"),
        ("anything", 0, ""),
    ],
)
def test_text_is_cut_between_words_and_between_characters(text: str, limit: int, cut: str) -> None:
    assert clip(text, limit) == cut


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://a.example/b(c)d[e] f", "https://a.example/b%28c%29d%5Be%5D%20f"),
        ("https://bücher.example/ü?q=ä#x", "https://xn--bcher-kva.example/%C3%BC?q=%C3%A4#x"),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
        ("https://A.example", "https://a.example/"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%28", "https://a.example/%28"),
        ("javascript:alert(1)", None),
        ("http://bank.example@evil.example/", None),
        ("http://[::1]/", None),
        ("http://a.example:99999/", None),
        ("http://a b/", None),
        ("//a.example", None),
        ("https://", None),
        ("https://a.example/" + "x" * 3_000, None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_that_cannot_break_out_are_linked(url: str | None, made: str | None) -> None:
    assert safe_url(url) == made


@given(st.text() | st.text().map(lambda rest: "https://a.example/" + rest))
def test_a_linked_address_holds_nothing_that_ends_a_link(url: str) -> None:
    made = safe_url(url)
    if made is not None:
        assert not re.search(r"[\s()\[\]<>\"\\`]", made)
        assert made.isascii()
        assert urlsplit(made).scheme in {"http", "https"}
        assert safe_url(made) == made


@given(any_text)
def test_a_label_cannot_leave_its_link(text: str) -> None:
    assert not set(label(text)) & set("[]")


def test_text_is_not_linked_where_its_address_cannot_be() -> None:
    assert link("The [Courier]", "https://courier.example/1") == "[The (Courier)](https://courier.example/1)"
    assert link("The [Courier]", "ftp://courier.example/1") == r"The \[Courier\]"
