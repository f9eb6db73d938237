"""What every section of the settings shares."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hotline.domain.reasons import Unfit

Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[int, Field(ge=1, le=86_400)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
#: As the table of people's units has it.
UnitId = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]
Extension = Annotated[str, Field(pattern=r"^[1-9][0-9]{2,5}$")]


def _dialable(number: str) -> str:
    plain = re.sub(r"[\s().-]", "", number)
    if not re.fullmatch(r"\+?[0-9]{3,20}", plain):
        raise Unfit("settings.number", got=number)
    return plain


Dialable = Annotated[str, AfterValidator(_dialable)]


def _splits(address: str) -> str:
    """What is read of it again and again must never stumble over it."""
    try:
        parts = urlsplit(address)
        is_whole = parts.hostname and parts.port != 0
    except ValueError:
        is_whole = False
    if address and not is_whole:
        raise Unfit("settings.web_address")
    return address


#: Beside a field's pattern: host and port can be read of it; "" for none.
SPLITS = AfterValidator(_splits)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: object, info: ValidationInfo) -> object:
        """Refuses what pydantic would bend into shape, and line breaks, which would write lines of their own into
        Asterisk's configuration."""
        if isinstance(value, bool) and cls.model_fields[info.field_name or ""].annotation is int:
            raise Unfit("settings.whole_number", got=str(value).lower())
        for text in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(text, str) and not text.isprintable():
                raise Unfit("settings.plain_text")
        return value
