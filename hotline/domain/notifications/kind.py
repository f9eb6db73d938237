"""Kinds of notifications, and what a person chose for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.notifications.notification import MAIL
from hotline.domain.time import SHANGHAI


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """`demanded`: a rule demands that it is told: nobody switches it off, and no quiet hours hold it back. `to_do`:
    somebody has to do something, so that an absent person's deputy is told too. `mail`, `chat`: whether it goes out by
    these ways where a person has not chosen."""

    name: str
    demanded: bool = False
    to_do: bool = True
    mail: bool = True
    chat: bool = True


@dataclass(frozen=True, slots=True)
class Quiet:
    """From this time of day until that one nothing goes out; over midnight where `until` is not later."""

    starts: time
    until: time

    def end(self, now: datetime) -> datetime | None:
        """When the quiet hours in which `now` lies are over; None outside of them."""
        if self.starts == self.until:
            return None
        day = local_day(now)
        length = timedelta(days=0 if self.starts < self.until else 1)
        for begins in (day - timedelta(days=1), day):
            first = datetime.combine(begins, self.starts, SHANGHAI)
            last = datetime.combine(begins + length, self.until, SHANGHAI)
            if first <= now < last:
                return last.astimezone(now.tzinfo)
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants to be told of a kind; `kind` "" holds for all without a choice of their own. Mail and chat:
    None as the kind has it."""

    person_id: int
    kind: str = ""
    mail: bool | None = None
    chat: bool | None = None
    quiet: Quiet | None = None


def chosen(kind: NotificationKind, choices: Iterable[Choice]) -> Choice:
    """What holds for this kind, of one person's choices."""
    by_kind = {each.kind: each for each in choices}
    own, whole = by_kind.get(kind.name), by_kind.get("")
    known = [each for each in (own, whole) if each is not None]
    if kind.demanded:
        return Choice(0, kind.name, True, True)
    return Choice(
        0,
        kind.name,
        next((each.mail for each in known if each.mail is not None), kind.mail),
        next((each.chat for each in known if each.chat is not None), kind.chat),
        next((each.quiet for each in known if each.quiet is not None), None),
    )


def goes_by(choice: Choice, way: str) -> bool:
    return bool(choice.mail if way == MAIL else choice.chat)


#: Seconds.
_LONGEST_PAUSE = 3600


def pause_before(attempt: int, first: int) -> timedelta:
    """Until the try after this many."""
    return timedelta(seconds=min(first * 2 ** max(attempt - 1, 0), max(_LONGEST_PAUSE, first)))
