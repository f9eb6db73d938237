"""An alert: something that somebody has to attend to."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody has to see to; one open alert a (kind, object). `detail` says it in English, `arguments` are what
    the screens say it with in the reader's language."""

    kind: str
    object: str
    detail: str
    raised_at: datetime
    cleared_at: datetime | None = None
    id: int | None = None
    arguments: Mapping[str, builtins.object] = field(default_factory=dict, hash=False)
