"""A day that is typed into a form."""

from __future__ import annotations

from flask_babel import gettext
from wtforms import DateField

from hotline.domain.wall_time import within_years


class DayField(DateField):
    """What is no day, or one whose midnight lies outside what can be counted, is told in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise _no_day() from None
        if self.data is not None and not within_years(self.data):
            self.data = None
            raise _no_day()


def _no_day() -> ValueError:
    return ValueError(gettext("A day like 2026-11-22 was expected."))
