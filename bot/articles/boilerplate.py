"""Paragraphs within an article that do not belong to it, recognised by their words: teasers, credits, appeals,
notes.

Pure. Only short paragraphs are judged, and none that quotes somebody: a report about cookies or newsletters is not
a cookie banner. This is for pages in English; parts of other pages are recognised by their regions.
"""

import re

from bot.articles.paragraphs import QUOTED

LONGEST = 80
"""The most words of a paragraph that may be boilerplate."""
_LONGEST_CHARACTERS = 800
_FEW = 30
"""The most words of a labelled teaser, of a credit or copyright line, and of an appeal in words that news also
uses.
"""
_LONGEST_APPEAL = 45
"""The most words of an appeal in words that news does not use."""
LONGEST_BIOGRAPHY = 120
"""The most words of a paragraph about the author by name."""
_BIOGRAPHY_SAYS_IT = 200
"""The characters of such a paragraph that say that somebody writes."""
_LINKED = 0.25
"""The share of a teaser's text in links that is required if its label is not certain."""

_TEASER = re.compile(
    r"\W{0,3}(?:(?:also\s+)?read(?:\s+(?:also|more|next|now|here|this))?|see\s+also|watch(?:\s+(?:also|more|now|live))?"
    r"|(?:in\s+)?related(?:\s+(?:news|story|stories|article|articles|coverage|content|video|reading|posts?|topics?))?"
    r"|more(?:\s+(?:on|from|in)\s+[^:|]{1,40}|\s+stories|\s+news|\s+coverage)?|recommended(?:\s+\w+){0,2}"
    r"|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|don['’]t\s+miss|must[- ]reads?"
    r"|(?:now\s+)?trending(?:\s+now)?|up\s+next|further\s+reading|top\s+stories|read\s+in\s+\w+|also\s+(?:on|in)\s+\w+)"
    r"\s*(?:[:|»›>–—]|\s-\s)",
    re.IGNORECASE,
)
_WEAK_TEASER = re.compile(
    r"\W{0,3}(?:(?:opinion|analysis|explained|explainer|video|videos|photos|pictures|gallery|listen|podcast|live|exclusive"
    r"|in\s+pictures|in\s+photos|fact\s+check|interactive|subscribe|download|click\s+here)\s*[:|»›>–—]"
    r"|(?:read|click\s+here|watch|listen)\s+"
    r"(?:more|the\s+full|all|also|our|here|to|this|it)\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W{0,3}(?:file\s+)?(?:photo|image|picture|pic|photograph|photography|illustration|graphic|video|caption|cover)s?"
    r"(?:\s+(?:by|credits?|courtesy(?:\s+of)?|source|caption|from))?\s*[:|/©]|\W{0,3}(?:credits?|source)\s*[:|]"
    r"|\(?(?:photo|image|picture|photograph|illustration)s?\s+(?:by|courtesy|via)\b|(?:image|photo)\s+(?:caption|source)\b"
    r"|photograph:|hide caption$|toggle caption$",
    re.IGNORECASE,
)
_AGENCIES = (
    r"(?:getty(?:\s+images)?|afp|reuters|ap(?:\s+photo)?|associated\s+press|shutterstock|istock(?:photo)?|alamy|epa(?:-efe)?"
    r"|pa(?:\s+(?:wire|media|images))?|wikimedia(?:\s+commons)?|unsplash|xinhua|anadolu(?:\s+\w+)?|bloomberg|zuma\w*"
    r"|sipa(?:\s+\w+)?|nurphoto|pexels|adobe\s+stock|flickr|dpa|tass|imago)"
)
_BRACKETED = re.compile(
    r"\[\s*(?:also\s+read|read\s+(?:also|next|more|our)|see\s+(?:also|our)|related)\b[^\[\]]*\]$", re.IGNORECASE
)
"""A teaser that is set apart by brackets alone."""
_TAKEN_BY = re.compile(
    r"[.!?)|]\s*\(?(?:[Pp]hoto|[Ii]mage|[Pp]icture|[Pp]hotograph|[Ii]llustration)s?\s*(?:by|[Cc]redits?|courtesy(?:\s+of)?|[Ss]ources?)"
    r"\s?:?\s+['’‘\"“]?[A-Z][^.!?]{0,50}[.)'’\"”]{0,3}$"
)
"""The end of a caption that names who took the picture."""
_AGENCY = re.compile(
    rf"(?:[/|©(\[]|\bvia\s)\s*(?:[\w.’'-]+[\s/,]+){{0,5}}{_AGENCIES}(?:[/\s|,]+{_AGENCIES})?\s*[)\]]?\.?$",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:^|[.!?:]\W+|\bplease\s|\bto\s)sign\s+up\s+(?:here\s+)?(?:for|to)\s+(?:our|the|get|receive|\w+['’]s)\b|\bsign\s+up\s+(?:here|now|today|below)\b"
    r"|\bsign(?:ing)?\s+up\s+(?:for|to)\s+our\b"
    r"|\bsubscribe\s+(?:here|now|today|below|(?:to|for)\s+(?:our|my|more|\w+['’]s))"
    r"|\b(?:delivered|sent|straight|direct|directly)\s+(?:\w+\s+){0,2}to\s+your\s+(?:e-?mail\s+)?inbox\b|\bin\s+your\s+(?:e-?mail\s+)?inbox\b"
    r"|\bour\s+(?:free\s+|daily\s+|weekly\s+)*newsletters?\b"
    r"|^\W*(?:join|get|follow|try)\s(?:[^.?!]{0,60}\s)?(?:whatsapp|telegram|newsletters?|inbox)\b"
    r"|\bby\s+(?:signing\s+up|subscribing|clicking|submitting|entering|providing|registering)\b.{0,120}\b(?:agree|terms|privacy)"
    r"|\b(?:earn|receive|get)\s+(?:a|an\s+affiliate)\s+(?:small\s+)?commission|\bprotected\s+by\s+recaptcha|\byou\s+can\s+unsubscribe\b"
    r"|\b(?:texted|delivered|sent)\s+(?:\w+\s+){0,2}to\s+your\s+phone\b|^(?:\W|please\s|thank\s+you\W+)*check\s+your\s+inbox\b"
    r"|\bfill(?:ing)?\s+(?:out|in)\s+(?:the|our|this)\s+form\s+below\b|\bbecome\s+(?:a\s+(?:patron|patreon)|an?\s+\w+\s+on\s+patreon)\b"
    r"|\bdownload\s+(?:our|the)\s.{0,40}\bapps?\b|\bpreferred\s+source\s+on\s+google",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\W{0,3}by\s+(?:signing\s+up|subscribing|registering|submitting)\b.{0,40}\byou\s+(?:agree|accept|consent|confirm|acknowledge)\b",
    re.IGNORECASE,
)
"""Conditions of a box that asks for an address or a number."""
_SHORT_APPEAL = re.compile(
    r"^\W{0,3}(?:thanks|thank\s+you)\s+for\s+(?:signing\s+up|subscribing|registering)\b|^\W{0,3}be\s+the\s+first\s+to\s+know\W*$|"
    r"\bfollow\s+(?:us|our|me|@\S+|him|her|them|\S+(?:\s\S+){0,3})\s+on\s+(?:twitter|x|facebook|instagram|threads|bluesky|tiktok|linkedin)\b"
    r"|\b(?:like|find|join)\s+(?:us|our\s+page)\s+on\s+\w+|\bjoin\s+(?:our|the\s+(?:conversation|discussion)|\w+['’]s\s+whatsapp)"
    r"|\b(?:whatsapp|telegram)\s+channel\b|\bsubscribe\s+to\s+(?:get|receive)\b|\b(?:funded|supported|paid\s+for|made\s+possible)\s+by\s+(?:our\s+|(?:readers|members)\s+like\s+)?(?:readers|members|subscribers|you)\b|\bbecome\s+a\s+(?:member|subscriber|supporter|patron)\b|\badd\s+\S+(?:\s\S+){0,3}\s+as\s+a\s+preferred"
    r"|\bsupport\s+(?:our|independent|quality)\s+(?:\w+\s+)?(?:journalism|reporting|work|newsroom|mission)|\baffiliate\s+(?:links?|partners?|commission)"
    r"|\b(?:have|got)\s+a\s+(?:news\s+|confidential\s+)?(?:tip|story)\b.{0,60}\?|\bdo\s+you\s+have\s+a\s+(?:tip|story|view|question)"
    r"|\bnot\s+responsible\s+for\s+the\s+(?:opinions|content|views)|\bviews\s+expressed\s+(?:in\s+this|here|are\s+those\s+of)\b"
    r"|\b(?:submit|send)\s+(?:us\s+)?your\s+(?:letter|story|stories|tips?|comments?|photos?)\b"
    r"|^for\s+(?:more|the\s+latest|all\s+the\s+latest)\s+(?:on\s+)?(?:\w+\s+){0,3}(?:news|stories|updates|sport|coverage)\b"
    r"|\benter\s+your\s+e-?mail|\bcreate\s+(?:a\s+|your\s+)?(?:free\s+)?account\b|\bturn\s+on\s+(?:desktop\s+)?notifications",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:we|this\s+(?:site|website|page|article|content)|our\s+(?:site|website|partners)|by\s+continuing)\b.{0,80}\bcookies\b"
    r"|^(?:\W{0,3}|.{0,40}\b(?:you|your|click|please)\b.{0,30})(?:accept|reject|allow|manage)\s+(?:all\s+)?cookies\b|\b(?:our|your|the)\s+cookie\s+(?:policy|settings|preferences)\b"
    r"|\bto\s+(?:view|display|show|see|load)\s+this\s+(?:content|video|post|tweet|embed)\b"
    r"|\bthis\s+(?:content|video|article\s+contains\s+content)\b.{0,60}\b(?:provided|hosted|blocked|available|loaded)\b"
    r"|\bplease\s+(?:enable|turn\s+on|activate)\s+java\s?script",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W{0,3}(?:corrections?|clarifications?|corrections?\s+(?:and|&)\s+clarifications?)\b[^:.]{0,60}[:.—–]"
    r"|\b(?:an?|the)\s+(?:earlier|previous|original|initial)\s+version\s+of\s+(?:this|the)\s+(?:article|story|post|report|headline|piece|page)"
    r"|\bthis\s+(?:article|story|post|page|headline|report|piece|caption)(?:\s+\w+){0,3}\s+(?:was|has(?:\s+not)?\s+been|is)\s+(?:\w+ly\s+|first\s+|last\s+)?"
    r"(?:updated|amended|corrected|edited|changed|revised|modified|written\s+by|published|republished|produced|adapted|translated|syndicated)\b"
    r"|^this\s+is\s+a\s+(?:developing|breaking)\s+(?:news\s+)?story\b.{0,60}|^more\s+to\s+(?:come|follow)\W*$"
    r"|^report\s+(?:a\s+|an\s+)?(?:typos?|errors?|corrections?|mistakes?)\b.{0,80}|^(?:spotted|see|found|notice)\s+(?:a|an)\s+(?:typo|error|mistake)\b"
    r"|\bwe\s+(?:regret|apologi[sz]e\s+for)\s+the\s+(?:error|mistake)|^\W{0,3}editor['’]?s?['’]?\s+note\b.{0,200}\bth(?:is|e)\s+"
    r"(?:story|article|post|version|report|piece)"
    r"|^\W{0,3}editor['’]?s?['’]?\s+note\W{1,3}we(?:\s+have|['’]ve)?\s+(?:updated|corrected|amended|changed|revised)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\W{0,2}(?:©|copyright\s*(?:©|\(c\)|\d{4}))|\ball\s+rights\s+reserved\b|\bmay\s+not\s+be\s+(?:published|reproduced|republished)\b",
    re.IGNORECASE,
)
_INTERFACE = re.compile(
    r"\W*(?:(?:advertisements?|advert|ad)(?:\W+(?:scroll|story|article|content|continue)\b.{0,40})?|sponsored(?:\s+content)?|promoted|loading\W*|share(?:\s+(?:this|on|via)\b.{0,40})?|print"
    r"|copy\s+link|link\s+copied.{0,20}|save|comments?(?:\s*\(?\d+\)?)?|\d+\s+comments?|reply|report|like|tweet|e-?mail"
    r"|(?:story|article|scroll|content)\s+(?:continues|to\s+continue)\b.{0,40}|continue\s+reading\b.{0,40}|skip\s+(?:to|past)\b.{0,40}"
    r"|\d+\s*min(?:ute)?s?(?:\s+read)?|play(?:ing)?(?:\s+video)?|now\s+playing|view\s+(?:more|gallery|image).{0,20}|show\s+(?:more|less)"
    r"|close|open\s+in\s+app|listen\s+to\s+(?:this\s+)?(?:article|story).{0,40}|read\s+more|see\s+more|tap\s+to\s+.{0,30}"
    r"|(?:first\s+)?(?:published|updated|last\s+(?:updated|modified)|posted)\b(?=.{0,40}\d).{0,60}|enlarge(?:\s+(?:this\s+)?image)?"
    r"|getty(?:\s+images)?|reuters|afp|ap\s+photo|file(?:\s+photo)?|\d{1,2}:\d\d(?:\s*/\s*\d{1,2}:\d\d)?)\W*$",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"\((?:[A-Z][\w.’'-]*[\s-]){1,4}?(?:[A-Z][\w.’'-]*)?/\s?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){1,3}\)\.?$"
)
"""The end of a caption: "(Valley Wire/Ann Lee)"."""
_STAFF = (
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|producer|fellow|professor|lecturer|novelist"
    r"|freelance\w*|author|staff|researcher|photographer|blogger|critic|presenter|analyst|intern|researchers?)"
)
_BIOGRAPHY = re.compile(
    rf"\b(?:is|was|has\s+been)\s+(?:an?|the|our|\S+['’]s)\s+(?:[\w,'’&-]+\s+){{0,8}}{_STAFF}\b|\b(?:covers|writes\s+(?:about|for|on)|reports\s+on)\b"
    r"|\b(?:his|her|their)\s+(?:work|writing|reporting)\s+(?:has\s+)?appear",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"[(\[*\s]{0,3}(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[A-Z][\w'’-]*\.?(?:\s+[A-Z]\.)?\s+(?P<surname>[A-Z][\w'’-]+),?\s+(?:is|was|has\s+been|covers|writes)\s"
)
_NAMED_FIRST = re.compile(
    r"\W{0,3}(?:about\s+the\s+author\W{1,3})?(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’.-]*){0,3}),?\s+(?:is|was|has\s+been|covers|writes)\s",
)
_WHO_IS = re.compile(
    r"\b(?:is|was|has\s+been)\s+(?:an?|the|our|currently|based)\b|\b(?:lives|works|writes|covers|founded|(?:started|joined)\s+[A-Z][\w\s]{1,40}\s+in\s+\d{4})\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\W{0,3}(?:(?:additional\s+)?(?:reporting|writing|editing|photography|graphics|research)\s+(?:by|contributed)\b"
    r"|(?:written|edited|compiled|produced|translated)\s+by\b|with\s+(?:inputs?|files|additional\s+reporting|reporting|agency\s+inputs?)\s"
    r"(?:from|by)\b|(?:contact|reach|email|e-mail|follow)\s+(?:\S+\s+){0,5}?(?:at|on)\b.{0,60}(?:@|\.com|twitter|instagram))"
    r"|\b(?:contributed|contributing)\s+(?:to\s+this|reporting)\b|\bcan\s+be\s+reached\s+(?:at|by|on)\b|\bwas\s+(?:first|originally)\s+published\b"
    r"|^\W{0,3}(?:reuters|ap|afp|pti|ani|ians|bloomberg|associated\s+press|press\s+association|agencies)\W{0,3}$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w{2,}|(?:^|\s)@\w{3,30}\b")
