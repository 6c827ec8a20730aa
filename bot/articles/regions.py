"""Which parts of a page are not its article, judged by element, role, and the words in class and id. Pure.

A region is a suspicion, not a verdict: `bot.articles.believed_regions` ignores it if it covers most of the page's
prose, because templates name things carelessly (`<body class="has-comments">`, a whole page inside a `<form>`).
"""

import re
from enum import StrEnum
from typing import Any


class Region(StrEnum):
    """What a part of a page holds instead of the article."""

    NONE = ""
    COMMENTS = "comments"
    RELATED = "related"
    CARDS = "cards"
    NEWSLETTER = "newsletter"
    AUTHOR = "author"
    BYLINE = "byline"
    CAPTION = "caption"
    SOCIAL = "social"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    SIDEBAR = "sidebar"
    ADVERT = "advert"
    CONSENT = "consent"
    DIALOG = "dialog"
    HIDDEN = "hidden"
    MEDIA = "media"
    NOTICE = "notice"
    FORM = "form"
    CODE = "code"


_BESIDE = frozenset(
    [
        Region.NAVIGATION,
        Region.CAPTION,
        Region.BYLINE,
        Region.AUTHOR,
        Region.SOCIAL,
        Region.CONSENT,
        Region.DIALOG,
        Region.FORM,
        Region.COMMENTS,
        Region.NEWSLETTER,
        Region.CODE,
        Region.FOOTER,
        Region.HIDDEN,
        Region.MEDIA,
        Region.SIDEBAR,
        Region.ADVERT,
        Region.NOTICE,
    ]
)


def is_beside(region: Region) -> bool:
    """Return whether such a region may stand between the title of a page and its article."""
    return region in _BESIDE


