"""Messages to people who have no page open."""

from __future__ import annotations

from typing import Protocol


class Notices(Protocol):
    def send(self, title: str, text: str) -> None:
        """To everybody whom [notices] urls names. Raises NoticeError when one of them was not reached."""
