"""Languages as feeds write them, by code or by name, as ISO 639-1 codes.

Codes that ISO 639-1 lacks stand under their ISO 639-3 code (`bfi` British Sign Language, `cmn` is
taken as `zh`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from directory.search.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAMES = {
    "en": "english", "cy": "welsh cymraeg", "gd": "scottish-gaelic gaelic gaidhlig",
    "ga": "irish gaeilge irish-gaelic", "sco": "scots ulster-scots",
    "bfi": "bsl british-sign-language sign-language bfi", "kw": "cornish", "pl": "polish polski",
    "ro": "romanian moldovan", "pa": "punjabi panjabi", "ur": "urdu", "bn": "bengali bangla sylheti syl",
    "gu": "gujarati gujerati", "ar": "arabic", "fr": "french", "es": "spanish castilian",
    "pt": "portuguese", "it": "italian", "de": "german", "nl": "dutch flemish", "el": "greek",
    "tr": "turkish", "ku": "kurdish sorani kurmanji ckb kmr", "fa": "farsi persian", "prs": "dari",
    "ps": "pashto pushto pashtu", "so": "somali", "ti": "tigrinya tigrigna", "am": "amharic",
    "om": "oromo", "sw": "swahili kiswahili", "yo": "yoruba", "ig": "igbo", "ha": "hausa",
    "tw": "twi akan ak fante", "sn": "shona", "ln": "lingala", "rw": "kinyarwanda",
    "zh": "chinese mandarin cmn simplified-chinese putonghua", "yue": "cantonese", "hak": "hakka",
    "vi": "vietnamese", "th": "thai", "tl": "tagalog filipino fil", "ja": "japanese", "ko": "korean",
    "ms": "malay", "id": "indonesian", "hi": "hindi", "ta": "tamil", "te": "telugu", "ml": "malayalam",
    "si": "sinhala sinhalese", "ne": "nepali", "uk": "ukrainian", "ru": "russian", "lt": "lithuanian",
    "lv": "latvian", "bg": "bulgarian", "hu": "hungarian", "cs": "czech", "sk": "slovak",
    "sq": "albanian", "sr": "serbian", "hr": "croatian", "bs": "bosnian", "rom": "romani romany romanes",
    "he": "hebrew", "yi": "yiddish", "mr": "marathi", "kn": "kannada", "my": "burmese", "af": "afrikaans",
    "sv": "swedish", "da": "danish", "no": "norwegian nb nn", "fi": "finnish", "et": "estonian",
    "ka": "georgian", "hy": "armenian", "az": "azerbaijani", "mt": "maltese",
}  # fmt: skip
_THREE_LETTERS = {
    "eng": "en", "cym": "cy", "wel": "cy", "gla": "gd", "gle": "ga", "pol": "pl", "ron": "ro",
    "rum": "ro", "pan": "pa", "urd": "ur", "ben": "bn", "guj": "gu", "ara": "ar", "fra": "fr",
    "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "deu": "de", "ger": "de", "nld": "nl",
    "dut": "nl", "ell": "el", "gre": "el", "tur": "tr", "kur": "ku", "fas": "fa", "per": "fa",
    "pus": "ps", "som": "so", "tir": "ti", "amh": "am", "orm": "om", "swa": "sw", "yor": "yo",
    "zho": "zh", "chi": "zh", "vie": "vi", "hin": "hi", "tam": "ta", "nep": "ne", "ukr": "uk",
    "rus": "ru", "lit": "lt", "bul": "bg", "hun": "hu", "ces": "cs", "slk": "sk", "sqi": "sq",
}  # fmt: skip
_BY_NAME = {
    **{name.replace("-", " "): code for code, names in _NAMES.items() for name in (code, *names.split())},
    **_THREE_LETTERS,
}

LANGUAGE_BITS: Mapping[str, int] = {code: bit for bit, code in enumerate(list(_NAMES)[:62])}
"""Bit of each of 62 languages; the order is part of the projection, so it only changes with its version."""
OTHER_LANGUAGE_BIT = 62
"""The bit that all further languages share."""


def languages(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the codes of `language` rows, from `code`, `name` or `language`, each once, in order."""
    found: dict[str, None] = {}
    for row in rows:
        for column in ("code", "name", "language"):
            value = row.get(column)
            if isinstance(value, str) and value and (codes := _codes(value)):
                found.update(dict.fromkeys(codes))
                break
    return tuple(found)


def language_mask(codes: Iterable[str]) -> int:
    """Return the bits of some languages."""
    mask = 0
    for code in codes:
        mask |= 1 << LANGUAGE_BITS.get(code, OTHER_LANGUAGE_BIT)
    return mask


@lru_cache(maxsize=1024)
def _codes(text: str) -> list[str]:
    """Read one language, "en-GB", or several in one field ("Urdu, Punjabi and Polish")."""
    whole = normalise(text)
    if (code := _BY_NAME.get(whole)) is not None:
        return [code]
    base = text.replace("_", "-").partition("-")[0].strip().casefold()
    if len(base) <= 3 and base in _BY_NAME:
        return [_BY_NAME[base]]
    if len(whole) > 200:
        return []
    tokens = whole.split()
    pairs = [
        *pairwise(tokens),
        *((word,) for word in tokens if len(word) > 3 or word == "bsl"),
    ]
    return list(dict.fromkeys(_BY_NAME[name] for pair in pairs if (name := " ".join(pair)) in _BY_NAME))
