"""[backups]: when backups are made, where they lie, and how many are kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class BackupSettings(Section):
    nightly: bool
    hour: Annotated[int, Field(ge=0, le=23)]
    keep: Annotated[int, Field(ge=1, le=1000)]
    folder: Annotated[str, Field(max_length=300, pattern=r"^(/.*)?$")]
    drill_days: Annotated[int, Field(ge=0, le=366)]
    old_hours: Annotated[int, Field(ge=1, le=8784)]
    passphrase: Annotated[str, Field(max_length=200)]
