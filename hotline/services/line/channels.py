"""Whether the carrier has a channel left for the next caller: whom it turns away leaves no trace here (A1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.reasons import Reason, because
from hotline.domain.reports.channels import channels_of
from hotline.settings import Settings
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.transaction import Storage

#: So long after the last look that found all taken it is told on: a line that fills again and again is one trouble.
_TOLD_ON = timedelta(minutes=10)
_INSTANT = timedelta(microseconds=1)


class ChannelWatch:
    """One a process."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._full_at: datetime | None = None

    def look(self, storage: Storage, settings: Settings, now: datetime) -> Reason | None:
        """What is to be said while all channels are taken, and for a while after; None where nobody knows how many
        there are (trunk.max_channels)."""
        most = settings.trunk.max_channels
        if self._full_at is None or now - self._full_at >= _TOLD_ON or not most:
            self._since = self._full_at = None
        if most and taken_at(storage, settings, now) >= most:
            self._since, self._full_at = self._since or now, now
        return because("line.channels_full", most=most, since_at=self._since) if self._since else None


def taken_at(storage: Storage, settings: Settings, now: datetime) -> int:
    """Channels of the 400 line's trunk that calls take at this moment."""
    others = settings.numbers_of_other_trunks
    with storage.reading() as tx:
        lasting = [each.call for each in LiveCallStore(tx).in_progress()]
    spans = (span for each in lasting for span in channels_of(each, others, now + _INSTANT))
    return sum(start <= now < end for start, end in spans)
