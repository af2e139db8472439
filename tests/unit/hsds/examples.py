"""Made-up services for these tests: nobody and nothing in them exists."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def v3_service() -> Json:
    """A v3 example with something in every place the profile has, and a little beyond it."""
    return {
        "id": "example-service",
        "name": "Example Lunch Club",
        "description": "An invented example.\nHot lunch, <b>everybody</b> welcome.",
        "url": "https://lunch.example.org",
        "email": "lunch@example.org",
        "status": "active",
        "minimum_age": 18,
        "maximum_age": 99,
        "assured_date": "2026-01-31",
        "assurer_email": "assurer@example.org",
        "last_modified": "2026-02-01T10:30:45.123Z",
        "unknown_field": {"kept": [1, "as it is"]},
        "organization": _organization(),
        "service_at_locations": [_place()],
        "schedules": [
            {"id": "s1", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:30", "closes_at": "13:00"},
            {"freq": "MONTHLY", "byday": "2SA", "opens_at": "10:00", "closes_at": "12:00"},
        ],
        "service_areas": [{"id": "sa1", "name": "Example Town"}],
        "languages": [{"id": "l1", "name": "Welsh", "code": "cy"}],
        "funding": [{"id": "f1", "source": "Example Fund"}],
        "cost_options": [{"id": "c1", "option": "Lunch", "amount": 2.5, "amount_description": "each"}],
        "contacts": [
            {
                "id": "k1",
                "name": "Example Person",
                "title": "Cook",
                "phones": [{"id": "p1", "number": "020 7946 0001"}],
            }
        ],
        "phones": [{"number": "020 7946 0002", "languages": [{"code": "en"}]}],
        "attributes": [_attribute()],
    }


def _organization() -> Json:
    return {
        "id": "example-organization",
        "name": "Example Kitchens",
        "description": "An invented example.",
        "website": "https://example.org",
        "organization_identifiers": [{"id": "oi1", "identifier_type": "Charity", "identifier": "000000"}],
        "phones": [{"id": "p3", "number": "020 7946 0003"}],
    }


def _place() -> Json:
    return {
        "id": "example-place",
        "schedules": [
            {"id": "s9", "freq": "WEEKLY", "byday": "FR", "opens_at": "18:00", "closes_at": "20:00"}
        ],
        "location": {
            "id": "example-location",
            "location_type": "physical",
            "name": "Example Hall",
            "latitude": 51.5,
            "longitude": -0.12,
            "addresses": [
                {
                    "id": "a1",
                    "attention": "Example Person",
                    "address_1": "1 Example Street",
                    "city": "Example Town",
                    "state_province": "Exampleshire",
                    "postal_code": "ZZ1 1ZZ",
                    "country": "GB",
                    "address_type": "physical",
                }
            ],
            "accessibility": [{"id": "ac1", "description": "Step-free"}],
            "attributes": [
                {"id": "at2", "taxonomy_term": {"id": "t2", "name": "Ramp", "description": "Invented"}}
            ],
        },
    }


def _attribute() -> Json:
    return {
        "id": "at1",
        "taxonomy_term": {
            "id": "t1",
            "name": "Lunch clubs",
            "description": "An invented example",
            "taxonomy_detail": {"id": "tx1", "name": "Example list", "description": "Invented"},
        },
    }


def v1_service() -> Json:
    """A v1 example with the parts that v3 has under other names."""
    return {
        "id": "example-v1-service",
        "name": "Example Tea Room",
        "description": "An invented example.",
        "organization": {
            "id": "example-v1-organization",
            "name": "Example Teas",
            "description": "An invented example.",
            "url": "https://teas.example.org",
        },
        "assured_date": "2026-01-31",
        "attending_type": "venue",
        "contacts": [
            {
                "id": "k1",
                "name": "Example Person",
                "title": "Cook",
                "phones": [{"id": "p1", "number": "020 7946 0001", "language": "English"}],
            }
        ],
        "cost_options": [{"id": "c1", "amount": 0, "amount_description": "free"}],
        "eligibilitys": [
            {"id": "e1", "eligibility": "teen", "minimum_age": 13, "maximum_age": 19},
            {"id": "e2", "eligibility": "adult", "minimum_age": 18, "maximum_age": 60},
        ],
        "fundings": [{"id": "f1", "source": "Example Fund"}],
        "languages": [{"id": "l1", "language": "Welsh"}],
        "regular_schedules": [
            {"id": "s1", "freq": "WEEKLY", "byday": "MO", "opens_at": "9:30", "closes_at": "25:00"}
        ],
        "holiday_schedules": [
            {"id": "h1", "closed": True, "start_date": "2026-12-25", "end_date": "2026-12-26"}
        ],
        "reviews": [{"id": "r1", "title": "Good", "score": "5", "date": "2026-01-02"}],
        "service_areas": [{"id": "sa1", "service_area": "Example Town"}],
        "service_at_locations": [
            {
                "id": "example-v1-place",
                "regular_schedule": [
                    {"id": "s2", "freq": "WEEKLY", "byday": "SA", "opens_at": "10:00", "closes_at": "12:00"}
                ],
                "location": {
                    "id": "example-v1-location",
                    "name": "Example Hall",
                    "latitude": 51.5,
                    "longitude": -0.12,
                    "accessibility_for_disabilities": [{"id": "ac1", "accessibility": "Ramp"}],
                    "physical_addresses": [
                        {
                            "id": "a1",
                            "address_1": "1 Example Street",
                            "city": "Example Town",
                            "state_province": "Exampleshire",
                            "postal_code": "ZZ1 1ZZ",
                            "country": "GB",
                        }
                    ],
                },
            }
        ],
        "service_taxonomys": [
            {"id": "st1", "taxonomy": {"id": "t1", "name": "Tea rooms", "vocabulary": "Example list"}}
        ],
        "link_taxonomies": [
            {
                "id": "lt1",
                "link_type": "cost_option",
                "link_id": "c1",
                "taxonomy": {"id": 7, "name": "Free"},
            }
        ],
    }
