"""Usual ends of what is declared of a line are filled in by a click."""

from __future__ import annotations

import re

from hotline.domain.people import Role
from tests.support.instance import at
from tests.support.web import Web


def ends(web: Web) -> list[str]:
    page = web.signed_in(Role.SUPERVISOR, username=f"boss-{web.now:%H%M}").get("/line").text
    return re.findall(r'data-fill="until" data-value="([^"]+)"', page)


def test_usual_ends_are_offered_while_they_are_ahead(web: Web) -> None:
    assert ends(web) == ["2026-11-16T11:30", "2026-11-16T12:30", "2026-11-16T17:30", "2026-11-17T00:00"]
    web.clock.now = at("2026-11-16 20:00:00")
    assert ends(web) == ["2026-11-16T21:00", "2026-11-16T22:00", "2026-11-17T00:00"]
