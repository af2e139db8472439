"""What stands before what."""

from __future__ import annotations

import pytest

from directory.search import ranking
from directory.search.query import Openness
from directory.search.ranking import Parts


def _score(metres: float, *, fit: float = 1, open_: float = 1, fresh: float = 1, known: float = 1) -> float:
    return ranking.score(Parts(fit, ranking.nearness(metres, 0), open_, fresh, known))


def test_a_right_thing_round_the_corner_stands_before_one_miles_away() -> None:
    """Even if nothing is known of it but that it is the right thing."""
    unknown = ranking.OPEN_PARTS[Openness.UNKNOWN]
    assert _score(200, open_=unknown, fresh=0.6, known=0.5) > _score(3000)


def test_of_two_alike_the_one_known_to_be_open_comes_first() -> None:
    """And the fresher, and the one whose conditions are stated."""
    assert _score(500) > _score(450, open_=ranking.OPEN_PARTS[Openness.UNKNOWN])
    assert _score(500) > _score(450, fresh=0.6)
    assert _score(500) > _score(450, known=0.5)


@pytest.mark.parametrize(
    ("age", "part"), [(0, 1.0), (90, 1.0), (91, 0.9), (365, 0.8), (4000, 0.7), (-3, 1.0)]
)
def test_freshness_falls_with_the_age_of_the_assurance(age: int, part: float) -> None:
    """In steps that follow the guidance of three months."""
    assert ranking.freshness(739_000 - age, 739_000) == part


def test_what_was_never_assured_is_least_fresh() -> None:
    """An import is not an assurance."""
    assert ranking.freshness(None, 739_000) == 0.6


def test_words_in_the_name_fit_better_than_in_the_text() -> None:
    """And best where they are the name."""
    fits = [
        ranking.text_fit(("chess", "club"), name) for name in ("chess club", "old chess club", "chess", "x")
    ]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] == 1.0
    assert len(set(fits)) == 4


def test_the_more_ways_a_text_says_it_in_the_better_it_fits() -> None:
    """And in the name better still; never better than having the very term."""
    ways = (("chess",), ("board", "game"), ("draughts",))
    held = [frozenset(text.split()) for text in ("chess", "chess draughts", "chess draughts board game")]
    fits = [ranking.fit_in_ways(ways, "x", one) for one in held]
    fits.append(ranking.fit_in_ways(ways, "draughts night", held[1]))
    assert fits == sorted(set(fits))
    assert fits[0] == ranking.FIT_TEXT
    assert fits[-1] < ranking.FIT_TERM


def test_a_wide_place_lets_distance_count_for_less() -> None:
    """Everything in a town is near when the town was asked for."""
    assert ranking.nearness(3000, 5000) > ranking.nearness(3000, 0)


def test_a_single_loose_word_is_a_hint_and_a_name_or_two_words_are_more() -> None:
    """Tins alone may be for cats; a food parcel is what it says."""
    ways = (("food", "bank"), ("foodbank",), ("food", "parcel"), ("pantri",), ("tin",), ("hungri",))
    assert ranking.fit_in_ways(ways, "biscuit bowl", frozenset({"tin", "cat"})) == ranking.FIT_HINT
    assert ranking.fit_in_ways(ways, "town street", frozenset({"foodbank"})) >= ranking.FIT_TEXT
    assert ranking.fit_in_ways(ways, "town street", frozenset({"food", "parcel"})) >= ranking.FIT_TEXT
    assert ranking.fit_in_ways(ways, "town street", frozenset({"tin", "hungri"})) > ranking.FIT_TEXT