_END = re.compile(
    r"\W*(?:(?:\d+\s+|reader\s+|all\s+)?(?:comments?|replies|responses)(?:\s+\(?\d+\)?)?|leave\s+a\s+(?:reply|comment)"
    r"|join\s+the\s+(?:conversation|discussion)|post\s+a\s+comment|about\s+the\s+(?:authors?|writers?))\W*$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\W*(?:(?:\d+\s+|reader\s+|all\s+|latest\s+)?(?:comments?|replies|responses)(?:\s+\(?\d+\)?)?|leave\s+a\s+(?:reply|comment)|join\s+the\s+"
    r"(?:conversation|discussion)|post\s+a\s+comment|about\s+the\s+authors?|about\s+the\s+writers?|author\s+bio\w*|related(?:\s+[\w.]+){0,5}|more\s+"
    r"(?:stories|news|on\s+this\s+story|like\s+this|reading|articles|coverage|from\s+.{1,40}|in\s+.{1,30}|by\s+.{1,30})|also\s+in\s+(?:the\s+)?news"
    r"|you\s+(?:may|might)\s+also\s+(?:like|be\s+interested\s+in)|recommended(?:\s+(?:for\s+you|articles|stories|reading|posts|videos|content))?|most\s+(?:read|popular|viewed|shared)|popular\s+\w+|"
    r"trending(?:\s+now)?|(?:explore|discover|see|view|browse|read)\s+(?:all|more|our)(?:\s+\w+){0,2}\s+(?:articles|stories|posts|news|reads)"
    r"|(?:explore|discover)\s+more(?:\s+(?:from|on|in)\s+.{1,50})?|keep\s+reading|read\s+this\s+next|all\s+(?:reads|stories|articles|posts)\s+.{0,30}|latest(?:\s+(?:news|stories|posts|articles))?|read\s+(?:more|next|also)|what\s+to\s+read\s+next|top\s+stories|up\s+next"
    r"|(?:editors?['’]?s?['’]?|our)\s+picks?|don['’]t\s+miss|sign\s+up\s+.{0,40}|newsletters?|stay\s+(?:informed|connected|up\s+to\s+date)"
    r"|share\s+this(?:\s+\w+)?|topics?|tags|filed\s+under|recent\s+(?:posts|articles|news|stories)(?:\s+.{1,30})?|(?:next|previous)\s+(?:post|article|story)|support\s+(?:us|our\s+work)"
    r"|subscribe(?:\s+now)?|follow\s+us|contact(?:\s+us)?|disclaimer|trackbacks?"
    r"|(?:(?:stories|picked|chosen|recommended|selected|more|just|top|picks|best|news)\s+){1,4}for\s+you|stories\s+(?:chosen|recommended|selected)\b.{0,30}|(?:icymi\W+)?in\s+case\s+you\s+missed\s+it|icymi|(?:advertisement|sponsored)\s*:.{1,60}|(?:from\s+)?around\s+the\s+web"
    r"|(?:more\s+)?from\s+(?:our\s+(?:partners|network|archives?|sponsors?)|the\s+(?:web|archives?))|what\s+(?:others|people|readers)\s+are\s+reading"
    r"|(?:promoted|sponsored|paid|partner|featured|today['’]s\s+top|other)\s+(?:stories|content|posts?|articles|news)|readers\s+also\s+.{1,20}"
    r")\s*[:»›>]?\W*$",
    re.IGNORECASE,
)
_DATA = re.compile(r"\[?\s?\{\s?[\"'][\w$.@:-]{1,60}[\"']\s?:")
"""The beginning of settings for a script on the page."""


