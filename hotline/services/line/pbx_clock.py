"""Moments by Asterisk's own clock, the only one that the dialplan can compare with.

Asterisk may run on another machine, whose clock is off, and our own clock may have been set: what is told to the
dialplan turns at the right moment all the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.services.pbx import Pbx

#: Clocks nearer to each other than this count as one. What is told would else change by a second each time.
SAME = timedelta(seconds=5)


def clock_ahead(pbx: Pbx, now: datetime) -> timedelta:
    """How far Asterisk's clock is ahead of ours, in whole seconds; nothing within SAME. Raises PbxError."""
    ahead = pbx.clock_ahead(now)
    return timedelta() if abs(ahead) < SAME else timedelta(seconds=round(ahead.total_seconds()))


def asterisk_epoch(moment: datetime, ahead: timedelta) -> str:
    """`moment` in seconds since 1970 as a clock shows it that is `ahead` of ours, as the dialplan's EPOCH does."""
    return str(int((moment + ahead).timestamp()))
