"""The canonical address of an article: one article, one address, however it was linked to."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

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
        "wbraid",
        "wprov",
        "xtor",
        "yclid",
    ]
)
_AMP_PARAMETERS = frozenset({"amp", "outputtype", "print", "printable"})
_AMP_VALUES = frozenset({"", "1", "true", "amp", "yes"})
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp|/print/?)+$|(?:\.amp)+(?=\.html?$)", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/amp/(s/)?([^/]+\.[^/]+/.*)$")
_SLUG = re.compile(r"\d|-")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return `url` without what does not tell articles apart, or as it is where it cannot be read.

    Off go tracking parameters, the fragment, default ports, and marks of AMP and print versions; scheme and host
    come in lower case.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if not host:
        return url
    path = parts.path
    if host in ("www.google.com", "google.com") and (cached := _AMP_CACHE.match(path)):
        return canonical_url(f"http{'s' if cached.group(1) else ''}://{cached.group(2)}")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS.get(scheme):
        netloc = f"{netloc}:{port}"
    return urlunsplit((scheme, netloc, _path(path), _query(parts.query), ""))


def _path(path: str) -> str:
    shorter = _AMP_PATH.sub("", path)
    # Only below something that looks like an article: /amp may as well be a section of the site.
    if shorter != path and _SLUG.search(shorter.rpartition("/")[2]):
        path = shorter
    return path or "/"


def _query(query: str) -> str:
    if not query:
        return ""
    kept = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        name, value = unquote(name).lower(), unquote(value).lower()
        tracks = name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
        if part and not tracks and not (name in _AMP_PARAMETERS and value in _AMP_VALUES):
            kept.append(part)
    return "&".join(kept)


def host_of(url: str) -> str:
    """Return the host of `url` as a name for an outlet: without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of the same site, mobile and AMP hosts counted in.

    A page may name its own canonical address, but not claim to be the article of another outlet.
    """
    first, second = (re.sub(r"^(?:m|amp|mobile)\.", "", host_of(url)) for url in (one, other))
    return bool(first) and first == second
