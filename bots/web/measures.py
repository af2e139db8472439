"""How the program fares, in figures that any monitoring reads; none of them is about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_FAST: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_SLOW: Final = (*_FAST, 10, 30, 60)


class Measures:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "nearby_requests", "Requests, by route and status.", ["route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "nearby_request_seconds", "Time to answer a request.", ["route"], registry=registry, buckets=_SLOW
        )
        self.events = Counter(
            "nearby_events", "Events that were settled, once each.", ["channel"], registry=registry
        )
        self.answers = Counter(
            "nearby_answers", "Answers given, by their kind.", ["channel", "kind"], registry=registry
        )
        self.answer_seconds = Histogram(
            "nearby_answer_seconds", "From taking an event up to its answer being queued.", ["channel"],
            registry=registry, buckets=_FAST,
        )  # fmt: skip
        self.search_seconds = Histogram(
            "nearby_search_seconds", "Time of one search of the directory.", registry=registry, buckets=_FAST
        )
        self._notices = Gauge(
            "nearby_notices", "Notices in the outbox, by state.", ["channel", "state"], registry=registry
        )
        self._waiting = Gauge("nearby_events_waiting", "Events that wait to be taken.", registry=registry)
        self._feed_age = Gauge(
            "nearby_feed_age_seconds", "Since a feed was last read.", ["feed"], registry=registry
        )

    def settled(self, channel: str, kind: str, seconds: float) -> None:
        """Count an event that was settled, by the kind of answer it got."""
        self.events.labels(channel).inc()
        self.answers.labels(channel, kind).inc()
        self.answer_seconds.labels(channel).observe(seconds)

    def exposition(
        self, notices: Mapping[tuple[str, str], int], waiting: int, feed_ages: Mapping[int, float]
    ) -> bytes:
        """All figures as text.

        Args:
            notices: how many by (channel, state).
            waiting: events that wait.
            feed_ages: seconds by feed id.
        """
        self._notices.clear()
        self._feed_age.clear()
        for (channel, state), count in notices.items():
            self._notices.labels(channel, state).set(count)
        self._waiting.set(waiting)
        for feed, age in feed_ages.items():
            self._feed_age.labels(str(feed)).set(age)
        return generate_latest(self.registry)
