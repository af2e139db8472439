"""What asks for nothing, however it is typed; and what must not be taken for that."""

from __future__ import annotations

import pytest

from bots.conversation import manners
from bots.conversation.manners import Move

SAID = {
    Move.THANKS: """
cheers ur a star
ok ta thats great
thanks so much ur a lifesaver
brilliant ta love
cheers m8
thx hun x
ty so much xx
that's lovely thank you so much
amazing thank u
aw thats really nice of you
you're a legend mate cheers
bloody brilliant
god bless you
no thanks
much appreciated pal
ok thats all thanks
great help ta
thanks for your help
ta very much duck
""",
    Move.RUDE: """
this is rubbish you useless thing
ur useless
useless bot
what a load of crap
this is a joke
not helpful at all mate
you are no good
stupid machine
total waste of time
omg this is shite
thats no help
bloody useless
u r so annoying
fuck off
f**k you
""",
    Move.HELP: """
wot is this
wots this
what is this then
whats this for
wat can u do
how does dis work
what do u do
hi what is this
huh
i need help
pls help
please help me
im confused
how do i use this
what do i type
can u help me pls
hello can you help
help plz
""",
    Move.WHO: """
who r u
r u a robot
are u real
can i talk to a person pls
""",
    Move.GREETING: """
hiya
hi there
hello you
heya mate
hey bot how are you doing today
hi hi hi
yo
""",
    Move.GOODBYE: """
bye then
thanks bye
ok cya
""",
}
NO_MANNERS = """
i feel awful
im useless
i feel rubbish
im so stupid
im not good
i am pathetic
food bank
i hate myself
library
help with debt
great yarmouth library
nice cafe
help my mum
im not great
"""


@pytest.mark.parametrize(
    ("text", "move"), [(text, move) for move, texts in SAID.items() for text in texts.strip().splitlines()]
)
def test_a_short_message_of_such_words_alone_is_heard(text: str, move: Move) -> None:
    """In any order, in text-speak too."""
    assert manners.find(text) == manners.Said(move)


@pytest.mark.parametrize("text", NO_MANNERS.strip().splitlines())
def test_what_somebody_needs_or_feels_is_no_small_talk(text: str) -> None:
    """A need, or what somebody thinks of themselves, is never answered as rudeness or thanks."""
    assert manners.find(text) is None


def test_no_word_has_two_moods() -> None:
    """Each word says one thing."""
    moods = {name: words for name, words in manners._moods().items() if name not in ("any", "thanking")}
    names = list(moods)
    shared = [
        (one, other, moods[one] & moods[other])
        for one in names
        for other in names
        if one < other and moods[one] & moods[other]
    ]
    assert shared == []
