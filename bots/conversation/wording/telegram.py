"""The few sentences that only Telegram needs."""

from __future__ import annotations

from typing import Final

SEND_LOCATION: Final = "Send where I am"
TYPE_PLACE: Final = "Or type a postcode or a town"
IN_PRIVATE: Final = "Send where I am, in a private chat"
SAY_MORE: Final = "Tell me what, and where. Tap to talk with me"

COMMANDS: Final = {
    "near": "Find something: /near food bank SE24",
    "help": "What I can do",
    "settings": "Where home is, and how far you go",
    "mydata": "See all I hold about you",
    "forget": "Erase all I hold about you",
    "stop": "Stop messages from me",
    "start": "Start, or turn messages on again",
}
"""Commands with what they do, in the order in which Telegram lists them."""
SHORT: Final = "I find help and things to do near you, from your local directory."
ABOUT: Final = (
    "I find help and things to do near you: food banks, advice, clubs, libraries and more.\n\n"
    'Tell me what you need and where. For example: "food bank near BS5".\n\n'
    "In an emergency, ring 999."
)
"""What Telegram shows before the first message."""
