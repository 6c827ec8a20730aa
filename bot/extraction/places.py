"""Countries and capitals by name, in lower case and without full stops."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


COUNTRIES = _names(
    "afghanistan,albania,algeria,america,angola,argentina,armenia,australia,austria,azerbaijan,bahrain,"
    "bangladesh,belarus,belgium,benin,bolivia,bosnia,botswana,brazil,britain,bulgaria,burkina faso,"
    "burundi,cambodia,cameroon,canada,chad,chile,china,colombia,congo,costa rica,croatia,cuba,cyprus,"
    "czech republic,denmark,ecuador,egypt,el salvador,england,eritrea,estonia,ethiopia,finland,france,"
    "gabon,gambia,georgia,germany,ghana,greece,guatemala,guinea,haiti,honduras,hungary,iceland,india,"
    "indonesia,iran,iraq,ireland,israel,italy,ivory coast,jamaica,japan,jordan,kazakhstan,kenya,kosovo,"
    "kuwait,kyrgyzstan,laos,latvia,lebanon,liberia,libya,lithuania,luxembourg,madagascar,malawi,malaysia,"
    "mali,malta,mauritania,mexico,moldova,mongolia,montenegro,morocco,mozambique,myanmar,namibia,nepal,"
    "netherlands,new zealand,nicaragua,niger,nigeria,north korea,norway,oman,pakistan,palestine,panama,"
    "paraguay,peru,philippines,poland,portugal,qatar,romania,russia,rwanda,saudi arabia,scotland,senegal,"
    "serbia,sierra leone,singapore,slovakia,slovenia,somalia,south africa,south korea,south sudan,spain,"
    "sri lanka,sudan,sweden,switzerland,syria,taiwan,tajikistan,tanzania,thailand,togo,tunisia,turkey,"
    "uae,uganda,uk,ukraine,united arab emirates,united kingdom,united states,uruguay,us,usa,uzbekistan,"
    "venezuela,vietnam,wales,yemen,zambia,zimbabwe"
)
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