_BY_TAG = {
    "nav": Region.NAVIGATION,
    "menu": Region.NAVIGATION,
    "footer": Region.FOOTER,
    "figcaption": Region.CAPTION,
    "figure": Region.MEDIA,
    "aside": Region.SIDEBAR,
    "form": Region.FORM,
    "button": Region.FORM,
    "select": Region.FORM,
    "label": Region.FORM,
    "dialog": Region.DIALOG,
    "template": Region.HIDDEN,
}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ATTRIBUTING = frozenset(["figure", "figcaption", "footer"])
_BY_ROLE = {
    "navigation": Region.NAVIGATION,
    "search": Region.NAVIGATION,
    "contentinfo": Region.FOOTER,
    "complementary": Region.SIDEBAR,
    "banner": Region.NAVIGATION,
    "dialog": Region.DIALOG,
    "alertdialog": Region.DIALOG,
}
_WORDS = {
    Region.COMMENTS: (
        r"comments?|comment-?list|commentlist|disqus\w*|livefyre|respond|spotim|viafoura|hyvor\w*"
        r"|(?:reader|user|post|article)-?comments|replies|discussion"
    ),
    Region.RELATED: (
        r"related\w*|republi(?:sh|cat)\w*|cc-(?:policy|licen[cs]e)|recommend\w*|recirc\w*|read-?(?:more|next|also)|also-?read|see-?also|teasers?|promo\w*|up-?next"
        r"|more-?(?:stories|news|from|on|articles|posts|reading|like|coverage|in)|further-?reading|dont-?miss"
        r"|(?:next|prev|previous)-?(?:article|post|story)|trending|popular\w*|suggest(?:ed|ions)"
        r"|most-?(?:read|viewed|popular|shared|recent)|outbrain|taboola|zergnet|yarpp\w*|jp-relatedposts"
        r"|inline-?(?:promo|link|article)s?|latest-?(?:news|stories|posts)|top-?stories|infinite-?scroll"
    ),
    Region.NEWSLETTER: (
        r"newsletter\w*|sign-?up\w*|subscri(?:be|ption|bers?)\w*|mailchimp\w*|mc4wp\w*|opt-?in\w*"
        r"|email-?(?:capture|form|alerts?)"
    ),
    Region.AUTHOR: (
        r"author(?:s|-?(?:bio|box|info|card|meta|profile|about|details?|description|container))?"
        r"|about-?(?:the-?)?author|bio|biography|contributors?|profile-?card"
    ),
    Region.BYLINE: (
        r"by-?lines?\w*|(?:post|entry|article)-?meta|meta-?data|timestamp|date-?time|posted-?on|entry-?utility"
        r"|reading-?time|published"
    ),
    Region.CAPTION: r"captions?|credits?|wp-caption-text|(?:photo|image)-?credit|copyright",
    Region.SOCIAL: r"social\w*|shar(?:e|ing)\w*|addthis\w*|addtoany\w*|follow-?us",
    Region.NAVIGATION: (
        r"bread-?crumbs?|nav|navbar|navigations?|menu|masthead|pagination|pager|skip-?link|post-?nav(?:igation)?|toc"
        r"|tables?-?of-?contents?|site-?(?:header|footer)|tags?|tag-?list|post-?tags|taglist|topics|categories|cat-?links"
    ),
    Region.FOOTER: r"footer|disclaimer",
    Region.SIDEBAR: r"side-?bar\w*|rail|secondary|widget-?area|widgets",
    Region.ADVERT: (
        r"adverts?\w*|advertisement|ads?|ad-?slot|adsbygoogle|sponsor(?:ed)?\w*|dfp|gpt-ad|donat(?:e|ion)\w*"
        r"|membership|affiliate\w*|cta|call-?to-?action"
    ),
    Region.CONSENT: r"cookies?\w*|consent\w*|gdpr\w*|dsgvo\w*|onetrust\w*|ccpa",
    Region.DIALOG: (
        r"popup\w*|modal|overlay|lightbox|log-?in\w*|sign-?in\w*|register|registration|regwall|paywall\w*|gate"
    ),
    Region.HIDDEN: (
        r"hidden|visually-?hidden|sr-only|screen-?reader-?text|no-?print|print-only|d-none|is-hidden|a11y"
    ),
    Region.MEDIA: (
        r"gallery\w*|carousel\w*|slideshow\w*|slider|video-?player|player|playlist\w*|swiper\w*|flickity\w*"
    ),
    Region.NOTICE: r"poll|quiz|survey|feedback|rating\w*|correction\w*|editors?-?note|toolbar|tooltip",
}
_CLASS = re.compile(
    rf"(?:^|[\s_\-])(?:{'|'.join(f'(?P<{region}>{words})' for region, words in _WORDS.items())})(?=$|[\s_\-\d])",
    re.IGNORECASE,
)
_POST = re.compile(r"(?:^|\s)(?:hentry|type-\w+|post-\d+)(?=\s|$)")
_LABEL = re.compile(r"(?:^|(?<=\s))(?:tag|category|post_?tag|topic|author|section|cat|label)-\S+")
"""WordPress names each post by its labels: `post-7 type-post hentry category-news tag-polls`."""
_STATE = re.compile(
    r"(?:^|(?<=\s))(?:\S*(?:overflow(?:-[xy])?|backface|label)-+(?:visually_?)?hidden|\S*node-+(?:un)?(?:promoted|sticky)"
    r"|\S*\[\S*|(?:\S{1,30}:)?(?:border|bg|text|ring|outline|divide|fill|stroke|shadow|accent|decoration|from|via|to)-\S+"
    r"|(?:no|has|with|without)[-_]\S+|\S*-(?:false|off|none|disabled)"
    r"|hidden-(?:xs|sm|md|lg|xl|print|phone|mobile|tablet|desktop)(?:-(?:up|down))?"
    r"|(?:hidden|d-none)(?=(?:\s+\S+){0,20}\s+(?:d-)?(?:sm|md|lg|xl|2xl)[-:](?:block|flex|grid|inline\S*|table|contents)))(?=\s|$)"
)
"""Words for how an element is drawn (Tailwind), what it lacks, or that a node is on the front page (Drupal),
rather than for its contents.
"""
_SLUG = re.compile(r"(?:[^-_]+[-_]+){4}")
"""An id of five words is derived from the heading below it, as a link target, and is not a name."""
_UNFOLDING = re.compile(
    r"(?:^|[\s_\-])(?:accordion|collaps(?:e|ed|ible|ing)|expand(?:ed|able)?|truncated?|unfold\w*|spoiler|faq|answer"
    r"|(?:read|show|view|see|load)-?more|more-?(?:text|content|body|article)|(?:full|rest|remaining|whole)-?(?:of-?)?"
    r"(?:the-?)?(?:text|story|article|content|post|body))(?=$|[\s_\-\d])",
    re.IGNORECASE,
)
_DIALOG = re.compile(r"modal|dialog|popup|banner|menu|nav|search|login|comment|cookie|consent", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_NAME = 300
"""How many characters of class and id are checked; utility classes make them long."""
_WHOLE_PAGE = frozenset(["html", "body", "main"])


def region_of(element: Any, tag: str, known: dict[str, Region]) -> Region:
    """Return what `element` is suspected to hold. `known` caches the answers for names seen before on the page."""
    region = _BY_TAG.get(tag, Region.NONE)
    if tag in _WHOLE_PAGE:
        return Region.NONE
    if region:
        return Region.NONE if tag in _ATTRIBUTING and _is_quotation(element, tag) else region
    if tag == "pre" and element.find("code") is not None:
        return Region.CODE
    if _is_hidden(element):
        return Region.NONE if _unfolds(element) else Region.HIDDEN
    if "Comment" in (element.get("itemtype") or "") or element.get("itemprop") == "comment":
        return Region.COMMENTS
    return _BY_ROLE.get(element.get("role") or "") or _by_name(element, known)


def is_inline_caption(element: Any, known: dict[str, Region]) -> bool:
    """Return whether an inline element is named as a caption. `known` is as for `region_of`."""
    return bool(element.get("class")) and _by_name(element, known) is Region.CAPTION


def _is_quotation(element: Any, tag: str) -> bool:
    """Return whether a figure holds a table, or a quotation without a picture, or names the source of one (HTML,
    4.4.4).
    """
    if tag == "figure":
        if element.find(".//table") is not None:
            return True
        return element.find("blockquote") is not None and element.find(".//img") is None
    around = element.getparent()
    if around is None:
        return False
    return around.tag == "blockquote" or (around.tag == "figure" and _is_quotation(around, "figure"))


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(style and _INVISIBLE.search(style[:_LONGEST_NAME]))
    )


