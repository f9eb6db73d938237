"""[attachments]: files that are attached to log forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from hotline.domain.attachments.types import TYPES
from hotline.domain.reasons import Unfit
from hotline.settings.base import Section


def _known(type: str) -> str:
    if type not in TYPES:
        raise Unfit("attachments.unknown_type", got=type, known=tuple(TYPES))
    return type


class AttachmentSettings(Section):
    megabytes: Annotated[int, Field(ge=1, le=100)]
    at_once: Annotated[int, Field(ge=1, le=50)]
    min_free_megabytes: Annotated[int, Field(ge=1)]
    types: tuple[Annotated[str, AfterValidator(_known)], ...]

    @property
    def most_bytes(self) -> int:
        """Of one file."""
        return self.megabytes << 20
