"""What a person has to put right before anything can be measured."""

from __future__ import annotations


class Fault(Exception):
    """Says what is wrong and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}\n  {self.remedy}"
