"""The few sentences that only a web page needs."""

from __future__ import annotations

from typing import Final

NAME: Final = "Nearby"
TITLE: Final = "Find help and things to do near you"
WELCOME: Final = "Hello. Tell me what you need and where. I will look for places near you."
ASK: Final = "What do you need, and where?"
HINT: Final = 'For example "food bank near SE24". A postcode or a town will do.'
SEND: Final = "Send"
START_AGAIN: Final = "Start again"
SAY_START_AGAIN: Final = "start again"
HERE: Final = "Use my location"
HERE_SAID: Final = "Near where I am"
LOOKING: Final = "Looking…"
YOU: Final = "You said:"
ANSWER: Final = "Nearby says:"
LOG: Final = "Our talk"
TRY: Final = "Try one of these"
EXAMPLES: Final = (
    ("Food bank", "food bank"),
    ("Company", "I feel lonely"),
    ("Library", "library"),
    ("Money worries", "debt advice"),
    ("Fun for children", "things to do for children"),
    ("Warm place", "warm space"),
)
"""What can be tapped before anything was typed: the label, and what is then said."""
OPEN_CHAT: Final = "Find help near you"
CLOSE_CHAT: Final = "Close"
WHOLE_PAGE: Final = "Open this on its own page"
SKIP: Final = "Go to the question"

RING: Final = "Ring {phone}"
WEBSITE: Final = "Website"
EMAIL: Final = "E-mail"
OF: Final = "about {name}"
NEW_TAB: Final = "opens a new tab"

MADE_UP: Final = "These places are made up, to try this with. Do not go there."
PRIVACY: Final = "Do not write your name or what is private. I do not keep what you write. I use no cookies."
URGENT: Final = "In danger now?"
TALK: Final = "Need to talk?"
SAMARITANS: Final = "Ring Samaritans on 116 123, free, day and night."

LOST_ROOM: Final = "It has been a while, so I have started again."
PROBLEMS: Final = {
    "too_long": "That is too long for me. Please say it in fewer words.",
    "too_fast": "That was a lot at once. Please wait a moment, then try again.",
    "unreadable": "I could not read that. Please try again.",
    "not_allowed": "I do not take that from you.",
    "not_found": "There is no such page.",
    "broken": "Something went wrong here. Please try again in a moment.",
    "offline": "I can not be reached just now. Please try again.",
    "no_place": "I could not find out where you are. Please type a postcode or a town.",
    "late": "This takes longer than it should. Please try again in a moment.",
}
"""What went wrong, by code, and what to do."""
BACK: Final = "Go to the chat"
