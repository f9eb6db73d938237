"""Who visits, and when each of them may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hotline.domain.accounts.user import User
from hotline.domain.interval import Interval
from hotline.domain.people import Role
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.given import VISITORS, VISITORS_OTHERWISE
from hotline.domain.visits.sharing import meeting
from hotline.domain.visits.visit import Visit, VisitWay
from hotline.services.calendar import work_calendar
from hotline.services.calling_hours import calling_hours
from hotline.services.work_plan import working_spans
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.transaction import Transaction

#: So far ahead it is looked when somebody works.
LOOKED_AHEAD = timedelta(days=40)


def tiers(tx: Transaction, settings: Settings, now: datetime) -> list[list[str]]:
    """User names: whoever visits; where none of them may, those who supervise, then those who administer (E5)."""
    users = [each for each in UserStore(tx).all() if each.may_enter(now) and may_visit(each)]
    named = set(settings.visits.visitors)
    first = [each for each in users if (each.username in named if named else _has(each, VISITORS))]
    return [_names(first), *(_names([each for each in users if _has(each, roles)]) for roles in VISITORS_OTHERWISE)]


def may_visit(user: User) -> bool:
    """Whether a visit can be given to them."""
    return may(Act.MAKE_VISIT, user.roles, {Tie.OWNS})


class Availability:
    """When people work and the customers of a line may be called: asked once for many visits."""

    def __init__(self, tx: Transaction, settings: Settings, now: datetime) -> None:
        self._tx, self._settings, self._now = tx, settings, now
        self._works: dict[str, list[Interval]] = {}
        self._calls: dict[str, list[Interval]] = {}
        self._both: dict[tuple[str, str], list[Interval]] = {}

    def of(self, visit: Visit, usernames: Sequence[str]) -> dict[str, list[Interval]]:
        """When each of them may make it: what is not dialled needs no calling hours."""
        missing = [each for each in usernames if each not in self._works]
        if missing:
            until = self._now + LOOKED_AHEAD
            self._works |= working_spans(self._tx, self._settings, missing, self._now, until)
        if visit.way is not VisitWay.CALL:
            return {each: self._works[each] for each in usernames}
        return {each: self._meeting(each, visit.line) for each in usernames}

    def _meeting(self, username: str, line: str) -> list[Interval]:
        found = self._both.get((username, line))
        if found is None:
            found = self._both[username, line] = meeting(self._works[username], self._callable(line))
        return found

    def _callable(self, line: str) -> list[Interval]:
        found = self._calls.get(line)
        if found is None:
            until, found = self._now + LOOKED_AHEAD, []
            hours = calling_hours(self._settings, line)
            for span in hours.spans_from(self._now, work_calendar(self._settings, line)):
                if span.starts_at >= until:
                    break
                found.append(span)
            self._calls[line] = found
        return found


def _has(user: User, roles: Sequence[Role]) -> bool:
    return any(each in user.roles for each in roles)


def _names(users: Sequence[User]) -> list[str]:
    return sorted(each.username for each in users)
