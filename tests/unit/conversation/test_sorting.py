"""Records sorted into needs by what they say. All of them are invented examples."""

from __future__ import annotations

import pytest

from bots.conversation import cues, lexicon, sorting
from directory.search.sorting import Strength, Told, sentences
from directory.search.stemming import stems

SURE, LIKELY, PERHAPS = Strength


def told(name: str, description: str = "", *terms: str, eligibility: str = "", by: str = "") -> Told:
    """What a record says."""
    return Told(stems(name), sentences(description), stems(eligibility), stems(by), terms)


def needs_of(*said: str, eligibility: str = "", by: str = "") -> dict[str, Strength]:
    """The needs of a record that says this."""
    return dict(sorting.sort(told(*said, eligibility=eligibility, by=by)))


@pytest.mark.parametrize(
    ("said", "need"),
    [
        (("Example Trust", "", "food banks"), "food_bank"),
        (("Example Trust", "", "emergency food bank provision"), "food_bank"),
        (("Northside Food Bank", ""), "food_bank"),
        (("The Example Store", "We give out food parcels to families."), "food_bank"),
        (("Kettle On", "A choir for people who think they cannot sing."), "choir"),
        (("The Old Hall", "Debt advice on Tuesdays. Bring your letters."), "debt"),
    ],
)
def test_is_sure_of_what_is_said_plainly(said: tuple[str, ...], need: str) -> None:
    """A term that means it or has its words, the name, or the description."""
    assert needs_of(*said)[need] is SURE


def test_what_is_taken_back_does_not_count() -> None:
    """Who says that there is no food bank is not one."""
    assert "food_bank" not in needs_of("Example Lunch", "This is not a food bank.")
    assert "food_bank" not in needs_of("Example Lunch", "We do not offer food parcels.")
    assert needs_of("Example Lunch", "We do not mind. Food parcels every day.")["food_bank"] is SURE


def test_what_is_to_be_had_elsewhere_counts_little() -> None:
    """A place that sends people on, or that stands beside another, is not that place."""
    sent_on = needs_of("Example Centre", "We can refer you to the food bank.")
    assert sent_on.get("food_bank") is not SURE
    assert needs_of("Example Choir", "We sing behind the library.").get("library") is not SURE


def test_where_it_is_says_nothing_of_what_it_is() -> None:
    """A street may be called after a market."""
    assert "events" not in needs_of("Market Street Choir", "Songs.")
    assert cues.weights(stems("Market Street Choir"), is_name=True) == [cues.STREET, cues.STREET, 1.0]


def test_part_of_something_more_particular_counts_little() -> None:
    """A collection of garden waste is no gardening."""
    held = needs_of("Example Council", "Garden waste collection.")
    assert held["bins"] is SURE
    assert held.get("gardening") not in (SURE, LIKELY)


def test_words_that_are_scattered_count_less() -> None:
    """The same words together, in two sentences, and far apart in a long text."""
    near = sorting.evidence(told("Example", "Parcels of food."))["food_bank"]
    apart = sorting.evidence(told("Example", "Parcels are posted. No food on the bus."))["food_bank"]
    lost = sorting.evidence(told("Example", "Parcels. " + "Nothing is said. " * 60 + "Food."))
    assert near > apart > lost.get("food_bank", 0.0)


def test_the_best_served_come_first_and_never_many() -> None:
    """However much a record mentions."""
    everything = " ".join(entry.words[0] for entry in lexicon.needs().values())
    found = sorting.sort(told("Example Food Bank", everything))
    strengths = [strength for _, strength in found]
    assert len(found) <= sorting.MOST_SURE + sorting.MOST_OTHERS
    assert strengths == sorted(strengths, key=list(Strength).index)
    assert strengths.count(SURE) <= sorting.MOST_SURE


def test_whom_it_is_for_and_who_runs_it_say_something() -> None:
    """Less than the name or the description do."""
    assert needs_of("The Wednesday Table", "Tea.", eligibility="Unpaid carers").get("carers") is LIKELY
    assert "carers" not in needs_of("The Wednesday Table", "Tea.")


def test_what_serves_a_need_may_serve_the_wider_one() -> None:
    """Chess is looked for among social clubs too, after them."""
    found = needs_of("Example Chess Club", "")
    assert found["games"] is SURE
    assert found["social_clubs"] is not None


def test_a_record_that_says_nothing_serves_no_need() -> None:
    """Nothing is made up."""
    assert needs_of("Zymurgy Ltd", "Zymurgists.") == {}
    assert needs_of("", "") == {}


def test_the_fingerprint_is_that_of_the_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other words, other records: a directory that was sorted by them is sorted anew."""
    before = sorting.fingerprint()
    assert before == sorting.fingerprint()
    monkeypatch.setattr(lexicon, "written", lambda: b"other")
    assert sorting.fingerprint() != before
