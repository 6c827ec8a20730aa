"""Words that say what a noun phrase is: titles, roles, organisations, documents, kin, pronouns, countries."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a an the this that these those some several many other another both one any most its their")
DEFINITE = _words("the this that these those")
HONORIFICS = _words("mr mrs ms miss dr mx sir dame lord lady madam madame herr monsieur don dona")
MALE_TITLES = _words("mr sir lord king prince duke father pope brother sheikh emir sultan sayyid herr monsieur")
FEMALE_TITLES = _words("mrs ms miss lady dame queen princess duchess sister baroness madam madame mother")

# Titles that stand before a name, long and short; a run of them, with what modifies them, is cut off names.
TITLES = HONORIFICS | _words(
    "gen general maj major lt lieutenant col colonel capt captain sgt sergeant cpl corporal adm admiral "
    "cmdr commander brig brigadier marshal pvt private sen sens senator senators rep reps representative "
    "representatives gov govs governor governors pres president presidents prime minister ministers "
    "premier chancellor secretary secretaries secretarygeneral king queen prince princess duke duchess "
    "baron baroness count emperor sheikh emir sultan pope cardinal bishop archbishop rev reverend rabbi "
    "imam ayatollah father sister brother saint judge justice prof professor sheriff mayor ambassador "
    "envoy speaker chairman chairwoman chair chairperson congressman congresswoman councillor councilman "
    "councilwoman alderman deputy officer detective inspector constable superintendent undersecretary "
    "chief director coach supt det insp cllr hon attorney comptroller treasurer commissioner"
)
ROLES = TITLES | _words(
    "spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons official officials aide "
    "aides adviser advisers advisor advisors analyst analysts expert experts scientist scientists "
    "researcher researchers author authors writer writers journalist journalists reporter reporters "
    "correspondent editor editors columnist host anchor lawyer lawyers prosecutor prosecutors solicitor "
    "barrister investigator economist historian physicist biologist engineer doctor doctors nurse surgeon "
    "psychologist teacher student students principal lecturer academic scholar fellow founder cofounder "
    "co-founder ceo cfo coo cto executive executives manager owner boss head leader leaders "
    "vice-president vice chairwoman candidate candidates nominee nominees runner-up strategist pollster "
    "activist activists campaigner organiser organizer volunteer supporter supporters critic critics "
    "lawmaker lawmakers legislator politician politicians mp mps mep peer republican democrat democratic "
    "independent incumbent diplomat negotiator ministerial defector whistleblower witness witnesses "
    "victim suspect defendant plaintiff resident residents neighbour neighbor farmer worker businessman "
    "businesswoman entrepreneur investor billionaire mogul tycoon actor actress singer musician rapper "
    "comedian artist director producer filmmaker player captain striker goalkeeper midfielder quarterback "
    "pitcher trainer champion athlete driver pilot astronaut soldier soldiers veteran policeman "
    "policewoman guard warden firefighter fighter priest pastor cleric monk nun man woman boy girl teen "
    "teenager mother father son daughter wife husband brother sister uncle aunt cousin grandmother "
    "grandfather widow friend colleague partner mate star blogger youtuber designer architect developer "
    "consultant contractor counsel patient survivor passenger customer parent whip secretary-general"
)
ROLE_MODIFIERS = _words(
    "former ex deputy vice senior junior chief press foreign prime defense defence interior finance "
    "health justice home education trade energy general attorney state national federal acting interim "
    "incoming outgoing assistant associate executive managing presidential vice-presidential "
    "gubernatorial campaign communications political military army navy police shadow opposition majority "
    "minority house senate white late then longtime veteran retired lead principal top leading fellow "
    "republican democratic conservative labour liberal of for the and lieutenant district county city "
    "deputy-general"
)
MALE_ROLES = _words(
    "spokesman chairman congressman councilman businessman policeman man boy father son husband brother "
    "uncle grandfather king prince duke actor policeman fisherman salesman gentleman"
)
FEMALE_ROLES = _words(
    "spokeswoman chairwoman congresswoman councilwoman businesswoman policewoman woman girl mother "
    "daughter wife sister aunt grandmother queen princess duchess actress widow lady nun"
)
# A phrase with such a head speaks for whoever owns it: "the ministry's statement" is the ministry.
AUTHORED = _words(
    "statement statements comment comments remark remarks editorial figures data analysis account message "
    "tweet tweets post website testimony speech words response announcement release claim claims "
    "assertion briefing forecast estimate estimates findings argument memoir blog column op-ed"
)
DOCUMENTS = _words(
    "report reports letter letters poll polls survey surveys study studies note memo memorandum document "
    "documents article articles book paper papers transcript email emails e-mail e-mails leak lawsuit "
    "complaint indictment filing affidavit headline story video recording audio return returns record "
    "records bill law agreement treaty charter constitution act order resolution petition review figures "
    "data dossier cable cables ad advertisement piece essay statement statements ruling judgment verdict "
    "census index"
)
ORGANISATIONS = _words(
    "company firm agency group organization organisation party newspaper paper magazine network channel "
    "broadcaster ministry government administration committee campaign union university school college "
    "bank court team club council department office bureau commission institute foundation charity "
    "association federation league church observatory army navy military police force forces authority "
    "authorities parliament congress senate assembly board panel cabinet regime coalition alliance "
    "movement militia bloc body regulator watchdog fund corporation retailer manufacturer airline carrier "
    "studio label publisher outlet site service embassy kremlin pentagon treasury hospital museum society "
    "academy centre center community media press lobby chamber mission municipality city town state "
    "county district prosecution defence defense side camp firm giant maker startup"
)
PLACES = _words("country nation kingdom republic island")
PERSON_CLASSES = _words(
    "man woman politician businessman businesswoman candidate nominee lawmaker author billionaire mogul "
    "tycoon actor actress singer star leader boy girl teenager suspect defendant"
)
PLURAL_PEOPLE = _words("people men women children police parents clergy elite press media staff crew youth public")
HEADLESS = _words("who whom which that whose")
SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PRONOUNS = frozenset(SINGULAR) | _words(
    "it its itself they them their theirs themselves i me my mine myself we us our ours ourselves you "
    "your who whom whose which that this these those one someone everyone"
)
POSSESSIVES = _words("his her its their my our whose your")
NAME_CONNECTORS = _words(
    "of for the and & on in de la le van von der den bin ibn al el da di du dos das at to y ter zu"
)
MODIFIER_ENDINGS = (
    "based", "backed", "led", "affiliated", "aligned", "linked", "controlled", "owned", "funded", "held",
    "born", "sponsored",
)  # fmt: skip
PREMODIFIERS = _words(
    "former deputy vice senior chief press foreign prime defense defence interior finance acting interim "
    "executive managing presidential campaign national co-founder party police federal lead fellow late then "
    "political communications state music film football team"
)
"""What stands before a role noun in a role, in small letters."""
COUNTRIES = frozenset(
    name.strip().casefold()
    for name in [
        "Afghanistan",
        " Albania",
        " Algeria",
        " Angola",
        " Argentina",
        " Armenia",
        " Australia",
        " Austria",
        " Azerbaijan",
        " Bahrain",
        " Bangladesh",
        " Belarus",
        " Belgium",
        " Benin",
        " Bolivia",
        " Bosnia",
        " Botswana",
        " Brazil",
        " Britain",
        " Bulgaria",
        " Burkina Faso",
        " Burundi",
        " Cambodia",
        " Cameroon",
        " Canada",
        " Chad",
        " Chile",
        " China",
        " Colombia",
        " Congo",
        " Costa Rica",
        " Croatia",
        " Cuba",
        " Cyprus",
        " Czech Republic",
        " Denmark",
        " Ecuador",
        " Egypt",
        " El Salvador",
        " England",
        " Eritrea",
        " Estonia",
        " Ethiopia",
        " Finland",
        " France",
        " Gabon",
        " Gambia",
        " Georgia",
        " Germany",
        " Ghana",
        " Greece",
        " Guatemala",
        " Guinea",
        " Haiti",
        " Honduras",
        " Hungary",
        " Iceland",
        " India",
        " Indonesia",
        " Iran",
        " Iraq",
        " Ireland",
        " Israel",
        " Italy",
        " Ivory Coast",
        " Jamaica",
        " Japan",
        " Jordan",
        " Kazakhstan",
        " Kenya",
        " Kosovo",
        " Kuwait",
        " Kyrgyzstan",
        " Laos",
        " Latvia",
        " Lebanon",
        " Liberia",
        " Libya",
        " Lithuania",
        " Luxembourg",
        " Madagascar",
        " Malawi",
        " Malaysia",
        " Mali",
        " Malta",
        " Mauritania",
        " Mexico",
        " Moldova",
        " Mongolia",
        " Montenegro",
        " Morocco",
        " Mozambique",
        " Myanmar",
        " Namibia",
        " Nepal",
        " Netherlands",
        " New Zealand",
        " Nicaragua",
        " Niger",
        " Nigeria",
        " North Korea",
        " Norway",
        " Oman",
        " Pakistan",
        " Palestine",
        " Panama",
        " Paraguay",
        " Peru",
        " Philippines",
        " Poland",
        " Portugal",
        " Qatar",
        " Romania",
        " Russia",
        " Rwanda",
        " Saudi Arabia",
        " Scotland",
        " Senegal",
        " Serbia",
        " Sierra Leone",
        " Singapore",
        " Slovakia",
        " Slovenia",
        " Somalia",
        " South Africa",
        " South Korea",
        " South Sudan",
        " Spain",
        " Sri Lanka",
        " Sudan",
        " Sweden",
        " Switzerland",
        " Syria",
        " Taiwan",
        " Tajikistan",
        " Tanzania",
        " Thailand",
        " Togo",
        " Tunisia",
        " Turkey",
        " Uganda",
        " Ukraine",
        " United Arab Emirates",
        " United Kingdom",
        " United States",
        " Uruguay",
        " Uzbekistan",
        " Venezuela",
        " Vietnam",
        " Wales",
        " Yemen",
        " Zambia",
        " Zimbabwe",
        " US",
        " USA",
        " UK",
        " UAE",
        " U.S.",
        " U.K.",
        " America",
    ]
)
ROLE_FORMS = dict(
    pair.split(":")
    for pair in [
        "sen:senator",
        "sens:senator",
        "rep:representative",
        "reps:representative",
        "gov:governor",
        "pres:president",
        "gen:general",
        "lt:lieutenant",
        "prof:professor",
        "dr:doctor",
        "congressman:representative",
        "congresswoman:representative",
        "lawmaker:representative",
        "premier:minister",
        "candidate:nominee",
        "chairman:chair",
        "chairwoman:chair",
        "spokesman:spokesperson",
        "spokeswoman:spokesperson",
        "advisor:adviser",
        "chief:head",
        "boss:head",
        "mp:representative",
        "defence:defense",
        "cop:police",
        "actress:actor",
        "policeman:officer",
        "policewoman:officer",
    ]
)
"""Roles that mean the same, by the form that they are compared in."""