def is_boilerplate(text: str, words: int, linked: float) -> bool:
    """Return whether a paragraph of `words` words does not belong to the article; `linked` is its share in
    links."""
    if _DATA.match(text) and text.endswith(("}", "]")):
        return True
    if words > LONGEST or len(text) > _LONGEST_CHARACTERS:
        return False
    if _INTERFACE.match(text) or _NOTE.search(text) or (words <= _FEW and _is_teaser_or_credit(text, linked)):
        return True
    return not QUOTED.search(text) and bool(
        _CONSENT.search(text)
        or (words <= _LONGEST_APPEAL and _APPEAL.search(text))
        or _AGREEMENT.match(text)
        or (words <= _FEW and _SHORT_APPEAL.search(text))
    )


def _is_teaser_or_credit(text: str, linked: float) -> bool:
    return bool(
        _TEASER.match(text)
        or (linked >= _LINKED and _WEAK_TEASER.match(text))
        or _LEGAL.search(text)
        or _CREDIT.match(text)
        or _AGENCY.search(text[-120:])
        or _PICTURED.search(text[-120:])
        or _TAKEN_BY.search(text[-120:])
        or _BRACKETED.match(text)
    )


def is_tail(text: str, words: int, author: str | None) -> bool:
    """Return whether a paragraph at the end of an article by `author` is about its authors."""
    if words > LONGEST or len(text) > _LONGEST_CHARACTERS or QUOTED.search(text):
        return False
    if _SIGNATURE.search(text):
        return True
    names = re.findall(r"[^\W\d_]{3,}", author or "")[:6]
    if any(name in text[:60] for name in names) and _WHO_IS.search(text[:160]):
        return True
    named = any(name in text for name in names) or _MAIL.search(text) is not None
    return named and _BIOGRAPHY.search(text) is not None


