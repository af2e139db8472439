"""Makes the ORUK v3 service of one entry in the example lists, marked as an example.

Ids are derived from names, so that the same list gives the same file, and an entry keeps its id when
others are added around it.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any, Final

from directory.examples.reading_hours import schedule

Entry = dict[str, Any]

MARK: Final = " (example)"
INVENTED: Final = "An invented organisation: it is here so that there is something to find."
SITE: Final = "https://example.org/"

_NAMESPACE: Final = uuid.UUID("6f0e9b0a-52f1-4a8f-9f6e-0f8f0c1f4b11")
_CODES: Final = {
    "Arabic": "ar",
    "BSL": "bfi",
    "English": "en",
    "Polish": "pl",
    "Portuguese": "pt",
    "Punjabi": "pa",
    "Somali": "so",
    "Spanish": "es",
    "Ukrainian": "uk",
    "Urdu": "ur",
    "Welsh": "cy",
}
_NAMES: Final = {"BSL": "British Sign Language"}


def service(entry: Entry, description: str | None = None) -> Entry:
    """The service as `GET /services/{id}` would give it; `description` stands in for the entry's own."""
    name = entry["name"] + MARK
    return {
        "id": _id(name),
        "name": name,
        "description": description or entry["description"],
        **_reach(entry, name),
        "status": entry.get("status", "active"),
        **({"alert": entry["alert"]} if "alert" in entry else {}),
        **_ages(entry),
        **_eligibility(entry),
        **({"assured_date": entry["assured"].isoformat()} if "assured" in entry else {}),
        "organization": {"id": _id(name, "organization"), "name": name, "description": INVENTED},
        **_lists(entry, name),
    }


def _lists(entry: Entry, name: str) -> Entry:
    """The objects in lists; a list with nothing in it is left out, as the standard asks."""
    lists = {
        "service_at_locations": _places(entry, name),
        "service_areas": _areas(entry, name),
        "schedules": [
            {"id": _id(name, "schedule", str(number))} | schedule(line)
            for number, line in enumerate(entry.get("hours", ()))
        ],
        "cost_options": _costs(entry, name),
        "languages": [
            {"id": _id(name, word), "code": _CODES[word], "name": _NAMES.get(word, word)}
            for word in entry.get("languages", ())
        ],
        "phones": _phones(entry, name),
        "contacts": _contacts(entry, name),
        "attributes": [_attribute(name, *term.split(": ", 1)) for term in entry.get("terms", ())],
    }
    return {key: rows for key, rows in lists.items() if rows}


def _places(entry: Entry, name: str) -> list[Entry]:
    if "postcode" not in entry:
        if entry["reach"] != "online":
            return []
        location: Entry = {"location_type": "virtual", "name": name}
    else:
        location = {"location_type": "physical", "name": name, "addresses": [_address(entry, name)]}
    location["id"] = _id(name, "location")
    if "point" in entry:
        location["latitude"], location["longitude"] = entry["point"]
    if "access" in entry:
        location["accessibility"] = [{"id": _id(name, "access"), "description": entry["access"]}]
    return [{"id": _id(name, "at"), "location": location}]


def _address(entry: Entry, name: str) -> Entry:
    """The neighbourhood stands behind the street, as the UK profile has no second line."""
    parts = [entry["street"], entry.get("neighbourhood")]
    return {
        "id": _id(name, "address"),
        "address_1": ", ".join(filter(None, parts)),
        "city": entry["town"],
        "state_province": entry["county"],
        "postal_code": entry["postcode"],
        "country": "GB",
        "address_type": "physical",
    }


def _areas(entry: Entry, name: str) -> list[Entry]:
    return [{"id": _id(name, "area"), "name": entry["area"]}] if "area" in entry else []


def _costs(entry: Entry, name: str) -> list[Entry]:
    cost = entry.get("cost")
    if cost is None:
        return []
    row: Entry = {"id": _id(name, "cost")}
    if isinstance(cost, str):
        return [row | {"option": cost}]
    text = {"amount_description": entry["cost_for"]} if "cost_for" in entry else {}
    return [row | {"amount": cost} | text]


def _phones(entry: Entry, name: str) -> list[Entry]:
    if "phone" not in entry or "contact" in entry:
        return []
    return [{"id": _id(name, "phone"), "number": entry["phone"]}]


def _contacts(entry: Entry, name: str) -> list[Entry]:
    """A named role to ask for, with the telephone where there is one."""
    if "contact" not in entry:
        return []
    row: Entry = {"id": _id(name, "contact"), "title": entry["contact"]}
    if "phone" in entry:
        row["phones"] = [{"id": _id(name, "phone"), "number": entry["phone"]}]
    return [row]


def _attribute(name: str, taxonomy: str, term: str) -> Entry:
    return {
        "id": _id(name, "attribute", taxonomy, term),
        "link_type": "service",
        "taxonomy_term": {
            "id": _id("term", taxonomy, term),
            "name": term,
            "description": term,
            "taxonomy": taxonomy,
        },
    }


def _reach(entry: Entry, name: str) -> Entry:
    slug = _slug(name.removesuffix(MARK))
    reach: Entry = {"url": SITE + slug} if entry.get("web") else {}
    return reach | ({"email": f"{slug}@example.org"} if entry.get("email") else {})


def _ages(entry: Entry) -> Entry:
    return dict(zip(("minimum_age", "maximum_age"), entry.get("ages", ()), strict=False))


def _eligibility(entry: Entry) -> Entry:
    sentences = [entry["for"].rstrip(".") + "."] if "for" in entry else []
    if "referral" in entry:
        own = entry["referral"].startswith(("Self", "Drop in", "Book", "By appointment"))
        sentences.append(entry["referral"] + "." if own else f"Referral needed: {entry['referral']}.")
    return {"eligibility_description": " ".join(sentences)} if sentences else {}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))
