"""Whom a service is for: ages, women or men, and whether somebody must refer them.

Wrongly turning somebody away is worse than saying nothing, so only plain statements count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, object]

Ages = tuple[float | None, float | None]

_OLDEST = 120
_WOMEN, _MEN = r"(?:wom[ae]n|females?|ladies|girls)", r"(?:men|males?|boys)"
_ONLY = {
    "women": re.compile(
        rf"\b{_WOMEN}[- ]only\b|\b(?:only|exclusively|solely) (?:for|open to) {_WOMEN}\b"
        rf"|\bfor {_WOMEN} only\b"
    ),
    "men": re.compile(
        rf"\b{_MEN}[- ]only\b|\b(?:only|exclusively|solely) (?:for|open to) {_MEN}\b|\bfor {_MEN} only\b"
    ),
}
_NAMED = {
    "women": re.compile(r"\bwom[ae]n(?:'?s)?\b|\bladies'?\b|\bfor females\b"),
    "men": re.compile(r"\bmen(?:'?s)?\b(?! in sheds)|\bmen in sheds\b|\bfor males\b"),
}
_SOME_ONLY = re.compile(
    r"\b(?:wom[ae]n|female|ladies|men|male)[- ]only (?:sessions?|class|classes|swim|hours?|spaces?"
    r"|areas?|gym|times?)"
)
_EITHER = re.compile(
    r"\b(?:open to|for|welcomes?) (?:all|everyone|everybody|anyone|both)\b|\ball genders\b|\bmixed\b"
    r"|\bany gender\b"
    rf"|\b{_MEN}(?:,| and| &| or|/) ?{_WOMEN}\b|\b{_WOMEN}(?:,| and| &| or|/) ?{_MEN}\b"
    rf"|\b{_WOMEN} (?:are )?(?:also |too )?welcome\b|\bboth sexes\b|\bmen,? women\b|\bnot just\b|\bnot only\b"
)
_NOT_NEEDED = re.compile(
    r"(?<!no )\bself[- ]?refer|\bno (?:gp |formal |professional )?referrals? (?:is |are )?(?:needed"
    r"|required|necessary)|\bno referrals?\b"
    r"|\b(?:do not|don't|no) need (?:a |to be |for a )?referr|\breferrals? (?:is |are )?not (?:needed"
    r"|required|necessary)"
    r"|\b(?:refer yourself|without (?:a )?referral)\b"
)
_NO_SELF = re.compile(
    r"\bno self[- ]?refer|\b(?:cannot|can't|can not|unable to) self[- ]?refer"
    r"|\bself[- ]?referrals? (?:is |are )?(?:not|n't|aren't)"
    r"|\b(?:do not|don't|not) (?:currently )?(?:accept|take) (?:any )?self[- ]?refer"
)
_DROP_IN = re.compile(
    r"(?<!no )\bdrop[- ]?ins?\b(?! only by)|(?<!no )\bwalk[- ]ins?\b|\bjust (?:turn up|come along|drop in)\b"
)
_NEEDED = re.compile(
    r"\b(?:by|on|through|via|upon|with) (?:a |an )?(?:gp |professional |agency |doctor's |formal "
    r"|medical |nhs )?referrals?\b"
    r"|\breferrals? only\b|\breferrals? (?:is |are )?(?:needed|required|necessary|essential)\b"
    r"|\brequires? (?:a )?(?:\w+ )?referral\b"
    r"|\b(?:must|need to|needs to|have to|has to) (?:first )?be referred\b|\bgp referrals?\b"
    r"|\breferred by (?:a|an|your|their) "
)
_VOUCHER = re.compile(
    r"\bvouchers? (?:(?:is |are )?(?:needed|required|necessary|only)|from|system)\b"
    r"|\b(?:need|bring|require|requires|with|by|have|must have|on) (?:a |an )?(?:valid |food ?bank "
    r"|food |red )?vouchers?\b"
)
"""Where somebody else hands out a voucher, it is as with a referral."""
_NO_VOUCHER = re.compile(
    r"\b(?:no|without|not|don't|never) (?:a |need a |need |have to have a )?(?:food ?bank |food )?vouchers?\b"
    r"|\bvouchers? (?:is |are )?not (?:needed|required|necessary)\b"
)


def ages(service: Row, eligibility: Sequence[Row] = ()) -> Ages:
    """Return the lowest and highest age in years, each None where not stated or not believable."""
    own = _range(service)
    if own != (None, None) or not eligibility:
        return own
    ranges = [_range(row) for row in eligibility]
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    return (
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
    )


def gender(
    name: str, description: str | None, eligibility: Iterable[str] = ()
) -> Literal["women", "men"] | None:
    """Return `women` or `men` where the service is plainly for them alone."""
    title = name.casefold().replace("\u2019", "'")
    texts = [name, description or "", *eligibility]
    whole = "\n".join(texts).casefold().replace("\u2019", "'")[:8000]
    if not (_may_be_named(title) or "only" in whole or "exclusively" in whole or "solely" in whole):
        return None
    if _EITHER.search(whole):
        return None
    rest = _SOME_ONLY.sub("", whole)
    women = bool(_NAMED["women"].search(title) or _ONLY["women"].search(rest))
    men = bool(_NAMED["men"].search(title) or _ONLY["men"].search(rest))
    if women == men:
        return None
    return "women" if women else "men"


def _may_be_named(title: str) -> bool:
    return "men" in title or "woman" in title or "ladies" in title or "male" in title


def referral(text: str | None, attributes: Iterable[str] = ()) -> Literal["needed", "not_needed"] | None:
    """Return whether somebody else must refer a person, where that is said.

    `attributes` are names of terms and the older `attending_access` (`referral`, `drop-in`).
    """
    whole = "\n".join([text or "", *attributes]).casefold().replace("\u2019", "'")[:8000]
    if "refer" not in whole:
        if "voucher" in whole and (asked := _by_voucher(whole)):
            return asked
        return "not_needed" if _mentions_drop_in(whole) and _DROP_IN.search(whole) else None
    if _NO_SELF.search(whole):
        return "needed"
    if _NOT_NEEDED.search(whole):
        return "not_needed"
    needed = bool(_NEEDED.search(whole)) or whole.rpartition("\n")[2].strip() == "referral"
    drop_in = bool(_DROP_IN.search(whole))
    if needed == drop_in:
        return None
    return "needed" if needed else "not_needed"


def _by_voucher(text: str) -> Literal["needed", "not_needed"] | None:
    if _NO_VOUCHER.search(text):
        return "not_needed"
    return "needed" if _VOUCHER.search(text) else None


def _mentions_drop_in(text: str) -> bool:
    return "drop" in text or "walk" in text or "turn up" in text or "come along" in text


def _range(row: Row) -> Ages:
    low, high = _age(row.get("minimum_age")), _age(row.get("maximum_age"))
    if low is not None and high is not None and low > high:
        return None, None
    if not high:
        return low or None, None
    return low or None, high


def _age(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _OLDEST:
        return None
    return float(value)
