"""The sections of recordings understood and examined."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Section


class Speech(Section):
    model: Annotated[str, Field(max_length=500)]
    workers: Annotated[int, Field(ge=0, le=64)]
    queue: Annotated[str, Field(pattern=r"^((redis|rediss|unix)://\S+)?$")]
    attempts: Annotated[int, Field(ge=1, le=20)]
