"""The few sentences that only a terminal needs."""

from __future__ import annotations

WELCOME = (
    "Hello. I find help and things to do near you.\n"
    'Tell me what you need and where, for example "library near SE24".\n'
    'Type "bye" to stop.'
)
GOODBYE = "Goodbye."
SAMPLES = (
    "library near SE24 open on Saturday",
    "food bank in LS9",
    "my mum is lonely SE24",
)
GO_ON = (
    'Ask your own: nearby ask "library near LS9"\n'
    "Put more records in: nearby import FILE\n"
    "Talk with it: run the same command in a terminal."
)
NOTHING_KEPT = (
    "Here in the terminal nothing is kept: what you type is gone when you leave.\n"
    "There is nothing to set, to stop or to erase. Just ask me what you need."
)
"""What is said to /settings, /stop, /forget and /mydata."""