def _unfolds(element: Any) -> bool:
    """Return whether a hidden element appears on request: the rest of an article, an answer.

    Its own name or that of the element around it says so.
    """
    names = " ".join(
        name[:_LONGEST_NAME]
        for each in (element, element.getparent())
        if each is not None
        for name in (each.get("class"), each.get("id"))
        if name
    )
    return bool(_UNFOLDING.search(_HUMP.sub("-", names))) and not _DIALOG.search(names)


def _by_name(element: Any, known: dict[str, Region]) -> Region:
    heading = element.tag in _HEADINGS
    names = " ".join(
        name[:_LONGEST_NAME]
        for attribute in ("class", "id", "data-component", "data-testid")
        if (name := element.get(attribute)) and not (attribute == "id" and (heading or _SLUG.match(name)))
    )
    if not names:
        return Region.NONE
    region = known.get(names)
    if region is None:
        telling = _LABEL.sub("", names) if _POST.search(names) else names
        found = _CLASS.search(_HUMP.sub("-", _STATE.sub("", telling)))
        region = known[names] = Region(found.lastgroup) if found and found.lastgroup else Region.NONE
    if heading and region is Region.NAVIGATION:  # a table of contents leads to it
        return Region.NONE
    return Region.NONE if region is Region.HIDDEN and _unfolds(element) else region
