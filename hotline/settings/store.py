"""The sections of the recordings' store."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.domain.retention.retention import LEAST_YEARS, Terms
from hotline.settings.base import SPLITS, Identifier, Section

#: flac is lossless; opus is smaller and is not; wav is as it was taken in.
KeptFormat = Literal["flac", "opus", "wav"]


def _at_least_three(years: int) -> int:
    if years < LEAST_YEARS:
        raise Unfit("retention.least_years", years=LEAST_YEARS)
    return years


#: Whatever is less, or nothing, is refused: no setting means "delete all".
_Years = Annotated[int, Field(strict=True, le=100), AfterValidator(_at_least_three)]


class Recording(Section):
    enabled: bool
    min_free_megabytes: Annotated[int, Field(ge=1)]
    format: KeptFormat


class Reconciliation(Section):
    enabled: bool
    hour: Annotated[int, Field(ge=0, le=23)]
    whole_days: Annotated[int, Field(ge=1, le=366)]
    keep_hours: Annotated[int, Field(ge=1, le=720)]
    full_days: Annotated[int, Field(ge=1, le=366)]


class Store(Section):
    url: Annotated[str, Field(pattern=r"^(s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?)?$")]
    endpoint: Annotated[str, Field(pattern=r"^(https?://[^\s/]+/?)?$"), SPLITS]
    region: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")]
    addressing: Literal["auto", "path", "virtual"]
    key: str
    secret: str

    @model_validator(mode="after")
    def _check(self) -> Store:
        if bool(self.key) != bool(self.secret):
            raise Unfit("settings.key_and_secret")
        return self


class Retention(Section):
    years: _Years
    categories: dict[Identifier, _Years]
    delete: Literal["by_hand", "nightly"]
    black_box_days: Annotated[int, Field(ge=2, le=3650)]

    @property
    def terms(self) -> Terms:
        return Terms(self.years, self.categories)


class Privacy(Section):
    due_days: Annotated[int, Field(ge=1, le=365)]
