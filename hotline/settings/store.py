"""The sections of the recordings' store."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hotline.settings.base import Section

#: flac is lossless; opus is smaller and is not; wav is as it was taken in.
KeptFormat = Literal["flac", "opus", "wav"]


class Recording(Section):
    enabled: bool
    min_free_megabytes: Annotated[int, Field(ge=1)]
    format: KeptFormat


class Store(Section):
    url: Annotated[str, Field(pattern=r"^(s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?)?$")]
    endpoint: Annotated[str, Field(pattern=r"^(https?://[^\s/]+/?)?$")]
    region: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")]
    addressing: Literal["auto", "path", "virtual"]
    key: str
    secret: str

    @model_validator(mode="after")
    def _check(self) -> Store:
        if bool(self.key) != bool(self.secret):
            raise ValueError("key and secret belong together: both, or neither")
        return self
