"""An alert: something that somebody has to attend to."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody has to see to; one open alert a (kind, object). `detail` is for the log; `arguments` hold the
    reason that it was raised with, which hotline.services.alerts.reason_of reads."""

    kind: str
    object: str
    detail: str
    raised_at: datetime
    cleared_at: datetime | None = None
    id: int | None = None
    arguments: Mapping[str, builtins.object] = field(default_factory=dict, hash=False)
