"""Every country is known, whatever the news calls it."""

import pytest
from spacy.language import Language

from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.pipeline import extract
from bot.extraction.wordlists.countries import COUNTRIES
from bot.model.claims import ActorType

UN_MEMBERS = """
Afghanistan, Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Argentina, Armenia, Australia,
Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin,
Bhutan, Bolivia, Bosnia and Herzegovina, Botswana, Brazil, Brunei, Bulgaria, Burkina Faso, Burundi,
Cabo Verde, Cambodia, Cameroon, Canada, Central African Republic, Chad, Chile, China, Colombia,
Comoros, Congo, Costa Rica, Côte d’Ivoire, Croatia, Cuba, Cyprus, Czechia, Democratic Republic of
the Congo, Denmark, Djibouti, Dominica, Dominican Republic, Ecuador, Egypt, El Salvador, Equatorial
Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France, Gabon, Gambia, Georgia,
Germany, Ghana, Greece, Grenada, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hungary,
Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan,
Kenya, Kiribati, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein,
Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta, Marshall Islands,
Mauritania, Mauritius, Mexico, Micronesia, Moldova, Monaco, Mongolia, Montenegro, Morocco,
Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria,
North Korea, North Macedonia, Norway, Oman, Pakistan, Palau, Panama, Papua New Guinea, Paraguay,
Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Saint Kitts and Nevis, Saint
Lucia, Saint Vincent and the Grenadines, Samoa, San Marino, São Tomé and Príncipe, Saudi Arabia,
Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia, Slovenia, Solomon Islands, Somalia,
South Africa, South Korea, South Sudan, Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland,
Syria, Tajikistan, Tanzania, Thailand, Timor-Leste, Togo, Tonga, Trinidad and Tobago, Tunisia,
Türkiye, Turkmenistan, Tuvalu, Uganda, Ukraine, United Arab Emirates, United Kingdom, United States,
Uruguay, Uzbekistan, Vanuatu, Venezuela, Vietnam, Yemen, Zambia, Zimbabwe
"""


def test_all_members_of_the_united_nations_are_known() -> None:
    members = " ".join(UN_MEMBERS.split()).split(", ")
    assert len(members) == 193
    assert [name for name in members if folded(name) not in COUNTRIES] == []


@pytest.mark.parametrize(
    "name", ["U.S.", "UK", "Ivory Coast", "Turkey", "St. Lucia", "DR Congo", "Burma", "Wales"]
)
def test_what_the_news_calls_countries_is_known(name: str) -> None:
    assert folded(name) in COUNTRIES


@pytest.mark.parametrize("name", ["Jordan Smith", "New Jersey", "Jersey", "Holland", "Washington", ""])
def test_what_is_no_country_is_not(name: str) -> None:
    assert folded(name) not in COUNTRIES


@pytest.mark.parametrize("name", ["Djibouti", "Suriname", "Vanuatu", "Lesotho", "Turkmenistan"])
def test_a_country_that_speaks_is_a_country(nlp: Language, name: str) -> None:
    found = extract(nlp, f"{name} said on Monday it would close its border. “We have no choice,” {name} said.")
    assert {actor.type for actor in found.actors if actor.name == name} == {ActorType.GPE}
