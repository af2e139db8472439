"""Values that are made when the first of their fields is read: ten are found, and often three are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class Late:
    """What a dataclass with slots is built upon so that it can be made later."""

    __slots__ = ("_work",)

    @classmethod
    def later(cls, work: Callable[..., Self], *given: Any) -> Self:
        """One that is `work(*given)` as soon as it is looked at; it is asked once."""
        one = cls.__new__(cls)
        object.__setattr__(one, "_work", (work, given))
        return one

    if not TYPE_CHECKING:  # fields are checked as those of any dataclass

        def __getattr__(self, name: str) -> object:
            """Called for a slot that is empty: fill them all."""
            kind = type(self)
            if name not in kind.__slots__:
                raise AttributeError(name=name, obj=self)
            work, given = object.__getattribute__(self, "_work")
            made = work(*given)
            for slot in kind.__slots__:
                object.__setattr__(self, slot, getattr(made, slot))
            object.__delattr__(self, "_work")
            return object.__getattribute__(self, name)
