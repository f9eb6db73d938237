"""[customers]: which levels there are besides the usual one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hotline.settings.base import Identifier, Section


class CustomerLevel(Section):
    """`queue_priority`: how far before others they wait; `queue`: the ring group that takes them in place of the one
    that they chose, "" for that one."""

    name: Annotated[str, Field(min_length=1, max_length=32)]
    queue_priority: Annotated[int, Field(ge=0, le=9)]
    queue: str


class CustomerSettings(Section):
    levels: dict[Identifier, CustomerLevel]
