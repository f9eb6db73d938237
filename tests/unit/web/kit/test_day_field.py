"""Days that people type into forms."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from hotline.web.kit.day_field import DayField
from tests.support.web import Web


class _Asked(Form):
    day = DayField()


@pytest.mark.parametrize(
    "typed", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "2026-02-30", "soon", "1" * 5000]
)
def test_what_is_no_day_of_our_years_is_told_and_stays_typed(web: Web, typed: str) -> None:
    with web.app.test_request_context():
        form = _Asked(MultiDict({"day": typed}))
        assert not form.validate() and form.day.data is None
        assert "2026-11-22" in form.day.errors[0]
        assert typed in form.day()


def test_a_day_of_our_years_is_taken(web: Web) -> None:
    with web.app.test_request_context():
        form = _Asked(MultiDict({"day": "2026-11-22"}))
        assert form.validate() and str(form.day.data) == "2026-11-22"
