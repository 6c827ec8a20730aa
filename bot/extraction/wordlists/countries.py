"""Countries and capitals by name."""

from babel import Locale

NO_COUNTRIES = frozenset(
    ("AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "GS", "HM", "IC", "IO", "JE", "QO", "SJ", "TA", "TF",
     "UM", "UN", "XA", "XB", "ZZ")
)  # fmt: skip
"""Codes of CLDR for groups, places where nobody lives, and Jersey, which is mostly New Jersey or a shirt."""
FURTHER_NAMES = (
    "America", "Bosnia", "Britain", "Burma", "Cabo Verde", "Congo", "Czech Republic", "DR Congo", "DRC",
    "Democratic Republic of Congo", "Democratic Republic of the Congo", "East Timor", "England",
    "Great Britain", "Guiana", "Hong Kong", "Ivory Coast", "Macau", "Northern Ireland", "Palestine",
    "Scotland", "Swaziland", "Trinidad", "Turkey", "UAE", "UK", "US", "USA", "Vatican", "Wales",
)  # fmt: skip
"""Names in the news that CLDR does not have, or has in another spelling."""


def _names_of(territory: str) -> set[str]:
    """Return the ways in which the news writes a name of CLDR's: "Trinidad & Tobago", "Myanmar (Burma)"."""
    bare = territory.partition(" (")[0].partition(" - ")[0].replace(" SAR China", "")
    plain = bare.replace("’", "'")
    return {
        spelling.replace("St. ", saint)
        for name in (bare, plain)
        for spelling in (name, name.replace(" & ", " and "), name.replace(" & ", " and the "))
        for saint in ("St. ", "St ", "Saint ")
    }


def country_names() -> frozenset[str]:
    """Return the English names of all countries and inhabited territories (CLDR, by way of Babel)."""
    territories = Locale("en").territories
    countries = (name for code, name in territories.items() if len(code) == 2 and code not in NO_COUNTRIES)
    return frozenset(FURTHER_NAMES).union(*map(_names_of, countries))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


COUNTRY_NAMES = country_names()
"""The countries' names as they are written."""
COUNTRIES = frozenset(name.casefold().replace(".", "") for name in COUNTRY_NAMES)
"""The same in lower case and without full stops, as `spelling.folded` gives words."""
CAPITALS = _names(
    "abuja,accra,addis ababa,algiers,amman,ankara,ashgabat,astana,athens,baghdad,baku,bamako,bangkok,"
    "beijing,beirut,belgrade,berlin,bern,bishkek,bogota,bogotá,brasilia,brasília,bratislava,brussels,"
    "bucharest,budapest,buenos aires,cairo,canberra,caracas,chisinau,colombo,conakry,copenhagen,dakar,"
    "damascus,delhi,dhaka,doha,dublin,dushanbe,freetown,gaborone,guatemala city,hanoi,harare,havana,"
    "helsinki,islamabad,jakarta,jerusalem,juba,kabul,kampala,kathmandu,khartoum,kiev,kigali,kingston,"
    "kinshasa,kuala lumpur,kuwait city,kyiv,la paz,libreville,lilongwe,lima,lisbon,ljubljana,lomé,london,"
    "luanda,lusaka,madrid,managua,manila,maputo,mexico city,minsk,mogadishu,monrovia,montevideo,moscow,"
    "muscat,nairobi,new delhi,niamey,nicosia,oslo,ottawa,ouagadougou,panama city,paris,phnom penh,"
    "podgorica,port-au-prince,prague,pretoria,pristina,pyongyang,quito,rabat,reykjavik,riga,riyadh,rome,"
    "san salvador,sanaa,santiago,sarajevo,seoul,singapore,skopje,sofia,stockholm,suva,taipei,tallinn,"
    "tashkent,tbilisi,tegucigalpa,tehran,tokyo,tripoli,tunis,ulaanbaatar,vienna,vientiane,vilnius,warsaw,"
    "washington,windhoek,yangon,yaounde,yaoundé,yerevan,zagreb"
)
"""Cities that stand for the governments in them."""


def _paired(text: str) -> dict[str, str]:
    pairs = (line.split(":") for line in text.split(";"))
    return {seat: country.strip() for seats, country in pairs for seat in seats.strip().split(",")}


