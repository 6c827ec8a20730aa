"""Words that say what a noun phrase is: titles, roles, organisations, documents, kin, pronouns, countries."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DEFINITE = _words("the this that these those")
HONORIFICS = _words(
    "shri smt adv mr mrs ms miss dr mx sir dame lord lady madam madame herr frau monsieur don dona doña señor "
    "señora senhor senhora signor signora datuk alhaji hajiya"
)
MALE_TITLES = _words(
    "shri mr sir lord king prince duke father pope brother sheikh emir sultan sayyid herr monsieur señor senhor "
    "signor alhaji"
)
FEMALE_TITLES = _words(
    "smt mrs ms miss lady dame queen princess duchess sister baroness madam madame mother "
    "frau doña dona señora senhora signora hajiya"
)

# Titles that stand before a name, long and short; a run of them, with what modifies them, is cut off names.
TITLES = HONORIFICS | _words(
    "gen general maj major lt lieutenant col colonel capt captain sgt sergeant cpl corporal adm admiral cmdr "
    "commander commandant brig brigadier marshal pvt private sen sens senator senators rep reps representative "
    "representatives gov govs governor governors pres president presidents prime minister ministers premier "
    "chancellor secretary secretaries secretarygeneral king queen prince princess duke duchess baron baroness "
    "count emperor sheikh emir sultan pope cardinal bishop archbishop rev reverend rabbi imam ayatollah "
    "father sister brother saint judge justice prof professor sheriff mayor ambassador envoy speaker chairman "
    "chairwoman chair chairperson congressman congresswoman councillor councilman councilwoman alderman "
    "taoiseach tanaiste tánaiste sarpanch "
    "deputy officer detective inspector constable superintendent undersecretary chief director coach supt det "
    "insp cllr hon attorney comptroller treasurer commissioner commodore"
)
ROLES = TITLES | _words(
    "spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons official officials aide aides "
    "adviser advisers advisor advisors analyst analysts expert experts scientist scientists researcher "
    "researchers author authors writer writers journalist journalists reporter reporters correspondent editor "
    "editors columnist host anchor lawyer lawyers prosecutor prosecutors solicitor barrister investigator "
    "economist historian physicist biologist engineer doctor doctors nurse surgeon psychologist teacher "
    "student students principal lecturer academic scholar fellow founder cofounder co-founder ceo cfo coo cto "
    "executive executives manager owner boss head leader leaders vice-president vice chairwoman candidate "
    "candidates nominee nominees runner-up strategist pollster activist activists campaigner organiser "
    "organizer volunteer supporter supporters critic critics lawmaker lawmakers legislator politician "
    "politicians mp mps mep peer republican democrat democratic independent incumbent diplomat negotiator "
    "ministerial defector whistleblower witness witnesses victim suspect defendant plaintiff resident "
    "residents neighbour neighbor farmer worker businessman businesswoman entrepreneur investor billionaire "
    "mogul tycoon actor actress singer musician rapper comedian artist director producer filmmaker player "
    "captain striker goalkeeper midfielder quarterback pitcher trainer champion athlete driver pilot "
    "astronaut soldier soldiers veteran policeman policewoman guard warden firefighter fighter priest pastor "
    "cleric monk nun man woman boy girl teen teenager mother father son daughter wife husband brother sister "
    "uncle aunt cousin grandmother grandfather widow friend colleague partner mate star blogger youtuber "
    "designer architect developer consultant contractor counsel patient survivor passenger customer parent "
    "whip secretary-general composer novelist poet painter sculptor dancer pianist violinist conductor "
    "astronomer geologist epidemiologist climatologist ecologist sociologist criminologist virologist "
    "psychiatrist chemist mathematician philosopher photographer illustrator choreographer curator librarian "
    "archivist juror bookkeeper accountant fisherman fishermen presenter dentist vet midwife moderator caller "
    "magistrate coroner ombudsman referee umpire banker broker trader landlord tenant villager eyewitness "
    "protester demonstrator commentator spokesmen valuer inventor breeder beekeeper bailiff envoys ambassador "
    "advocate advocates pensioner employer employee seamstress electrician plumber neighbour grandson "
    "granddaughter nephew niece pontiff ethologist ornithologist zoologist geneticist immunologist neurologist "
    "neuroscientist archaeologist meteorologist seismologist volcanologist glaciologist geographer statistician "
    "dermatologist toxicologist pathologist palaeontologist paleontologist soprano hydrologist primatologist "
    "psychotherapist pharmacologist gynaecologist nutritionist dietician physiotherapist anaesthetist agronomist "
    "ethnographer cosmologist biochemist microbiologist parasitologist egyptologist"
)
ROLE_MODIFIERS = _words(
    "former ex deputy vice senior junior chief press foreign prime defense defence interior finance health "
    "justice home education trade energy general attorney state national federal acting interim incoming "
    "outgoing assistant associate executive managing presidential vice-presidential gubernatorial campaign "
    "communications political military army navy police shadow opposition majority minority house senate "
    "white late then longtime veteran retired lead principal top leading fellow republican democratic "
    "conservative labour liberal of for the and lieutenant district county city deputy-general"
)
MALE_ROLES = _words(
    "spokesman chairman congressman councilman businessman policeman man boy father son husband brother uncle "
    "grandfather king prince duke actor policeman fisherman salesman gentleman grandson nephew stepfather "
    "stepson dad grandad fiancé fiance bridegroom priest monk bishop archbishop pope imam widower "
    "boyfriend bloke lad"
)
FEMALE_ROLES = _words(
    "spokeswoman chairwoman congresswoman councilwoman businesswoman policewoman woman girl mother daughter "
    "wife sister aunt grandmother queen princess duchess actress widow lady nun granddaughter niece "
    "stepmother stepdaughter mum mom girlfriend waitress midwife fiancée fiancee bride"
)
# A phrase with such a head speaks for whoever owns it: "the ministry's statement" is the ministry.
FINDINGS = _words("research evidence")
"""What opens a sentence and is nobody's name: "Research shows"."""
AUTHORED = (
    _words(
        "statement statements comment comments remark remarks editorial figures data analysis account message "
        "tweet tweets post website testimony speech words response announcement release claim claims assertion "
        "briefing forecast estimate estimates findings argument memoir blog column op-ed"
    )
    | FINDINGS
)
DOCUMENTS = _words(
    "report reports letter letters poll polls survey surveys study studies note memo memorandum document "
    "documents article articles book paper papers transcript email emails e-mail e-mails leak lawsuit "
    "complaint indictment filing affidavit headline story video recording audio return returns record records "
    "bill law agreement treaty charter constitution act order resolution petition review figures data dossier "
    "cable cables ad advertisement piece essay statement statements ruling judgment verdict census index "
    "legend label notice sign blood-test test tests suit transcript transcripts video videos footage "
    "screenshot screenshots photograph photographs images model models log logs plan results result website "
    "message text manifesto proposal deal contract lawsuit inquiry audit preprint"
)
ORGANISATIONS = _words(
    "company firm agency group organization organisation party newspaper paper magazine network channel "
    "broadcaster ministry government administration committee campaign union university school college bank "
    "court team club council department office bureau commission institute foundation charity association "
    "federation league church observatory army navy military police force forces authority authorities "
    "parliament congress senate assembly board panel cabinet regime coalition alliance movement militia bloc "
    "body regulator watchdog fund corporation retailer manufacturer airline carrier studio label publisher "
    "outlet site service embassy kremlin pentagon treasury hospital museum society academy centre center "
    "community media press lobby chamber mission municipality city town state county district prosecution "
    "defence defense side camp firm giant maker startup brigade station cooperative co-operative television "
    "radio intelligence guild syndicate trust observatory secretariat directorate charity chain insurer "
    "brewer lender exchange operator consortium clinic academy orchestra theatre daily weekly tabloid broadsheet"
)
POLICE = _words("police officers detectives investigators deputies troopers authorities")
IN_POLICE = _words(
    "officer sergeant sgt deputy detective det inspector insp constable trooper sheriff superintendent supt"
)
"""Who is spoken to as "police", and what one of them is called."""
PLACES = _words("country nation kingdom republic island")
FIRMS = _words(
    "company firm giant retailer manufacturer airline carrier studio publisher maker startup bank insurer brewer "
    "lender operator chain business corporation group club newspaper paper magazine network broadcaster charity "
    "platform regulator watchdog agency daily weekly tabloid broadsheet"
)
"""Organisations that are called so again where the name is known."""
OFFICES = _words(
    "senator governor president minister mayor congressman congresswoman representative secretary "
    "chancellor premier taoiseach "
    "general judge ambassador professor nominee bishop archbishop king queen prince coach speaker"
)
"""Roles of which nobody has two at a time."""
STAY_UNNAMED = _words(
    "spokesman spokeswoman spokesperson official source president minister judge king queen pope witness reporter "
    "interviewer caller prosecutor lawyer attorney doctor officer investigator analyst expert"
)
"""Roles of one who is often left without a name, or is the only one to hold them."""
HONOURS = frozenset(
    [
        "KC",
        "QC",
        "MP",
        "MEP",
        "MSP",
        "MLA",
        "MBE",
        "OBE",
        "CBE",
        "KBE",
        "DBE",
        "FRS",
        "PhD",
        "IAS",
        "IPS",
        "IFS",
        "JP",
        "TD",
        "SC",
    ]
)
"""Letters behind a name that are no part of it."""
PARTIES = _words(
    "labour tories conservatives democrats greens snp plaid ukip dup reform bjp congress aap likud fidesz labor"
)
RUNNING = _words("candidate nominee lawmaker politician leader")
STANDS_BESIDE = _words(
    "spokesman spokeswoman spokesperson adviser advisor aide analyst expert professor researcher author writer "
    "journalist reporter correspondent editor columnist host lawyer attorney economist historian strategist "
    "pollster consultant director manager scientist lecturer scholar fellow delegate supporter judge"
)
"""Roles of those who advise, study or report on candidates and leaders."""
TOWNS = _words("city town village municipality county province")
PERSON_CLASSES = _words(
    "man woman politician businessman businesswoman candidate nominee lawmaker author billionaire mogul "
    "tycoon actor actress singer star leader boy girl teenager suspect defendant mum mom dad father mother"
)
KIN = _words(
    "son daughter grandson granddaughter wife husband brother sister father mother nephew niece cousin uncle "
    "aunt widow widower stepson stepdaughter grandfather grandmother mum mom dad fiancée fiancee fiancé fiance"
)
PLURAL_PEOPLE = _words(
    "people men women children police parents clergy elite press media staff crew youth public opposition "
    "couple family"
)
PEOPLES = _words(
    "republicans democrats tories conservatives liberals libertarians socialists communists islamists greens "
    "americans canadians mexicans brazilians cubans venezuelans colombians britons scots europeans "
    "germans italians "
    "spaniards greeks russians ukrainians belarusians poles hungarians romanians bulgarians serbs croats czechs "
    "swedes norwegians danes finns belgians austrians australians africans nigerians kenyans egyptians libyans "
    "tunisians algerians moroccans ethiopians sudanese somalis turks kurds armenians georgians arabs israelis "
    "palestinians syrians lebanese jordanians iraqis iranians saudis yemenis afghans pakistanis indians "
    "bangladeshis "
    "chinese koreans indonesians filipinos muslims christians catholics protestants jews hindus sikhs buddhists "
    "sunnis shiites latinos hispanics"
)
"""Members of parties, nations and faiths, who are named as one."""
PROPER_ADJECTIVES = _words("western eastern")
"""Adjectives that have a capital wherever they stand: "Western diplomats"."""
HEADLESS = _words("who whom which that whose")
SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PRONOUNS = frozenset(SINGULAR) | _words(
    "it its itself they them their theirs themselves i me my mine myself we us our ours ourselves you your "
    "who whom whose which that this these those one someone everyone"
)
POSSESSIVES = _words("his her its their my our whose your")
NAME_CONNECTORS = _words(
    "of for the and & on in de la le van von der den bin ibn al el da di du dos das at to y ter zu del della "
    "degli dei las los"
)
MODIFIER_ENDINGS = (
    "based", "backed", "led", "affiliated", "aligned", "linked", "controlled", "owned", "funded", "held",
    "born", "sponsored",
)  # fmt: skip
COMPANY_ENDINGS = _words(
    "inc ltd plc llc corp co gmbh ag sa group holdings capital ventures partners industries systems "
    "technologies airlines airways motors metals energy mutual insurance pharmaceuticals foods mining steel "
    "shipping freight logistics ferries railways studios software"
)
NAMED_THINGS = ORGANISATIONS | _words(
    "app website platform chain line airline insurer watchmaker brand supermarket bookseller startup operator "
    "ferry ship vessel trawler boat yacht tanker planet moon comet typhoon hurricane cyclone storm film song "
    "album novel programme program project tribe village town"
)
"""Nouns that stand before the name of what is no person: "the charity Night Wing"."""
INSTITUTIONS = _words(
    "ministry government administration police court parliament congress senate assembly army navy military "
    "force forces council cabinet embassy treasury hospital university school college museum church "
    "municipality city town state county district prosecution defence defense media press mission regime "
    "commission committee panel board department campaign"
)
"""Organisations whose names say what they are."""
PRESS = _words(
    "times post ledger herald gazette tribune journal chronicle guardian telegraph sentinel news daily packet "
    "observer mail wire examiner inquirer courier standard bulletin reuters bbc cnn afp"
)
"""Words in the names of newspapers and the like."""
PREPOSITIONS = _words(
    "of for at in from on with to inside within by near behind about under over into close across among against "
    "around between outside including like during"
)
OF_THINGS = _words("owner operator maker developer sponsor employer publisher investor partner producer star")
"""Roles that companies have, too."""
SORTS = (
    COMPANY_ENDINGS
    | _words(
        "company firm corporation giant retailer manufacturer airline carrier studio publisher maker startup bank "
        "label insurer brewer lender operator chain app website platform brand watchmaker supermarket bookseller "
        "line business"
    ),
    _words(
        "group organization organisation charity union federation association league society movement alliance "
        "coalition foundation institute campaign network body confederation collective ngo guild syndicate trust"
    ),
    _words(
        "agency bureau office service authority administration directorate regulator watchdog observatory centre "
        "center"
    ),
    PRESS
    | _words(
        "newspaper paper magazine network channel broadcaster outlet site website station publication daily "
        "weekly tabloid broadsheet"
    ),
)
"""Nouns for organisations of one sort: the one may be called the other."""
CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december"
)
SMALL_WORDS = _words(
    "a an the and or but nor so yet if as at by for from in into of off on onto out over to up with within "
    "without about above across after against along among around because before behind below beneath beside "
    "between beyond despite down during except inside like near outside past since than though although "
    "through throughout till toward towards under until unless upon when whenever where while who whom whose "
    "which that this these those it its he his him she her hers they their them we our us you your i my me is "
    "was are were be been has had have does did do will would can could may might must shall should not no "
    "yes also then there here now later meanwhile however yesterday today tomorrow still even only just both "
    "each every all some any most many much more less other another such what why how once again"
)
"""Words of grammar: none of them is part of a person's name, however it is written."""
PREMODIFIERS = _words(
    "former deputy vice senior chief press foreign prime defense defence interior finance acting interim "
    "executive managing presidential campaign national co-founder party police federal lead fellow late then "
    "political communications state music film football team"
)
"""What stands before a role noun in a role, in small letters."""
OFFICIALS = _words(
    "officials officers sources aides advisers advisors diplomats prosecutors investigators spokesmen "
    "spokespeople spokespersons leaders operatives commanders ministers ambassadors senators congressmen "
    "people speechwriters executives insiders detectives inspectors agents employees staffers lawyers "
    "attorneys individuals generals"
)
"""Unnamed sources, where there are several: other people in the plural are a group."""
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
        "adm:admiral",
        "col:colonel",
        "capt:captain",
        "cmdr:commander",
        "sgt:sergeant",
        "maj:major",
        "brig:brigadier",
        "insp:inspector",
        "supt:superintendent",
        "det:detective",
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
        "pontiff:pope",
        "presenter:host",
        "anchor:host",
    ]
)
"""Roles that mean the same, by the form that they are compared in."""
