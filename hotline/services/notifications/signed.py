"""Links that a notification carries to somebody who need not have an account: `SIGNED` in
services/<feature>/signed_links.py.

A link is made in the moment in which the notification is sent, to whom it is sent: only its hash is ever kept, so none
could be kept for later. Of one that is sent again the one before lets nobody in any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.notifications.notification import Notification
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: The address that is sent in place of the page of the notification; "" for none.
MakeLink = Callable[[Transaction, Settings, Notification, datetime], str]


@dataclass(frozen=True)
class SignedLinks:
    """What a feature tells: how a link is made, by the kind of notification that carries it."""

    of_kind: Mapping[str, MakeLink]


@cache
def signed_links() -> Mapping[str, MakeLink]:
    """Of all features."""
    told = gathered("hotline.services", "signed_links", "SIGNED", SignedLinks)
    return together(each.of_kind for each in told)


def signed_link(tx: Transaction, settings: Settings, told: Notification, now: datetime) -> str:
    """Of this notification; "" where its kind carries none, or none can be made."""
    make = signed_links().get(told.kind)
    return make(tx, settings, told, now) if make is not None and settings.web.public_url else ""
