"""Words on pages that do not show their article: regular expressions, all in lower case."""

APPEALS = (
    r"\bsubscribe (?:now |today )?(?:to|and) (?:continue|keep|read|unlock|access|get full)",
    r"\bto (?:continue|keep) reading\b.{0,60}\b(?:subscri|sign|log|regist|member|account|trial|plan|pay|join)",
    r"\b(?:sign|log) (?:up|in) (?:or subscribe )?to (?:continue|keep) reading",
    r"\bcontinue reading (?:with|for) (?:a|your|free|only|[$£€₹])",
    r"\bthis (?:article|story|content|post) is (?:only |exclusively )?(?:for|available to|exclusive"
    " to|reserved for) (?:our |paying |paid |premium |digital )*(?:subscribers|members)",
    r"\bto (?:read|view|see|access) (?:the )?(?:full|whole|entire|rest)\b.{0,30}\b(?:subscribe|sign|log|register)",
    r"\bsubscribers? only\b",
    r"\bsubscriber[- ](?:only|exclusive)\b",
    r"\bexclusive (?:to|for) (?:our )?subscribers\b",
    r"\byou(?:'ve|’ve| have) (?:reached|read|used)\b.{0,40}\b(?:free|complimentary"
    r"|monthly)\b.{0,20}\b(?:article|stor|limit)",
    r"\bunlock (?:this|the full|the rest of (?:this|the)) (?:article|story)",
    r"\bréservée? aux abonnés",
    r"\bil vous reste .{1,10} de cet article à lire",
    r"\b(?:exklusiv|nur) für abonnenten",
    r"\bweiterlesen mit\b",
    r"\bjetzt abonnieren\b",
    r"\b(?:exclusivo para|solo para) suscriptores",
    r"\bsuscríbete para (?:seguir|continuar)",
    r"\briservato agli abbonati",
    r"\bexclusivo para assinantes",
)
"""Appeals to subscribe to read on, anywhere in a paragraph."""

ADVERTISE = (
    r"\balready (?:a )?(?:subscriber|member|subscribed)\?",
    r"\bnot a subscriber( yet)?\?",
    r"\bstart your (?:free |\W?\d+ )?(?:\w+ )?trial\b",
)
"""Appeals to subscribe that also appear beside free articles."""

TITLES = {
    "gone": (
        r"(?:error )?404\b",
        "(?:page|article|story|content) (?:not found|no longer (?:available|exists)|unavailable)",
        "not found$",
        "page (?:doesn['’]t|does not) exist",
        "seite nicht gefunden",
        "page introuvable",
        "página no encontrada",
    ),
    "challenge": (
        "just a moment",
        "attention required",
        "access denied",
        "are you (?:a )?(?:robot|human)",
        "pardon our interruption",
        "(?:human|bot|browser) verification",
        "security check",
        "ddos-guard",
        "403 forbidden",
        "verify(?:ing)? you are human",
    ),
    "login": (r"(?:please )?(?:log|sign) ?in\b(?! the)",),
    "consent": (
        r"(?:privacy|cookie|your) (?:consent|settings|preferences|choices)\b",
        "before you continue",
        "we value your privacy",
    ),
}
"""Headings of such pages, by the kind of wall."""

PHRASES = {
    "challenge": (
        "checking (?:if the site connection is secure|your browser)",
        "verify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot)",
        "unusual (?:traffic|activity|behaviou?r) (?:from|on|in) your",
        "(?:complete|solve) the (?:captcha|security check|challenge)",
        "(?:not|aren['’]t) a robot",
        "you have been blocked",
        "don['’]t have permission to access",
        "needs to review the security of your connection",
        "ddos protection by",
        "(?:made us think you(?:'re|’re| are) a bot)",
        "ray id",
        "reference #[0-9a-f.]{6,}",
        "automated (?:access|requests|queries)",
    ),
    "gone": (
        "(?:page|article|story|link|content) (?:that )?(?:you (?:requested|are looking for|were looking"
        " for|followed|tried to reach)|you['’]re looking for)",
        "(?:page|article|story|content) (?:is no longer available|no longer exists|has been (?:removed"
        "|deleted|moved)|(?:does not|doesn['’]t) exist|(?:could not|cannot|can['’]t|couldn['’]t) be"
        " found|was not found)",
        "(?:can['’]t|cannot|couldn['’]t|could not) find (?:that|the|this|your) page",
        "page not found",
        "error 404",
        "404 error",
    ),
    "consent": (
        r"we(?:,)? and our (?:\d[\d,.]* )?(?:\w+ ){0,2}partners",
        "(?:accept|reject|allow|decline) all(?: cookies)?",
        "(?:accept|allow|use of) cookies",
        "we value your privacy",
        "(?:give|withdraw|withhold|manage) (?:your )?consent",
        "(?:consent or pay|pay or consent)",
        "legitimate interest",
        "(?:cookie|privacy) (?:settings|preferences|choices|notice|dashboard)",
        "store and/or access information on a device",
        "personali[sz]ed (?:ads|advertising|content)",
        "before you continue to",
    ),
    "login": (
        "(?:log|sign) ?in to (?:continue|read|view|see|access|your account)",
        "(?:please|you must|you need to) (?:be logged in|(?:log|sign) ?in)",
        "(?:create|register for) (?:a |an )?(?:free )?account to",
        "register (?:for free |now )?to (?:continue|read|keep)",
        "forgot(?:ten)? (?:your )?password",
    ),
    "script": (
        "(?:enable|activate|allow|turn on|switch on) java ?script",
        "java ?script (?:is|appears to be|seems to be) (?:disabled|required|not enabled|turned off)",
        "(?:requires?|needs?|without) java ?script",
        "java ?script (?:must|needs to|has to|should) be (?:enabled|on)",
        "your browser (?:is (?:not supported|out of date|outdated)|does not support)",
    ),
}
"""Phrases of such pages, from the beginning of a word, by the kind of wall."""
