"""What is done on time for what callers hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from hotline.domain.calendar import local_day
from hotline.domain.errors import PbxError
from hotline.domain.prompts.announcement import Announcement
from hotline.domain.reasons import Reason, because, so_many
from hotline.services.alerts import Stands, keep_alerts
from hotline.services.job import Job, Jobs, Parts
from hotline.services.line.pbx_clock import asterisk_epoch, clock_ahead
from hotline.services.prompts.alert_kinds import EMERGENCY_LASTS
from hotline.services.prompts.in_force import chosen_now
from hotline.services.prompts.voice_jobs import SpokenAnew, install_asked
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.prompts.store import AnnouncementStore, PromptStore
from hotline.storage.transaction import Transaction

#: With the second after which the IVR looks again, what was chosen is heard within ten.
_SECONDS = 3
#: From then on it is asked whether it still has to be said.
OVERLONG = timedelta(hours=12)

#: What takes longer is gone on with in the next run: an announcement must not wait until a voice has spoken a hundred
#: prompts anew.
_MOST_SECONDS = 4.0

_FAMILY = "hotline"


def _all(parts: Parts) -> Iterator[Job]:
    yield Job("prompts", _SECONDS, Prompts(parts).build)
    yield Job("emergencies_to_astdb", _SECONDS, EmergenciesInAstdb(parts).write)
    yield Job("emergencies", 60, partial(_overlong, parts))
    anew = SpokenAnew(parts)
    yield Job("voices_installed", 10, partial(install_asked, parts))
    yield Job("prompts_spoken_anew", 10, anew.speak)
    yield Job("voice_watched", 60, anew.watch)


JOBS = Jobs(_all)


class Prompts:
    """What callers hear follows the settings, what was chosen for it, and the day: Asterisk opens a file anew whenever
    it begins to play it, so a call that hears the old one hears it to the end."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._built_for: tuple[Settings, int, tuple[int, ...], date] | None = None

    def build(self, now: datetime) -> Reason | None:
        """Make what is to sound otherwise; looked at once for each change."""
        parts, settings = self._parts, self._parts.settings
        with parts.storage.reading() as tx:
            newest = PromptStore(tx).newest()
            announced = tuple(each.id for each in AnnouncementStore(tx).standing(now))
        wanted = (settings, newest, announced, local_day(now))
        if self._built_for and self._built_for[0] is settings and self._built_for[1:] == wanted[1:]:
            return None
        from greetings.build import build  # what it loads would slow down every command

        chosen = chosen_now(parts.storage, settings, now)
        report = build(settings, parts.home, chosen=chosen, most_seconds=_MOST_SECONDS)
        self._built_for = None if report.left else wanted
        return so_many("prompts.made", len(report.made))


class EmergenciesInAstdb:
    """What Asterisk says by itself while our IVR is away: of each line the latest announcement and until when."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._written: dict[str, tuple[int, datetime] | None] = {}
        self._trouble: Reason | None = None

    def write(self, now: datetime) -> Reason | None:
        """What goes wrong is said once, not every few seconds while it lasts: each would be a row of the job."""
        found = self._write(now)
        said, self._trouble = (None if found == self._trouble else found), found
        return said

    def _write(self, now: datetime) -> Reason | None:
        parts = self._parts
        with parts.storage.reading() as tx:
            standing = AnnouncementStore(tx).standing(now)
        for line in parts.settings.lines:
            found = next((each for each in standing if each.is_for(line)), None)
            wanted = (found.id, found.ends_at) if found else None
            if line in self._written and self._written[line] == wanted:
                continue
            try:
                self._put(line, found, now)
            except PbxError as error:
                # The line's own state is not told either then, which is an alert.
                return because("prompts.not_told", why=error.reason)
            self._written[line] = wanted
        return None

    def _put(self, line: str, found: Announcement | None, now: datetime) -> None:
        """First that none stands: a call may read between two of them."""
        pbx = self._parts.pbx
        pbx.database_put(_FAMILY, f"{line}/emergency_until", "0")
        if found is not None:
            pbx.database_put(_FAMILY, f"{line}/emergency", str(found.id))
            until = asterisk_epoch(found.ends_at, clock_ahead(pbx, now))
            pbx.database_put(_FAMILY, f"{line}/emergency_until", until)


def _overlong(parts: Parts, now: datetime) -> None:
    keep_alerts(parts.storage, partial(_stands, now=now), now)


def _stands(tx: Transaction, now: datetime) -> list[Stands]:
    """An alert of each that has stood long, none of those that are over."""
    standing = {str(each.id): each for each in AnnouncementStore(tx).standing(now)}
    open_now = {alert.object for alert in AlertStore(tx).open() if alert.kind == EMERGENCY_LASTS}
    found: list[Stands] = [(EMERGENCY_LASTS, object, None) for object in sorted(open_now - set(standing))]
    for object, each in standing.items():
        if now - each.begins_at >= OVERLONG:
            since = because(
                "prompts.stands_long", words=each.words[:60], begins_at=each.begins_at, ends_at=each.ends_at
            )
            found.append((EMERGENCY_LASTS, object, since))
    return found
