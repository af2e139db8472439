"""What holds for a service wherever it is had: shared by all its offers, and read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from directory.search import facts
from directory.search.offer import Flag
from directory.search.sorting import Told, sentences
from directory.search.stemming import stems
from directory.search.text import normalise, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from directory.hsds.record import Row

    Rows = Mapping[str, Sequence[Row]]

_DESCRIPTION = 500
_GENDERS = {"women": int(Flag.FOR_WOMEN), "men": int(Flag.FOR_MEN)}
_REFERRALS = {"needed": int(Flag.REFERRAL_NEEDED), "not_needed": int(Flag.NO_REFERRAL)}
_COSTS = {"free": int(Flag.FREE), "paid": int(Flag.PAID)}
_AGES_KNOWN, _HOURS_KNOWN = int(Flag.AGES_KNOWN), int(Flag.HOURS_KNOWN)
_NO_ROWS: tuple[Row, ...] = ()


@dataclass(slots=True)
class About:
    """What all offers of a service share."""

    service: Row
    name: str
    name_stems: str
    words: dict[str, None]
    terms: tuple[tuple[str, str], ...]
    term_names: list[str]
    organization: str | None
    description: str
    whole_text: str
    eligibility: str | None
    flags: int
    ages: tuple[float | None, float | None]
    languages: tuple[str, ...]
    cost: tuple[str, str | None]
    assured: date | None
    told: Told
    """All that it says, in stems."""


def about(rows: Rows, service: Row) -> About:
    """Read what holds for the service wherever it is had."""
    name = str(service.get("name") or "")
    description = str(service.get("description") or "")
    whole = plain(description)
    organization = _organization(rows, service)
    term_rows = {row["id"]: row for row in rows.get("taxonomy_term", _NO_ROWS)}
    names = [
        str(term["name"])
        for attribute in rows.get("attribute", _NO_ROWS)
        if (term := term_rows.get(attribute.get("taxonomy_term_id"))) and term.get("name")
    ]
    eligibility = _eligibility(rows, service)
    terms = {_term(label): label for label in names}
    told = Told(
        name=stems(name),
        sentences=sentences(whole),
        eligibility=stems(eligibility or ""),
        organization=stems(organization or ""),
        terms=tuple(terms),
    )
    others = stems("\n".join((str(service.get("alternate_name") or ""), *names)))
    words = dict.fromkeys(
        (*told.name, *chain(*told.sentences), *others, *told.organization, *told.eligibility)
    )
    flags, ages, cost = _flags(rows, service, whole, names, eligibility)
    languages = facts.languages(rows.get("language", _NO_ROWS))
    assured = service.get("assured_date")
    return About(
        service=service,
        name=name,
        name_stems=" ".join(dict.fromkeys(told.name)),
        words=words,
        terms=tuple((key, label) for key, label in terms.items() if key),
        term_names=names,
        organization=organization,
        description=whole if len(whole) <= _DESCRIPTION else plain(whole, _DESCRIPTION),
        whole_text=whole,
        eligibility=eligibility,
        flags=flags,
        ages=ages,
        languages=languages,
        cost=cost,
        assured=assured if isinstance(assured, date) else None,
        told=told,
    )


_term = lru_cache(maxsize=4_096)(normalise)


def _organization(rows: Rows, service: Row) -> str | None:
    held = service.get("organization_id")
    for row in rows.get("organization", _NO_ROWS):
        if row.get("id") == held or held is None:
            return str(row.get("name") or "") or None
    return None


def _eligibility(rows: Rows, service: Row) -> str | None:
    said = [service.get("eligibility_description")]
    said += [row.get("eligibility") for row in rows.get("eligibility", _NO_ROWS)]
    texts = dict.fromkeys(str(text) for text in said if text)
    return (plain("; ".join(texts), _DESCRIPTION) or None) if texts else None


def _flags(
    rows: Rows, service: Row, whole: str, names: list[str], eligibility: str | None
) -> tuple[int, tuple[float | None, float | None], tuple[str, str | None]]:
    """What is stated of the whole service."""
    fees = service.get("fees") or service.get("fees_description")
    cost = facts.cost(rows.get("cost_option", _NO_ROWS), str(fees) if fees else None, None)
    ages = facts.ages(service, rows.get("eligibility", _NO_ROWS))
    said = (eligibility,) if eligibility else ()
    gender = facts.gender(str(service.get("name") or ""), whole, said)
    access = service.get("attending_access")
    text = "\n".join((whole, str(service.get("application_process") or ""), *said))
    referral = facts.referral(text, (*names, str(access)) if access else names)
    flags = _COSTS.get(cost[0], 0) | _GENDERS.get(gender or "", 0)
    flags |= _REFERRALS.get(referral or "", 0)
    if ages != (None, None):
        flags |= _AGES_KNOWN
    return flags, ages, cost
