"""Reading an ORUK API that lies, stalls, floods, asks to wait or leads elsewhere."""

from __future__ import annotations

import asyncio

import pytest

from directory.feeds.sources.opening import open_source
from directory.feeds.sources.source import SourceError
from tests.fakes import oruk_misbehaving as bad
from tests.fakes.oruk_api import OrukApi, Response, example_services, json_response
from tests.integration.feeds.sources.reading import Clock, batches_of, codes, ids, items_of, read

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("total", [31, 1000, 0])
async def test_wrong_totals_lose_nothing(total: int) -> None:
    async with OrukApi(example_services(128), total=total) as api:
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete) == (128, True)
        assert codes(source) == (["fewer_than_said"] if total == 1000 else [])


async def test_pages_that_all_claim_to_be_the_last_lose_nothing() -> None:
    async with OrukApi(example_services(128)) as api:
        api.rules.append(bad.says_it_is_last(api))
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete) == (128, True)


async def test_the_same_page_for_ever_ends_and_is_never_complete() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(bad.same_page_for_ever(api))
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete, codes(source)) == (50, False, ["repeated_page"])
        assert len(api.asked("/services")) == 2


async def test_a_list_on_one_page_that_ignores_page_numbers_is_complete() -> None:
    async with OrukApi(example_services(20)) as api:
        api.rules.append(bad.same_page_for_ever(api))
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete) == (20, True)


async def test_new_pages_for_ever_end_at_the_cap() -> None:
    async with OrukApi([]) as api:
        api.rules += [bad.new_pages_for_ever, lambda r: json_response({"id": r.path.rpartition("/")[2]})]
        source, items = await read(api.url, Clock().options(max_pages=4))
        assert (len(items), source.complete, codes(source)) == (20, False, ["too_many_pages"])


async def test_a_list_that_slips_while_it_is_read_is_looked_through_again() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(bad.slips_by_one(api))
        source, items = await read(api.url, Clock().options())
        assert set(ids(items)) == {f"example-{number}" for number in range(1, 121)}
        assert len(items) == 120
        assert source.complete


async def test_totals_that_change_with_every_page_lose_nothing() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(bad.total_of_what_is_left(api))
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete, codes(source)) == (120, True, ["moved_while_read"])


async def test_retry_after_in_seconds_is_honoured() -> None:
    clock = Clock()
    async with OrukApi(example_services(3)) as api:
        api.rules.append(bad.on("/services/example-2", bad.first(2, bad.asks_to_wait("7"))))
        source, items = await read(api.url, clock.options())
        assert (len(items), source.complete) == (3, True)
        assert clock.slept.count(7.0) == 2


async def test_retry_after_as_a_date_counts_from_the_date_of_the_answer() -> None:
    clock = Clock()
    wait = bad.asks_to_wait("Wed, 21 Oct 2026 07:28:30 GMT", Date="Wed, 21 Oct 2026 07:28:00 GMT")
    async with OrukApi(example_services(1)) as api:
        api.rules.append(bad.first(1, wait))
        source, _ = await read(api.url, clock.options())
        assert source.complete
        assert 30.0 in clock.slept


async def test_a_publisher_who_asks_for_an_hour_is_left_for_another_day_and_gone_on_with() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(bad.on("/services/example-60", bad.first(1, bad.asks_to_wait("3600"))))
        source = await open_source(api.url, Clock().options())
        batches = await batches_of(source)
        assert (source.complete, codes(source)) == (False, ["asked_to_wait", "gave_up"])
        assert source.problems[0].detail == "3600"
        again = await open_source(api.url, Clock().options())
        rest = await items_of(again, batches[-1].progress)
        assert len(rest) + sum(len(batch.items) for batch in batches) == 120


async def test_a_passing_failure_is_tried_again_with_growing_pauses() -> None:
    clock = Clock()
    async with OrukApi(example_services(1)) as api:
        api.rules.append(bad.on("/services/example-1", bad.first(3, Response(503))))
        _, items = await read(api.url, clock.options())
        assert ids(items) == ["example-1"]
        assert [seconds for seconds in clock.slept if seconds] == [1, 2, 4]


async def test_a_service_that_can_t_be_had_is_unreachable_and_nothing_has_vanished() -> None:
    async with OrukApi(example_services(3)) as api:
        api.rules.append(bad.on("/services/example-2", bad.always(Response(500))))
        source, items = await read(api.url, Clock().options())
        assert [(item.reason, item.service_id) for item in items][1] == ("unreachable", "example-2")
        assert (len(items), source.complete, codes(source)) == (3, False, ["failing"])


