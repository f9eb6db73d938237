"""A definition of a kind that cannot be used: which file, which key, and what was expected there."""

from __future__ import annotations

from hotline.domain.errors import Refused


class WrongKind(Refused):
    """`source`: the file or the version; `key` like act[3].right."""

    def __init__(self, source: str, key: str, expected: str) -> None:
        super().__init__("cases.wrong_kind", source=source, key=key, expected=expected)

    def __str__(self) -> str:
        return f"{self.values['source']}: {self.values['key']}: expected {self.values['expected']}"
