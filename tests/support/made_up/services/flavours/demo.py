"""The simulation has flavours."""

from __future__ import annotations

from datetime import datetime

from hotline.services.demo import Demo, Stage

WRITTEN: list[str] = []


def _write(stage: Stage, now: datetime) -> None:
    WRITTEN.append(f"by {stage.by.name}")


DEMO = Demo(_write)
