"""Words for time zones that are not in the IANA database: what people call cities, countries and regions.

The IANA database names one city per zone. Here are more cities, chosen by size and by how often people name
them, and other names of countries. Everything is compared folded (`bot.text.folding`).
"""

ABBREVIATIONS = {
    "America/New_York": "EST, EDT, ET, Eastern, Eastern Time, US Eastern",
    "America/Chicago": "CST, CDT, CT, Central Time, US Central",
    "America/Denver": "MST, MDT, MT, Mountain Time, US Mountain",
    "America/Los_Angeles": "PST, PDT, PT, Pacific, Pacific Time, US Pacific",
    "America/Anchorage": "AKST, AKDT, Alaska Time",
    "Pacific/Honolulu": "HST, Hawaii Time",
    "America/Halifax": "AST, ADT, Atlantic Time",
    "America/St_Johns": "NST, NDT, Newfoundland Time",
    "America/Sao_Paulo": "BRT",
    "America/Argentina/Buenos_Aires": "ART",
    "Europe/London": "BST, UK Time, London Time, British Time",
    "Europe/Lisbon": "WET, WEST",
    "Europe/Berlin": "CET, CEST, MEZ, MESZ, MET, Central European Time",
    "Europe/Athens": "EET, EEST, Eastern European Time",
    "Europe/Moscow": "MSK",
    "Europe/Istanbul": "TRT",
    "Africa/Lagos": "WAT",
    "Africa/Johannesburg": "SAST, CAT",
    "Africa/Nairobi": "EAT",
    "Asia/Dubai": "GST",
    "Asia/Karachi": "PKT",
    "Asia/Kolkata": "IST, Indian Standard Time",
    "Asia/Kathmandu": "NPT",
    "Asia/Bangkok": "ICT",
    "Asia/Jakarta": "WIB",
    "Asia/Singapore": "SGT",
    "Asia/Hong_Kong": "HKT",
    "Asia/Manila": "PHT",
    "Asia/Tokyo": "JST",
    "Asia/Seoul": "KST",
    "Australia/Perth": "AWST",
    "Australia/Adelaide": "ACST, ACDT",
    "Australia/Sydney": "AEST, AEDT",
    "Pacific/Auckland": "NZST, NZDT",
    "UTC": "UTC, GMT, Z, Zulu, UCT, Universal, Universal Time, Greenwich",
}
"""What an abbreviation means to most of the people who use it: EST is New York's time, in summer, too."""

