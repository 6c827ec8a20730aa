"""Words and phrases of news prose that say the same, for comparing contents. Pure."""

import re

from bot.digests.stems import stem_of

_SAME = (
    "company firm business",
    "faulty defective",
    "talk negotiation discussion",
    "job post position",
    "person resident",
    "child kid",
    "big large",
    "huge enormous",
    "doctor physician",
    "film movie",
    "attorney lawyer",
    "police cop",
    "blast explosion",
    "blaze fire",
    "begin start commence",
    "end finish",
    "stop halt cease",
    "close shut closure",
    "reject rejection",
    "dismiss sack",
    "worker employee staff",
    "buy purchase acquire",
    "help aid assist assistance",
    "intend plan",
    "injure hurt wound",
    "investigate probe investigation inquiry enquiry",
    "happen occur",
    "answer reply response respond",
    "building premise",
    "house home household",
    "violate break breach",
    "power electricity",
    "rise increase grow climb growth",
    "fall decrease decline drop",
    "cut reduce lower reduction",
    "permit allow",
    "ban prohibit forbid outlaw",
    "delay postpone",
    "cancel scrap",
    "try attempt seek",
    "get receive obtain",
    "build construct construction",
    "demand urge",
    "illegal unlawful",
    "legal lawful",
    "wage salary pay",
    "illness disease sickness",
    "road street",
    "truck lorry",
    "petrol gasoline",
    "rubbish garbage",
    "football soccer",
    "mistake error",
    "chairman chairwoman chairperson chair",
    "deal agreement accord",
    "resign quit resignation",
    "prison jail",
    "soldier troop",
    "journalist reporter",
    "pupil student",
    "protester demonstrator",
    "protest demonstration",
    "rebel insurgent",
    "crash collision",
    "earthquake quake",
    "evidence proof",
    "mother mum mom",
    "rebuild reconstruct reconstruction",
    "vehicle car",
    "conduct perform",
    "show demonstrate",
    "defend defense",
    "arrive arrival",
    "approve approval",
    "withdraw withdrawal",
    "choose choice select",
    "fail failure",
    "know knowledge",
    "sell sale",
    "believe think",
    "establish create",
)


def _grouped() -> dict[str, str]:
    root: dict[str, str] = {}
    for words in _SAME:
        first = root.get(stem_of(words.split()[0])) or stem_of(words.split()[0])
        for word in words.split():
            for form in (word, f"{word}s"):
                root.setdefault(stem_of(form), first)
    return root


ROOT = _grouped()
"""Stems of words that say the same, by the stem that stands for all of them."""
_PHRASES = (
    (r"turn(?:s|ed|ing)? down", "reject"),
    (r"(?:lay|lays|laid|laying) off", "dismiss"),
    (r"call(?:s|ed|ing)? off", "cancel"),
    (r"put(?:s|ting)? off|push(?:ed|es)? back", "postpone"),
    (r"set(?:s|ting)? up", "establish"),
    (r"carr(?:y|ies|ied|ying) out", "conduct"),
    (r"look(?:s|ed|ing)? into", "investigate"),
    (r"(shut|close)(?:s|d)? down", r"\1"),
    (r"(?:went|go|goes|gone|going|was|were|is|are) up(?= #| by #| to #)", "rise"),
    (r"(?:went|go|goes|gone|going|was|were|is|are) down(?= #| by #| to #)", "fall"),
    (r"step(?:s|ped|ping)? down", "resign"),
    (r"pull(?:s|ed|ing)? out", "withdraw"),
    (r"(?:take|takes|took|taken|make|makes|made|give|gives|gave|given) (?:a |an |the )?(?=\w+ion\b)", ""),
    (r"prime minister", "premier"),
    (r"(?:ha(?:s|ve|d)|need(?:s|ed)?) to|(?:is|are|was|were) (?:obliged|required) to", "must"),
    (r"no one|not any\w+", "nobody"),
    (r"(?:was|were|is|are|be|been) unable to", "can not"),
    (r"fail(?:s|ed)? to", "not"),
    (r"(?:in|over) the (?:past|last|previous) (week|month|year)", r"last\1"),
    (r"because of|due to|owing to|as a result of", "because"),
    (r"people (?:who|that) (?:are|were)", ""),
    (r"#(\d+) yearold (\w+)", r"\2 #\1 year"),
    (r"aged #(\d+)(?! to)", r"#\1 year"),
    (r"as soon as", "once"),
    (r"the fact that", "that"),
    (r"untrue|false", "not true"),
)
PHRASES = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!(?<=\w)\w)"), word) for pattern, word in _PHRASES)
"""Phrases that say what a word says, in texts as `bot.digests.plain_form.tokens_of` returns them."""
