"""A day in a form."""

from __future__ import annotations

from flask_babel import gettext
from wtforms import DateField

from hotline.domain.wall_time import within_years


class DayField(DateField):
    """Of the years that a person may type."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
            fits = self.data is None or within_years(self.data)
        except ValueError:
            fits = False
        if not fits:
            self.data = None
            raise ValueError(gettext("A day like 2026-11-22 was expected."))
