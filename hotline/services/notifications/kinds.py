"""All kinds of notifications: each feature tells its own as `KINDS` in a module `notification_kinds` of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.notifications.kind import NotificationKind


@cache
def kinds() -> Mapping[str, NotificationKind]:
    """By name."""
    told = gathered("hotline.services", "notification_kinds", "KINDS", tuple)
    return together({kind.name: kind} for each in told for kind in each)


def kind_of(name: str) -> NotificationKind:
    """One of another version of the program goes out by all ways, and nothing holds it back."""
    return kinds().get(name) or NotificationKind(name)
