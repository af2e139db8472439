"""What search keeps of a service: one offer for each place it can be had at, made from its HSDS rows."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import orjson

from directory.search import facts
from directory.search.about import About, about
from directory.search.cards import Card, packed
from directory.search.offer import OPEN_ENDED, Flag, Offer
from directory.search.opening import Rule, hours_text, pack, rules_of, week_mask
from directory.search.own_rows import OwnRows
from directory.search.placing import Places, Standing, nowhere, standing
from directory.search.showing import address_of, email_of, phone_of, texts_of
from directory.search.sorting import term_of, unsorted
from directory.search.stemming import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from directory.hsds.record import Row
    from directory.search.access import Access
    from directory.search.placing import Point
    from directory.search.sorting import Sort

    Rows = Mapping[str, Sequence[Row]]

_ACCESS_FLAGS = {name: (int(Flag[name.upper()]), int(Flag[f"NO_{name.upper()}"])) for name in facts.FLAGS}
_HOURS_KNOWN = int(Flag.HOURS_KNOWN)
_NO_ROWS: tuple[Row, ...] = ()


def project(
    rows: Rows,
    *,
    postcodes: Callable[[str], Point | None],
    authority_near: Callable[[float, float], str | None],
    authority_named: Callable[[str], str | None],
    outcode_authorities: Callable[[str], tuple[str, ...]] = nowhere,
    sort: Sort = unsorted,
) -> list[Offer]:
    """The offers of one service; none where it is not active.

    `postcodes` finds the point of a postcode however it is written, `authority_near` the code of the
    authority at a point, `authority_named` that of one by its name or code, `outcode_authorities` those
    that a postcode may lie in although it is not a live one. `sort` says which needs the service serves:
    it is then found by these as by its terms.
    """
    service = rows["service"][0]
    if service.get("status") != "active":
        return []
    places = Places(postcodes, authority_near, authority_named, outcode_authorities)
    shared = about(rows, service)
    shared.terms += tuple((term_of(*found), "") for found in sort(shared.told))
    locations = {row["id"]: row for row in rows.get("location", _NO_ROWS)}
    links = [
        (link, locations[link["location_id"]])
        for link in rows.get("service_at_location", _NO_ROWS)
        if link.get("location_id") in locations
    ]
    if not links:
        return [_offer(OwnRows(rows, None, None), shared, places)]
    return [_offer(OwnRows(rows, link, location), shared, places) for link, location in links]


def _offer(own: OwnRows, shared: About, places: Places) -> Offer:
    """One offer."""
    schedules = own.schedules("schedule")
    rules = rules_of(schedules, own.schedules("holiday_schedule"))
    stands = standing(own, shared, schedules, places)
    access = facts.access_of(own.of_location("accessibility"), shared.term_names, shared.whole_text)
    words, location, (low, high) = shared.words, own.location, shared.ages
    if location and location.get("name") and location["name"] != shared.name:
        words = words | dict.fromkeys(stems(str(location["name"])))
    return Offer(
        name=shared.name_stems,
        words=" ".join(words),
        terms=shared.terms,
        reach=stands.reach,
        card=packed(_card(own, shared, stands, (rules, hours_text(schedules)), access)),
        lat=stands.lat,
        lon=stands.lon,
        lad=stands.lad,
        areas=stands.areas,
        nationwide=stands.nationwide,
        weeks=week_mask(rules),
        flags=shared.flags | _access_flags(access) | (_HOURS_KNOWN if rules else 0),
        minimum_age=0 if low is None else low,
        maximum_age=OPEN_ENDED if high is None else high,
        languages=facts.language_mask(shared.languages),
        assured=shared.assured.toordinal() if shared.assured else None,
        twin=_twin(shared.name_stems, stands.postcode),
    )


def _access_flags(access: Access) -> int:
    flags = 0
    for name in access.present:
        flags |= _ACCESS_FLAGS[name][0]
    for name in access.absent:
        flags |= _ACCESS_FLAGS[name][1]
    return flags


def _card(
    own: OwnRows,
    shared: About,
    stands: Standing,
    opening: tuple[tuple[Rule, ...], str | None],
    access: Access,
) -> Card:
    """What is shown of it."""
    service, (rules, said) = shared.service, opening
    return Card(
        service_id=str(service["id"]),
        service_at_location_id=str(own.link["id"]) if own.link else None,
        name=shared.name,
        organization=shared.organization,
        description=shared.description,
        reach=stands.reach.value,
        lat=stands.lat,
        lon=stands.lon,
        address=address_of(stands.address, own.location),
        postcode=stands.postcode,
        rules=orjson.dumps(pack(rules)).decode() if rules else "",
        hours_text=said,
        cost=shared.cost[0],
        cost_text=shared.cost[1],
        phone=phone_of(own.rows("phone")),
        email=_text(service, "email") or email_of(own.rows("contact")),
        url=_text(service, "url"),
        minimum_age=shared.ages[0],
        maximum_age=shared.ages[1],
        access=list(access.present),
        access_text=texts_of(own.of_location("accessibility"), "description", "details"),
        languages=list(shared.languages),
        terms=[label for _, label in shared.terms if label],
        eligibility=shared.eligibility,
        area=stands.area,
        alert=_text(service, "alert"),
        assured=shared.assured.isoformat() if shared.assured else None,
        last_modified=_text(service, "last_modified"),
    )


def _twin(stems_of_name: str, postcode: str | None) -> int:
    if not postcode:
        return 0
    key = f"{stems_of_name}|{postcode.replace(' ', '').upper()}".encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)


def _text(row: Row, column: str) -> str | None:
    value = row.get(column)
    return str(value) if value else None
