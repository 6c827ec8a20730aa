"""English is known from everything else, whatever the page's template says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.language import is_english, language_name, language_of
from preview.newsroom import Newsroom

TEXTS = {
    "en": (
        "The minister said on Tuesday that the contract had been awarded after a proper tender, and that "
        "she would publish all of the letters which her department had received."
    ),
    "de": (
        "Die Ministerin sagte am Dienstag, der Vertrag sei nach einer ordentlichen Ausschreibung "
        "vergeben worden, und sie werde alle Briefe veröffentlichen, die ihr Haus bekommen habe."
    ),
    "fr": (
        "La ministre a déclaré mardi que le contrat avait été attribué après un appel d'offres en bonne "
        "et due forme, et qu'elle publierait toutes les lettres que son ministère a reçues."
    ),
    "es": (
        "La ministra dijo el martes que el contrato se había adjudicado tras una licitación adecuada, y "
        "que publicaría todas las cartas que su departamento ha recibido desde entonces."
    ),
    "pt": (
        "A ministra disse na terça-feira que o contrato foi adjudicado depois de um concurso público e "
        "que não vai publicar todas as cartas que o seu ministério recebeu até agora."
    ),
    "it": (
        "La ministra ha detto martedì che il contratto è stato aggiudicato dopo una regolare gara e che "
        "non pubblicherà tutte le lettere che sono arrivate nel suo ministero."
    ),
    "nl": (
        "De minister zei dinsdag dat het contract na een nette aanbesteding is gegund en dat zij alle "
        "brieven die haar departement heeft gekregen niet zal laten verdwijnen."
    ),
    "sv": (
        "Ministern sade på tisdagen att kontraktet hade tilldelats efter en riktig upphandling och att "
        "hon skulle publicera alla brev som departementet har fått under året."
    ),
    "pl": (
        "Minister powiedziała we wtorek, że umowa została przyznana po przetargu i że nie opublikuje "
        "wszystkich listów, które do niej przyszły, ale tylko te z tego roku."
    ),
    "tr": (
        "Bakan salı günü yaptığı açıklamada ihalenin usulüne uygun olarak yapıldığını ve bu konuda gelen "
        "bir mektup için daha sonra açıklama yapacağını, ancak şimdi değil, dedi."
    ),
    "id": (
        "Menteri itu mengatakan pada hari Selasa bahwa kontrak telah diberikan setelah tender yang benar "
        "dan surat untuk dia dari warga tidak akan dibuka oleh kementerian."
    ),
    "hi": ("मंत्री ने मंगलवार को कहा कि अनुबंध उचित निविदा के बाद दिया गया था और वह सभी पत्र प्रकाशित करेंगी।"),
    "ru": ("Министр заявила во вторник, что контракт был заключён после тендера, и она опубликует все письма."),
    "uk": ("Міністерка заявила у вівторок, що її контракт укладено після тендеру, і вона опублікує всі листи."),
    "ar": "قالت الوزيرة يوم الثلاثاء إن العقد منح بعد مناقصة سليمة وإنها ستنشر جميع الرسائل",
    "zh": "部长周二表示，合同是在适当的招标之后授予的，她将公布该部门收到的所有信件。",
    "ja": "大臣は火曜日、契約は適切な入札を経て結ばれたと述べ、受け取ったすべての手紙を公開するとした。",
    "ko": "장관은 화요일 계약이 적절한 입찰을 거쳐 체결되었으며 받은 모든 편지를 공개할 것이라고 말했다",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_text_tells_its_language(language: str, text: str) -> None:
    assert language_of(text) == language
    assert is_english(language_of(text)) == (language == "en")


@pytest.mark.parametrize("language", ["en-GB", "EN-us", None])
def test_a_clear_text_overrules_a_template_that_says_english(language: str | None) -> None:
    assert language_of(TEXTS["hi"], language) == "hi"
    assert language_of(TEXTS["de"], language) == "de"
    assert language_of(TEXTS["en"], language) == (language or "en")


def test_a_page_in_english_with_a_foreign_template_is_english() -> None:
    assert language_of(TEXTS["en"], "fr") == "en"


def test_what_the_page_says_counts_where_the_text_does_not_tell() -> None:
    assert language_of("Kurz.", "de-AT") == "de-AT"
    assert language_of("Kurz.") is None
    assert language_of(TEXTS["sv"], "no") == "no"
    assert is_english(None)


def test_english_with_foreign_quotations_stays_english() -> None:
    assert language_of(f"{TEXTS['en']} “{TEXTS['hi'][:60]}” {TEXTS['en']}", "en") == "en"


def test_the_sample_newsroom_is_in_english() -> None:
    newsroom = Newsroom()
    for outlet in ("meridian", "courier", "konkan", "heap"):
        for article in newsroom.articles_of(outlet):
            assert language_of(" ".join(article.paragraphs)) == "en"


def test_languages_have_names() -> None:
    assert language_name("de-AT") == "German"
    assert language_name("xx") == "xx"


@given(st.text(max_size=300), st.sampled_from([None, "en", "de"]))
def test_any_text_has_an_answer(text: str, declared: str | None) -> None:
    assert language_of(text, declared) is None or isinstance(language_of(text, declared), str)
