"""Ways out of the house: what brings a text to an address, and in which words something is said."""

from __future__ import annotations

from typing import Protocol

from hotline.domain.notifications.notification import Notification, Outcome, Text


class Gateways(Protocol):
    """For any thread. Never raises, and comes back within a time of its own."""

    def mail(self, address: str, text: Text) -> Outcome: ...

    def post(self, url: str, text: Text) -> Outcome:
        """To an address as Apprise writes it."""


class Wording(Protocol):
    def said(self, told: Notification, language: str) -> str:
        """In one line what is told, in that language ("zh", "en")."""

    def several(self, count: int, language: str) -> str:
        """The heading of so many at once."""
