"""What stands on buttons, on every channel that has some."""

from __future__ import annotations

from typing import Final

OPEN_NOW: Final = "Open now"
FURTHER: Final = "Further away"
BACK: Final = "Back"
TO_LIST: Final = "Back to the list"
WRONG: Final = "This is wrong"
MAP: Final = "Map"
MORE_ABOUT: Final = "Tell me more"
