"""Each line's state in AstDB, by which Asterisk routes calls while our IVR is away.

The dialplan's safe way reads it; see [hl-safe] in config/asterisk/extensions.conf.j2. `until` and `then` let it turn
with the calendar even when nobody of ours is left to write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hotline.domain.errors import PbxError
from hotline.domain.line.routing import LineState
from hotline.domain.reasons import Reason, because
from hotline.services.alerts import set_alert
from hotline.services.line.alert_kinds import PBX
from hotline.services.line.lost_mobiles import lost_keys, write_lost
from hotline.services.line.pbx_clock import asterisk_epoch, clock_ahead
from hotline.services.line.routing import LineShown, lines_shown
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.transaction import Storage

FAMILY = "hotline"
RENEW = timedelta(minutes=5)

#: Keys and values, in the order of writing.
Values = tuple[tuple[str, str], ...]


class LinesInAstdb:
    """Writes what has changed since it last wrote, and now and then all of it: AstDB outlives a restart of Asterisk,
    but not the loss of its file."""

    def __init__(self, storage: Storage, pbx: Pbx, settings: Callable[[], Settings]) -> None:
        self._storage, self._pbx, self._settings = storage, pbx, settings
        self._written: dict[str, Values] = {}
        self._lost: frozenset[str] | None = None
        self._whole_at: datetime | None = None
        self._trouble: Reason | None = None
        self._told = False

    def write(self, now: datetime) -> bool:
        """Write the state of now. False when Asterisk was not reached, which is an alert until it is.

        Raises StorageError.
        """
        settings = self._settings()
        trouble = self._write(lines_shown(self._storage, settings, now), now)
        # It is asked every few seconds: what is known to stand there is not written again.
        if not self._told or trouble != self._trouble or trouble:
            with self._storage.writing() as tx:
                set_alert(tx, PBX, settings.site.node, trouble, now)
        self._trouble, self._told = trouble, True
        return not trouble

    def _write(self, lines: Sequence[LineShown], now: datetime) -> Reason | None:
        """What went wrong, None for nothing."""
        try:
            ahead = clock_ahead(self._pbx, now)
            whole = self._whole_at is None or not timedelta() <= now - self._whole_at < RENEW
            for shown in lines:
                self._put(shown.line, line_values(shown.state, ahead), whole)
            self._put_lost(lost_keys(self._storage), whole)
        except PbxError as error:
            return because("asterisk.line_state_not_told", why=error.reason)
        if whole:
            self._whole_at = now
        return None

    def _put_lost(self, keys: frozenset[str], whole: bool) -> None:
        """A2: whom no call rings any more, not even one that is on its way."""
        if keys != self._lost or whole:
            self._lost = None
            write_lost(self._pbx, keys)
            self._lost = keys

    def _put(self, line: str, values: Values, whole: bool) -> None:
        if values == self._written.get(line) and not whole:
            return
        self._written.pop(line, None)
        for key, value in values:
            self._pbx.database_put(FAMILY, f"{line}/{key}", value)
        self._written[line] = values


def line_values(state: LineState, ahead: timedelta = timedelta()) -> Values:
    """A line's keys and values in the order in which they must be written. `ahead`: how far Asterisk's clock is ahead
    of ours.

    A call may read between two of them. With `mode` before `until` before `then`, what it reads is either the old
    state or the new: a `mode` whose `until` is over yields to `then`, which is still the old one's, and equal.
    """
    return (
        ("duty", "-".join(duty.number for duty in state.duty)),
        ("mode", _word(state.open)),
        ("until", asterisk_epoch(state.until, ahead) if state.until else "0"),
        ("then", _word(state.then_open)),
    )


def _word(is_open: bool) -> str:
    return "open" if is_open else "closed"