async def test_an_api_that_fails_for_every_service_is_given_up() -> None:
    async with OrukApi(example_services(45)) as api:
        api.rules.append(lambda r: Response(500) if r.path.startswith("/api/services/") else None)
        source, items = await read(api.url, Clock().options(attempts=2))
        assert (items, source.complete) == ([], False)
        assert "gave_up" in codes(source)
        assert len(api.requests) < 40


async def test_a_body_of_two_gigabytes_is_left_off_early() -> None:
    async with OrukApi(example_services(2)) as api:
        api.rules.append(lambda r: bad.endless_body() if r.path.endswith("/example-1") else None)
        _source, items = await read(api.url, Clock().options())
        assert [item.reason for item in items] == ["too_large", ""]
        assert api.sent < 16 * MEGABYTE


async def test_a_list_of_two_gigabytes_is_refused() -> None:
    async with OrukApi([]) as api:
        api.rules.append(lambda _: bad.endless_body())
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options(max_response_bytes=2 * MEGABYTE))
        assert error.value.code == "too_large"
        assert api.sent < 16 * MEGABYTE


async def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    async with OrukApi([]) as api:
        api.rules.append(bad.always(json_response({"contents": ["x" * 3000]})))
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options(max_response_bytes=2000))
        assert error.value.code == "too_large"


async def test_a_bomb_is_not_unpacked() -> None:
    async with OrukApi([]) as api:
        api.rules.append(bad.always(bad.bomb()))
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options(max_response_bytes=MEGABYTE))
        assert error.value.code == "too_large"


@pytest.mark.parametrize("slow", [bad.stall, bad.drip])
async def test_an_answer_that_stalls_or_drips_ends_with_its_time(slow: bad.Slow) -> None:
    async with OrukApi([]) as api:
        api.rules.append(lambda _: slow())
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options(deadline=0.2, attempts=1))
        assert error.value.code == "too_slow"


async def test_a_server_that_hangs_up_is_unreachable() -> None:
    async with OrukApi([]) as api:
        url = api.url
    with pytest.raises(SourceError) as error:
        await open_source(url, Clock().options(attempts=2))
    assert error.value.code == "unreachable"


async def test_a_page_for_people_is_not_an_api() -> None:
    async with OrukApi([]) as api:
        api.rules.append(bad.always(bad.html_error_page()))
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options())
        assert (error.value.code, error.value.detail) == ("not_an_api", "not_json")


async def test_a_page_for_people_in_the_middle_of_a_list_leaves_the_reading_incomplete() -> None:
    async with OrukApi(example_services(120)) as api:
        api.rules.append(lambda r: bad.html_error_page() if r.page == 2 else None)
        source, items = await read(api.url, Clock().options())
        assert (len(items), source.complete, codes(source)) == (50, False, ["not_an_api"])


async def test_a_service_that_is_not_json_is_reported_and_the_rest_goes_on() -> None:
    async with OrukApi(example_services(2)) as api:
        api.rules.append(bad.on("/services/example-1", bad.always(bad.html_error_page())))
        _, items = await read(api.url, Clock().options())
        assert [item.reason for item in items] == ["not_json", ""]
        assert b"maintenance" in items[0].raw


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("file:///etc/passwd", "not_http"),
        ("ftp://example.org/", "not_http"),
        ("http://user:secret@example.org/", "user_in_address"),
        ("http://[example", "bad_address"),
    ],
)
async def test_a_redirect_to_what_is_no_feed_is_refused(target: str, code: str) -> None:
    async with OrukApi([]) as api:
        api.rules.append(bad.redirect(target))
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options())
        assert error.value.code == code


async def test_a_redirect_is_followed_by_hand_and_only_so_often() -> None:
    async with OrukApi(example_services(1)) as api:
        api.rules.append(
            lambda r: (
                Response(301, {"Location": "/api" + r.target[4:]}) if r.path.startswith("/old/") else None
            )
        )
        source, items = await read(api.url.replace("/api", "/old"), Clock().options())
        assert (ids(items), source.complete) == (["example-1"], True)
        api.rules.append(bad.redirect("/api/round"))
        with pytest.raises(SourceError) as error:
            await open_source(api.url, Clock().options())
        assert error.value.code == "too_many_redirects"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 100_000,
        b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe",
    ],
)
async def test_an_answer_that_is_none_is_refused(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(SourceError):
            await open_source(f"http://127.0.0.1:{port}/api", Clock().options(attempts=1))
