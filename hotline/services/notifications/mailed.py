"""Files that go along with the mail of a notification: `FILES` in services/<feature>/mailed_files.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hotline.discovery import gathered, together
from hotline.domain.notifications.notification import MailFile, Notification
from hotline.settings import Settings
from hotline.storage.transaction import Storage

#: Of this notification, for this address, in this language ("zh", "en"). It reads by itself: nothing is locked.
MakeFiles = Callable[[Storage, Settings, Notification, str, str], Sequence[MailFile]]


@dataclass(frozen=True)
class MailedFiles:
    """What a feature tells: how files are made, by the kind of notification that they go along with."""

    of_kind: Mapping[str, MakeFiles]


@cache
def _makers() -> Mapping[str, MakeFiles]:
    told = gathered("hotline.services", "mailed_files", "FILES", MailedFiles)
    return together(each.of_kind for each in told)


def files_of(
    storage: Storage, settings: Settings, told: Sequence[Notification], address: str, language: str
) -> tuple[MailFile, ...]:
    """Of all that go out in one mail."""
    makers = ((_makers().get(each.kind), each) for each in told)
    return tuple(
        file for make, each in makers if make is not None for file in make(storage, settings, each, address, language)
    )
