"""[satisfaction]: whether and how callers are asked how the call was."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hotline.settings.base import Identifier, Section

#: What the template of the text message is given: the end of the address, which the template has before it.
PARAMETERS = ("token",)

#: What a low rating opens.
LowOpens = Literal["nothing", "case", "visit"]


class SatisfactionSettings(Section):
    after_call: bool
    dialled: bool
    sms: bool
    low_opens: LowOpens
    case_kind: Identifier
    low_title: Annotated[str, Field(min_length=1, max_length=100)]
    key_seconds: Annotated[int, Field(ge=2, le=30)]
    sms_template: Identifier
    sms_again_days: Annotated[int, Field(ge=0, le=366)]
    link_hours: Annotated[int, Field(ge=1, le=720)]
    satisfied_from: Annotated[int, Field(ge=2, le=5)]
    target: Annotated[float, Field(ge=1, le=5)]


class LineSatisfaction(Section):
    """What is not given is the site's."""

    after_call: bool | None = None
    dialled: bool | None = None
    sms: bool | None = None
    low_opens: LowOpens | None = None
    case_kind: Identifier | None = None

    def over(self, site: SatisfactionSettings) -> SatisfactionSettings:
        """The site's, with what this line has otherwise."""
        own = {name: getattr(self, name) for name in self.model_fields_set}
        return site.model_copy(update={name: value for name, value in own.items() if value is not None})
