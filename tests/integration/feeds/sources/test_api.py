"""Reading an ORUK API that behaves, and the ways in which the standard lets it differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import SourceError
from tests.fakes.oruk_api import OrukApi, example_services, json_response
from tests.fakes.oruk_misbehaving import on, one_page, packed, with_etags
from tests.integration.feeds.sources.reading import Clock, batches_of, codes, ids, items_of, read

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_v3_api_gives_every_service_whole_and_in_order() -> None:
    async with OrukApi(example_services(120)) as api:
        source, items = await read(api.url, Clock().options())
        assert (source.kind, source.complete, codes(source)) == ("api-v3", True, [])
        assert [item.document for item in items] == api.services
        assert items[51].position == "page 2, row 2"


async def test_a_v1_api_is_told_by_its_envelope() -> None:
    async with OrukApi(example_services(60), profile="v1") as api:
        source, items = await read(api.url, Clock().options())
        assert (source.kind, source.complete, len(items)) == ("api-v1", True, 60)


async def test_an_ambiguous_envelope_is_settled_by_the_root() -> None:
    async with OrukApi(example_services(3)) as api:
        api.rules.append(
            on("/services", lambda r: json_response({"contents": api.services if r.page == 1 else []}))
        )
        source, items = await read(api.url, Clock().options())
        assert (source.kind, len(items), len(api.asked("/"))) == ("api-v3", 3, 1)


async def test_the_same_api_is_one_feed_however_its_address_is_written() -> None:
    async with OrukApi(example_services(1)) as api:
        for written in (api.url + "/", api.url + "/services", api.url.replace("http://", "HTTP://") + "#top"):
            source = await open_source(written, Clock().options())
            assert source.canonical == api.url


async def test_batches_hold_at_most_a_hundred_and_one_stopped_in_can_be_gone_on_from() -> None:
    async with OrukApi(example_services(250), page_size=250) as api:
        options = Clock().options(page_size=250)
        batches = await batches_of(await open_source(api.url, options))
        assert [len(batch.items) for batch in batches] == [100, 100, 50]
        source = await open_source(api.url, options)
        rest = await items_of(source, batches[0].progress)
        assert ids(rest) == [f"example-{number}" for number in range(101, 251)]
        assert source.complete


async def test_going_on_between_pages_asks_only_for_the_pages_that_are_left() -> None:
    async with OrukApi(example_services(150)) as api:
        batches = await batches_of(await open_source(api.url, Clock().options()))
        api.requests.clear()
        source = await open_source(api.url, Clock().options())
        api.requests.clear()
        assert len(await items_of(source, batches[1].progress)) == 50
        assert [request.page for request in api.asked("/services")] == [3, 4]


async def test_no_more_than_four_requests_run_at_once() -> None:
    async with OrukApi(example_services(60)) as api:
        await read(api.url, Clock().options())
        assert 2 <= api.busiest <= 4


async def test_requests_start_with_a_polite_pause_between_them() -> None:
    clock = Clock()
    async with OrukApi(example_services(5)) as api:
        await read(api.url, clock.options(delay=0.05))
        assert clock.slept.count(0.05) == len(api.requests)


@pytest.mark.parametrize("odd", ["a/b", "a b", "50%", "..", "ü?x=1#y", "a%2Fb"])
async def test_any_id_is_fetched_by_its_own_address(odd: str) -> None:
    async with OrukApi([{"id": odd, "name": "Example"}]) as api:
        source, items = await read(api.url, Clock().options())
        assert (ids(items), source.complete) == ([odd], True)


async def test_a_number_for_an_id_is_fetched_too() -> None:
    async with OrukApi([{"id": 7, "name": "Example"}]) as api:
        _, items = await read(api.url, Clock().options())
        assert ids(items) == [7]


async def test_a_service_that_went_between_list_and_fetch_is_not_found_and_the_rest_goes_on() -> None:
    async with OrukApi(example_services(2)) as api:
        api.rules.append(one_page({"contents": [{"id": one} for one in ("example-1", "gone", "example-2")]}))
        source, items = await read(api.url, Clock().options())
        assert [item.reason for item in items] == ["", "not_found", ""]
        assert (items[1].service_id, source.complete) == ("gone", True)


async def test_rows_without_an_id_and_rows_that_are_no_objects_are_reported_where_they_stood() -> None:
    async with OrukApi(example_services(1)) as api:
        rows = [{"name": "Example"}, "text", *api.services]
        api.rules.append(
            on(
                "/services",
                lambda r: json_response({"contents": rows if r.page == 1 else [], "total_items": 3}),
            )
        )
        _, items = await read(api.url, Clock().options())
        assert [(item.position, item.reason) for item in items] == [
            ("page 1, row 1", "no_id"),
            ("page 1, row 2", "not_an_object"),
            ("page 1, row 3", ""),
        ]


async def test_another_service_than_the_one_asked_for_is_not_taken() -> None:
    async with OrukApi(example_services(2)) as api:
        api.rules.append(on("/services/example-1", lambda _: json_response(api.services[1])))
        _, items = await read(api.url, Clock().options())
        assert [(item.reason, item.service_id) for item in items] == [
            ("wrong_id", "example-1"),
            ("", "example-2"),
        ]


async def test_answers_in_gzip_are_read() -> None:
    async with OrukApi(example_services(1)) as api:
        api.rules.append(on("/services/example-1", lambda _: packed(api.services[0])))
        _, items = await read(api.url, Clock().options())
        assert ids(items) == ["example-1"]


async def test_an_unchanged_list_is_not_read_again() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(with_etags(api))
        source, _ = await read(api.url, Clock().options())
        api.requests.clear()
        again, items = await read(api.url, Clock().options(conditional=source.validators))
        assert (again.not_modified, again.complete, items) == (True, True, [])
        assert again.validators == source.validators
        assert len(api.requests) == 4


async def test_a_change_on_the_last_page_has_all_read_again() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(with_etags(api))
        source, _ = await read(api.url, Clock().options())
        api.services[119]["last_modified"] = "2026-02-02T00:00:00Z"
        again, items = await read(api.url, Clock().options(conditional=source.validators))
        assert (again.not_modified, again.complete, len(items)) == (False, True, 120)


async def test_a_list_that_does_not_say_when_services_changed_is_always_read() -> None:
    async with OrukApi([{"id": "example", "name": "Example"}]) as api:
        api.rules.append(with_etags(api))
        source, _ = await read(api.url, Clock().options())
        assert (source.complete, source.validators) == (True, {})


async def test_what_changed_since_is_asked_for_only_when_told_and_is_never_complete() -> None:
    async with OrukApi(example_services(2)) as api:
        source, items = await read(api.url, Clock().options(modified_after="2026-01-01T00:00:00Z"))
        assert (len(items), source.complete) == (2, False)
        assert all(request.query["modified_after"] for request in api.asked("/services"))


async def test_an_api_that_minds_modified_after_is_read_without_it() -> None:
    async with OrukApi(example_services(2)) as api:
        api.rules.append(
            lambda r: json_response({}, 400) if "modified_after" in r.query and r.page == 1 else None
        )
        _, items = await read(api.url, Clock().options(modified_after="2026-01-01T00:00:00Z"))
        assert len(items) == 2


async def test_an_api_that_minds_the_size_of_a_page_gives_its_own() -> None:
    async with OrukApi(example_services(60), page_size=20) as api:
        api.rules.append(lambda r: json_response({}, 422) if "per_page" in r.query else None)
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete) == (60, True)


async def test_a_query_in_the_address_goes_with_every_request() -> None:
    async with OrukApi(example_services(1)) as api:
        source, _ = await read(api.url + "?key=example", Clock().options())
        assert source.canonical.endswith("/api?key=example")
        assert all(request.query["key"] == "example" for request in api.requests)


async def test_what_is_no_api_is_refused() -> None:
    async with OrukApi([]) as api:
        with pytest.raises(SourceError) as error:
            await open_source(api.url + "/elsewhere", Clock().options())
        assert error.value.code == "refused"


async def test_an_empty_list_is_complete_and_empty() -> None:
    async with OrukApi([]) as api:
        source, items = await read(api.url, Clock().options())
        assert (items, source.complete) == ([], True)


@pytest.mark.shared
async def test_the_fake_speaks_as_the_standard_s_examples_do(shared: Path) -> None:
    """The envelope of version 3 by its example, that of version 1 by the names in its page."""
    example = json.loads((shared / "specs" / "oruk-v3" / "examples" / "service_list.json").read_text())
    async with OrukApi(example["contents"]) as api:
        assert {name: type(value) for name, value in api.envelope(1, 50).items()} == {
            name: type(value) for name, value in example.items()
        }
    v1 = (shared / "specs" / "oruk-v1" / "empty_page.json").read_text()
    async with OrukApi([], profile="v1") as api:
        assert [name for name in api.envelope(1, 50) if f'"{name}"' not in v1] == []


@pytest.mark.shared
async def test_the_standard_s_own_service_comes_through_an_api_unchanged(shared: Path) -> None:
    full = json.loads((shared / "specs" / "oruk-v3" / "examples" / "service_full.json").read_text())
    async with OrukApi([full]) as api:
        _, items = await read(api.url, Clock().options())
        assert [item.document for item in items] == [full]
