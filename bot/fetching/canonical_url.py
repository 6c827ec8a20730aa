"""The canonical address of an article: one article, one address, however it was linked to."""

import re
from urllib.parse import unquote, urlunsplit

from bot.fetching.urls import parts_of

_TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "ns_",
    "mc_",
    "pk_",
    "mtm_",
    "hsa_",
    "_hs",
    "vero_",
    "wt.",
    "amp_gsa",
    "amp_js",
    "ga_",
    "oly_",
    "piwik_",
)
_TRACKING = frozenset(
    [
        "__s",
        "__twitter_impression",
        "_ga",
        "_gl",
        "cmp",
        "cmpid",
        "dclid",
        "ceid",
        "echobox",
        "ef_id",
        "embedded-checkout",
        "fb_action_ids",
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "fbclid",
        "feature_source",
        "ftag",
        "gaa_at",
        "gbraid",
        "gclid",
        "gclsrc",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "icid",
        "igsh",
        "igshid",
        "intcid",
        "intcmp",
        "itid",
        "leadsource",
        "mbid",
        "mkt_tok",
        "msclkid",
        "ncid",
        "ocid",
        "partner",
        "referrer",
        "rss",
        "s_cid",
        "smid",
        "smtyp",
        "soc_src",
        "soc_trk",
        "spm",
        "srnd",
        "sref",
        "taid",
        "trk",
        "twclid",
        "usqp",
        "wbraid",
        "wprov",
        "xtor",
        "yclid",
    ]
)
_YES = frozenset({"", "1", "true", "yes"})
_VARIANTS = {
    "amp": _YES | {"amp"},
    "isamp": _YES,
    "output": frozenset({"amp"}),
    "outputtype": frozenset({"amp"}),
    "print": _YES | {"print"},
    "printable": _YES,
    "printerfriendly": _YES,
    "view": frozenset({"amp", "print"}),
}
"""Parameters that ask for another version of the same article, and the values that do."""
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp|/print/?)+$|(?:\.amp)+(?=\.html?$)", re.IGNORECASE)
_GOOGLE_CACHE = re.compile(r"^/amp/(s/)?([^/]+\.[^/]+/.*)$")
_AMP_CACHE = re.compile(r"^/(?:c|v|wp)/(s/)?([^/]+\.[^/]+/.*)$")
"""The AMP cache at cdn.ampproject.org: kind of document, `s` for https, then the address without its scheme."""
_VARIANT_HOST = re.compile(r"^(?:(?:www|m|mobile|amp|touch|wap)\.)+(?=[^.]+\.)")
LONGEST_URL = 4096
"""The longest address that is made canonical, in characters; longer ones are not fetched either."""
_SLUG = re.compile(r"\d|-")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return `url` without parts that do not distinguish articles, or unchanged if it cannot be read.

    Tracking parameters, the fragment, default ports, and marks of AMP and print versions are removed; scheme and
    host become lower case. An address in an AMP cache becomes the original address. Hosts are never changed
    otherwise: only the page itself can say that `m.` and `www.` are one site (`same_site`).
    """
    if len(url) > LONGEST_URL:
        return url
    while cached := _cached(url):
        url = cached
    parts = parts_of(url.strip())
    if parts is None or not (host := parts.host.rstrip(".")):
        return url
    scheme, port = parts.scheme, parts.port
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS.get(scheme):
        netloc = f"{netloc}:{port}"
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))


def _cached(url: str) -> str | None:
    """Return the address of the article that an AMP cache holds at `url`; None where this is no such cache."""
    parts = parts_of(url.strip())
    if parts is None:
        return None
    host = parts.host.rstrip(".")
    pattern = _AMP_CACHE if host == "cdn.ampproject.org" or host.endswith(".cdn.ampproject.org") else None
    if host in ("www.google.com", "google.com"):
        pattern = _GOOGLE_CACHE
    found = pattern.match(parts.path) if pattern else None
    if not found:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"http{'s' if found.group(1) else ''}://{found.group(2)}{query}"


def _path(path: str) -> str:
    # Only below something that looks like an article: /amp may as well be a section of the site.
    while (shorter := _AMP_PATH.sub("", path)) != path and is_slug(shorter.rpartition("/")[2]):
        path = shorter
    return path or "/"


def is_slug(segment: str) -> bool:
    """Return whether the last part of a path looks like an article's, rather than a section's."""
    return _SLUG.search(segment) is not None


def _query(query: str) -> str:
    if not query:
        return ""
    kept = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        name, value = unquote(name).lower(), unquote(value).lower()
        tracks = name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
        if part and not tracks and value not in _VARIANTS.get(name, ()):
            kept.append(part)
    return "&".join(kept)


def host_of(url: str) -> str:
    """Return the host of `url` as a name for an outlet: without `www.`."""
    parts = parts_of(url)
    return parts.host.removeprefix("www.") if parts else ""


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses are of the same site, mobile and AMP hosts counted in.

    A page may name its own canonical address, but not claim to be the article of another outlet.
    """
    first, second = (_VARIANT_HOST.sub("", host_of(url)) for url in (one, other))
    return bool(first) and first == second