PLACES = {
    "America/New_York": (
        "NYC, Boston, Washington, Washington DC, Philadelphia, Miami, Atlanta, Baltimore, Pittsburgh, Cleveland, "
        "Orlando, Tampa, Charlotte, New Jersey, Massachusetts, Pennsylvania, Virginia, North Carolina, Georgia, "
        "Ohio, Maryland, Connecticut, South Carolina, Maine, Vermont, New Hampshire, Rhode Island, Delaware"
    ),
    "America/Chicago": (
        "Houston, Dallas, Austin, San Antonio, Minneapolis, New Orleans, St Louis, Milwaukee, Memphis, Nashville, "
        "Illinois, Wisconsin, Minnesota, Iowa, Missouri, Arkansas, Louisiana, Mississippi, Alabama, Oklahoma, "
        "Texas"
    ),
    "America/Denver": "Salt Lake City, Albuquerque, Colorado, Utah, New Mexico, Wyoming, Montana",
    "America/Phoenix": "Arizona, Tucson",
    "America/Los_Angeles": (
        "LA, San Francisco, San Diego, San Jose, Seattle, Portland, Las Vegas, Sacramento, Oakland, California, "
        "Nevada"
    ),
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Toronto": "Ottawa, Montreal, Quebec, Ontario",
    "America/Winnipeg": "Manitoba",
    "America/Regina": "Saskatoon, Saskatchewan",
    "America/Edmonton": "Calgary, Alberta",
    "America/Vancouver": "British Columbia",
    "America/Halifax": "Nova Scotia",
    "America/St_Johns": "Newfoundland",
    "America/Mexico_City": "CDMX, Guadalajara, Puebla",
    "America/Sao_Paulo": "Rio, Rio de Janeiro, Brasilia, Belo Horizonte, Porto Alegre, Curitiba",
    "America/Argentina/Buenos_Aires": "Rosario",
    "America/Bogota": "Medellin, Cali",
    "America/Guayaquil": "Quito",
    "Europe/London": (
        "Manchester, Birmingham, Liverpool, Leeds, Edinburgh, Glasgow, Cardiff, Belfast, England, Scotland, "
        "Wales, Northern Ireland"
    ),
    "Europe/Dublin": "Cork",
    "Europe/Berlin": "Munich, München, Hamburg, Cologne, Köln, Frankfurt, Stuttgart, Düsseldorf, Leipzig, Dresden",
    "Europe/Vienna": "Wien, Graz, Salzburg",
    "Europe/Zurich": "Geneva, Genf, Genève, Ginebra, Genebra, Bern, Basel, Lausanne",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Nice, Bordeaux, Strasbourg",
    "Europe/Madrid": "Barcelona, Valencia, Sevilla, Seville, Bilbao",
    "Europe/Rome": "Roma, Milan, Milano, Mailand, Milán, Milão, Naples, Napoli, Turin, Venice, Florence",
    "Europe/Lisbon": "Lisboa, Porto",
    "Europe/Amsterdam": "Rotterdam, The Hague, Utrecht",
    "Europe/Brussels": "Bruxelles, Antwerp",
    "Europe/Warsaw": "Warszawa, Krakow, Gdansk",
    "Europe/Prague": "Praha, Brno",
    "Europe/Copenhagen": "København",
    "Europe/Stockholm": "Gothenburg, Göteborg",
    "Europe/Athens": "Thessaloniki",
    "Europe/Moscow": "Moscow, Moskau, St Petersburg, Saint Petersburg",
    "Europe/Kyiv": "Kiev, Lviv, Odesa, Kharkiv",
    "Europe/Istanbul": "Ankara, Izmir",
    "Asia/Jerusalem": "Tel Aviv, Haifa",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Karachi": "Lahore, Islamabad",
    "Asia/Kolkata": (
        "Calcutta, Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Madras, Hyderabad, Pune, "
        "Ahmedabad, Goa, Panaji, Jaipur, Lucknow, Kochi, Neu-Delhi, Nueva Delhi, Nova Délhi, "
        "दिल्ली, नई दिल्ली, मुंबई, कोलकाता, चेन्नई, बेंगलुरु, हैदराबाद, पुणे, जयपुर, लखनऊ"
    ),
    "Asia/Ho_Chi_Minh": "Saigon, Hanoi",
    "Asia/Shanghai": "Beijing, Peking, Pékin, Pekín, Pequim, बीजिंग, Shenzhen, Guangzhou, Chengdu, Wuhan",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Sapporo",
    "Asia/Seoul": "Busan",
    "Australia/Sydney": "Canberra, New South Wales, NSW",
    "Australia/Melbourne": "Victoria",
    "Australia/Brisbane": "Queensland, Gold Coast",
    "Australia/Adelaide": "South Australia",
    "Australia/Perth": "Western Australia",
    "Australia/Hobart": "Tasmania",
    "Pacific/Auckland": "Wellington, Christchurch",
    "Africa/Johannesburg": "Cape Town, Kapstadt, Le Cap, Ciudad del Cabo, Cidade do Cabo, Durban, Pretoria",
    "Africa/Cairo": "Alexandria",
    "Africa/Lagos": "Abuja",
    "Africa/Casablanca": "Rabat, Marrakesh",
}
"""Cities, and regions within one zone, by their zone."""

COUNTRIES = {
    "US": "USA, US, America, United States of America, Vereinigte Staaten",
    "GB": "UK, United Kingdom, Great Britain, Britain, Großbritannien",
    "DE": "Deutschland, Allemagne, Alemania",
    "AT": "Österreich",
    "CH": "Schweiz, Suisse, Svizzera",
    "FR": "Frankreich, Francia",
    "ES": "España, Spanien",
    "IT": "Italia, Italien",
    "NL": "Holland, Nederland, The Netherlands",
    "BE": "Belgien, België, Belgique",
    "PL": "Polska, Polen",
    "CZ": "Czechia, Czech Republic",
    "TR": "Türkiye",
    "GR": "Hellas",
    "KR": "South Korea, Korea",
    "KP": "North Korea",
    "AE": "UAE, United Arab Emirates, Emirates",
    "IN": "Bharat, Hindustan, Indien",
    "BR": "Brasil, Brasilien",
    "MX": "México, Mexiko",
    "CI": "Ivory Coast",
    "CD": "DRC, DR Congo",
    "MM": "Burma",
    "SZ": "Swaziland",
    "MK": "North Macedonia",
    "VA": "Holy See",
    "ZA": "RSA, Südafrika",
    "JP": "Nippon",
    "SE": "Sverige, Schweden",
    "NO": "Norge, Norwegen",
    "DK": "Danmark",
    "FI": "Suomi, Finnland",
    "IE": "Eire, Irland",
}
"""Other names of countries, by their ISO 3166 code."""

ONE_ZONE = frozenset({"ES", "PT", "CN", "CL", "EC", "NZ", "DE", "CY", "MY", "UZ", "UA", "AR", "PS"})
"""Countries with several zones where people mean the first in the IANA table, which is the most populous."""

WITHOUT_SUMMER_TIME = {
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    -570: "Pacific/Marquesas",
}
"""Zones that are always so many minutes ahead of UTC: the IANA database has fixed offsets of whole hours only."""
