"""What jobs do for settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.services.job import Job, Jobs, Parts
from hotline.services.settings.notices import notice
from hotline.settings import Settings


def _all(parts: Parts) -> Iterator[Job]:
    def noticed(now: datetime) -> str:
        return notice(parts.storage, parts.in_force.layers, now)

    yield Job("settings", 30, noticed)
    yield Job("prompts", 5, _Prompts(parts).build)


class _Prompts:
    """What callers hear follows the settings: Asterisk opens a file anew whenever it begins to play it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._built_for: Settings | None = None

    def build(self, now: datetime) -> str:
        """Make what is to sound otherwise by the settings in force; looked at once for each change of them."""
        settings = self._parts.settings
        if settings is self._built_for:
            return ""
        from greetings.build import build  # what it loads would slow down every command

        made = build(settings, self._parts.home).made
        self._built_for = settings
        return f"{len(made)} prompts made" if made else ""


JOBS = Jobs(_all)
