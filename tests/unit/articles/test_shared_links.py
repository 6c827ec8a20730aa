from bot.articles.shared_links import is_apart, is_page_of

MENU = "Home News Sport Weather Contact About us Subscribe to our newsletter "
BRIDGE = (
    "The mayor said on Tuesday that the old bridge would stay closed until the spring, as its piers had cracked."
)
FERRY = "Engineers told the council that the ferry could carry twelve cars at a time, and no lorries for now."
UPDATE = BRIDGE.replace("Tuesday", "Wednesday") + " She did not say what the repair would cost."


def test_entries_that_say_something_else_are_apart() -> None:
    assert is_apart(BRIDGE, [FERRY])
    assert is_apart(BRIDGE, [])


def test_the_same_words_and_an_update_of_them_are_not() -> None:
    assert not is_apart(BRIDGE, [FERRY, BRIDGE])
    assert not is_apart(BRIDGE, [UPDATE])
    assert not is_apart(UPDATE, [BRIDGE])
    assert not is_apart(BRIDGE.upper(), [f"{BRIDGE} {FERRY}"]), "a longer version holds it"


def test_an_entry_without_words_is_not_apart() -> None:
    assert not is_apart("", [BRIDGE])
    assert not is_apart("No.", [BRIDGE])


def test_a_page_is_that_of_the_only_entry_whose_words_it_holds() -> None:
    assert is_page_of(f"{MENU} {BRIDGE} It was built in 1890.", BRIDGE, [FERRY])
    assert not is_page_of(f"{MENU} {BRIDGE} {FERRY}", BRIDGE, [FERRY])
    assert not is_page_of(MENU, BRIDGE, [FERRY])
    assert not is_page_of("", BRIDGE, [FERRY])