SEATS = _paired(
    "moscow:Russia;beijing:China;washington:United States;london:United Kingdom;paris:France;berlin:Germany;"
    "rome:Italy;madrid:Spain;lisbon:Portugal;brussels:European Union;vienna:Austria;bern:Switzerland;"
    "warsaw:Poland;budapest:Hungary;prague:Czech Republic;bratislava:Slovakia;bucharest:Romania;sofia:Bulgaria;"
    "athens:Greece;ankara:Turkey;kyiv,kiev:Ukraine;minsk:Belarus;chisinau:Moldova;tbilisi:Georgia;"
    "yerevan:Armenia;baku:Azerbaijan;tehran:Iran;baghdad:Iraq;damascus:Syria;amman:Jordan;beirut:Lebanon;"
    "riyadh:Saudi Arabia;doha:Qatar;cairo:Egypt;tripoli:Libya;tunis:Tunisia;algiers:Algeria;rabat:Morocco;"
    "khartoum:Sudan;juba:South Sudan;addis ababa:Ethiopia;nairobi:Kenya;kampala:Uganda;kigali:Rwanda;"
    "mogadishu:Somalia;pretoria:South Africa;abuja:Nigeria;accra:Ghana;dakar:Senegal;bamako:Mali;niamey:Niger;"
    "ouagadougou:Burkina Faso;kinshasa:Congo;harare:Zimbabwe;lusaka:Zambia;luanda:Angola;yaounde,yaoundé:Cameroon;"
    "islamabad:Pakistan;new delhi,delhi:India;dhaka:Bangladesh;kathmandu:Nepal;colombo:Sri Lanka;"
    "kabul:Afghanistan;tashkent:Uzbekistan;astana:Kazakhstan;bishkek:Kyrgyzstan;dushanbe:Tajikistan;"
    "ashgabat:Turkmenistan;ulaanbaatar:Mongolia;tokyo:Japan;seoul:South Korea;pyongyang:North Korea;"
    "hanoi:Vietnam;bangkok:Thailand;manila:Philippines;jakarta:Indonesia;kuala lumpur:Malaysia;taipei:Taiwan;"
    "canberra:Australia;wellington:New Zealand;ottawa:Canada;havana:Cuba;caracas:Venezuela;bogota,bogotá:Colombia;"
    "lima:Peru;quito:Ecuador;buenos aires:Argentina;brasilia,brasília:Brazil;stockholm:Sweden;oslo:Norway;"
    "copenhagen:Denmark;helsinki:Finland;reykjavik:Iceland;dublin:Ireland;tallinn:Estonia;riga:Latvia;"
    "vilnius:Lithuania;belgrade:Serbia;zagreb:Croatia;sarajevo:Bosnia;skopje:North Macedonia;podgorica:Montenegro;"
    "pristina:Kosovo;tirana:Albania;ljubljana:Slovenia;nicosia:Cyprus"
)
"""Cities whose names stand for the government there, and the country (or union) that it governs."""
ALSO = {
    "United States": ("us", "usa", "america"),
    "United Kingdom": ("uk", "britain", "great britain"),
    "European Union": ("eu",),
    "Turkey": ("türkiye",),
    "Czech Republic": ("czechia",),
}
"""Other names, by which an article may speak of a country."""


STATES = _paired(
    "ala,al:alabama;ak:alaska;ariz,az:arizona;ark,ar:arkansas;calif,ca:california;colo,co:colorado;"
    "conn,ct:connecticut;"
    "del,de:delaware;fla,fl:florida;ga:georgia;hi:hawaii;id:idaho;ill,il:illinois;ind,in:indiana;ia:iowa;"
    "kan,ks:kansas;ky:kentucky;la:louisiana;me:maine;md:maryland;mass,ma:massachusetts;mich,mi:michigan;"
    "minn,mn:minnesota;miss,ms:mississippi;mo:missouri;mont,mt:montana;neb,ne:nebraska;nev,nv:nevada;"
    "nh:new hampshire;nj:new jersey;nm:new mexico;ny:new york;nc:north carolina;nd:north dakota;oh:ohio;"
    "okla,ok:oklahoma;ore,or:oregon;pa:pennsylvania;ri:rhode island;sc:south carolina;sd:south dakota;"
    "tenn,tn:tennessee;tex,tx:texas;ut:utah;vt:vermont;va:virginia;wash,wa:washington;wva,wv:west virginia;"
    "wis,wi:wisconsin;wyo,wy:wyoming"
)
"""The states of the US by what is written for them behind the names of those who sit for them: "R-S.C."."""
