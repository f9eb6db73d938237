"""What goes in and out of the API about figures."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.reports.scope import Axis
from hotline.web.kit.schemas import MAX_INTEGER, Moment

_SOME = "some, with commas between them; empty: all"


class FigureScope(BaseModel):
    """Which calls, cases… : what happened in the time, of what is named alone."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    since: Moment = Field(alias="from")
    until: Moment = Field(alias="to", description="before this time; ten years later at most")
    line: str = Field("", max_length=400, description=_SOME)
    queue: str = Field("", max_length=400, description=_SOME)
    person: str = Field("", max_length=400, description=f"ids; {_SOME}")
    subject: str = Field("", max_length=400, description=f"categories of records; {_SOME}")
    region: str = Field("", max_length=400, description=_SOME)
    department: str = Field("", max_length=400, description=f"ids; {_SOME}")
    menu: str = Field("", max_length=400, description=_SOME)
    menu_choice: str = Field(
        "", max_length=400, description=f"menu, key and where it leads, as slices have it; {_SOME}"
    )
    menu_version: str = Field("", max_length=400, description=f"moments since which the menus are so; {_SOME}")


class FigureQuery(FigureScope):
    names: str = Field(max_length=2000, description="figures of the data dictionary, with commas between them")
    by: Axis | None = Field(None, description="split along this, too")


class FigureRowsQuery(FigureScope):
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=MAX_INTEGER)


class FigurePath(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=64)


class FigureValue(BaseModel):
    value: float | None = Field(description="null: there is nothing to take it of")
    of: int = Field(description="how many it was taken of")
    unit: str


class FigureSlice(BaseModel):
    key: str = Field(description="of the axis; empty: none")
    figures: dict[str, FigureValue]


class FiguresView(BaseModel):
    figures: dict[str, FigureValue]
    slices: list[FigureSlice] = Field(description="along the axis, in order; empty without one")


class FigureRowsView(BaseModel):
    """What a figure is made of, the newest first. Each is opened by its own page or route."""

    kind: str = Field(description="call, callback, case, rating, visit, form…")
    ids: list[int | str]
