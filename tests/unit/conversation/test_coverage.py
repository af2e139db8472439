"""What of a directory no phrase leads to."""

from __future__ import annotations

from bots.conversation.coverage import Coverage, leads_to_term, says


def test_knows_terms_by_name_and_by_their_words() -> None:
    """A term is led to by its name, or by words of a need within it."""
    assert leads_to_term("Food Bank")
    assert leads_to_term("Infant feeding support (including breastfeeding)")
    assert leads_to_term("Emergency food bank provision")
    assert not leads_to_term("Zymurgy")


def test_knows_what_a_description_says() -> None:
    """A description leads to a need by the words it has, whatever their endings."""
    assert says("Example parcels", "We hand out food parcels every Tuesday.")
    assert not says("Example Ltd", "Zymurgists.")


def test_counts_what_nothing_leads_to() -> None:
    """Terms and services without a need are counted; a service with one good term is found."""
    coverage = Coverage()
    coverage.add("Example pantry", "Tins.", ("Food bank", "Zymurgy"))
    coverage.add("Example brewers", "We meet.", ("Zymurgy",))
    coverage.add("Example parcels", "Food parcels for families.", ())
    coverage.add("Example nothing", "", ())
    assert (coverage.services, coverage.without) == (4, 2)
    assert coverage.terms == {"Zymurgy": 2}
    assert coverage.names == {"Example brewers": 1, "Example nothing": 1}