def is_biography(text: str, words: int, author: str | None) -> bool:
    """Return whether a paragraph says who the `author` of the article is: "Ann Lee is a reporter in Leeds"."""
    if not author or words > LONGEST_BIOGRAPHY or len(text) > 2 * _LONGEST_CHARACTERS or QUOTED.search(text):
        return False
    start = _NAMED_FIRST.match(text)
    if start is None or not _BIOGRAPHY.search(text[:_BIOGRAPHY_SAYS_IT]):
        return False
    return bool(set(start["name"].split()) & set(re.findall(r"[^\W\d_][\w'’-]{2,}", author)[:8]))


def introduced(text: str) -> str | None:
    """Return the surname of the person whom a paragraph introduces as a writer, such as a guest."""
    found = (
        _INTRODUCTION.match(text[:120]) if len(text) <= _LONGEST_CHARACTERS and not QUOTED.search(text) else None
    )
    return found["surname"] if found and _BIOGRAPHY.search(text) else None


def ends_article(heading: str) -> bool:
    """Return whether a heading certainly opens something else: comments, or a note on the author."""
    return len(heading) <= 80 and _END.match(heading) is not None


def opens_other_section(heading: str) -> bool:
    """Return whether the text below a heading is no longer the article: comments, other stories, its authors."""
    return len(heading) <= 80 and _SECTION.match(heading) is not None
