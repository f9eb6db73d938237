"""A9, B5, B6: figures of what we owe on their page, in the API, on the floor and on the wall; each opens its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.deadlines.term import Agreed
from hotline.domain.forms.form import PROMISE_CLOCK
from hotline.domain.numbers import Number
from hotline.domain.people import Role
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.forms.store import FormStore
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.sample_forms import open_form
from tests.support.web import Web

NUMBER = "+8613912345678"
DAY = "since=2026-11-16T00:00&until=2026-11-17T00:00"


@pytest.fixture
def owing(web: Web) -> Web:
    """One callback is overdue, and a promise is not kept."""
    asked = web.now - timedelta(hours=1)
    web.keep(abandoned_call("c-1", asked, NUMBER))
    owed = Callback("node1", "c-1", "main", Number(NUMBER), CallbackReason.MISSED, asked, asked + timedelta(minutes=30))
    with web.hotline.storage.writing() as tx:
        CallbackStore(tx).open(owed)
        promised = open_form(answered_call("c-2", asked), asked, promise="下午报价", promise_due_at=web.now)
        [form] = FormStore(tx).add([promised])
        due = Agreed(web.now - timedelta(minutes=1))
        keep(tx, web.hotline.settings, PROMISE_CLOCK, {form.id or 0: Wanted(asked, "main", due)}, web.now)
    return web


def test_each_figure_of_the_page_opens_its_rows(owing: Web) -> None:
    client = owing.signed_in(Role.SUPERVISOR, username="li")
    page = client.get("/callbacks/figures?period=days&since=2026-11-16&until=2026-11-16").text
    for of, figure in (("callbacks", "owed"), ("callbacks", "late"), ("promises", "broken")):
        assert f"of={of}&amp;figure={figure}" in page
    assert "figure=closed" not in page, "nothing is behind a nought"
    rows = client.get("/callbacks/figures?of=callbacks&figure=late&period=days&since=2026-11-16&until=2026-11-16").text
    assert "139 1234 5678" in rows or "13912345678" in rows
    promised = client.get("/callbacks/figures?of=promises&figure=broken&period=days&since=2026-11-16&until=2026-11-16")
    assert "下午报价" in promised.text
    assert {("li", "owed.figures", "callbacks"), ("li", "owed.rows", "callbacks")} <= set(owing.audit())


def test_what_is_no_figure_opens_no_rows(owing: Web) -> None:
    client = owing.signed_in(Role.SUPERVISOR, username="li")
    page = client.get("/callbacks/figures?of=x&figure=<script>&page=9999999&period=days&since=x&until=y")
    assert page.status_code == 200 and 'id="rows"' not in page.text


def test_e4_operators_are_not_shown_all(owing: Web) -> None:
    client = owing.signed_in(Role.OPERATOR, username="zhao")
    assert client.get("/callbacks/figures").status_code == 403
    assert "/callbacks/figures" not in client.get("/callbacks").text


def test_a14_who_sees_no_numbers_sees_them_masked(owing: Web) -> None:
    client = owing.signed_in(Role.AUDITOR, username="wu")
    page = client.get("/callbacks/figures?of=callbacks&figure=owed&period=days&since=2026-11-16&until=2026-11-16").text
    assert "12345678" not in page and "1234 5678" not in page and "5678" in page


def test_by_the_api(owing: Web) -> None:
    client, headers = owing.client(), owing.program(Role.SUPERVISOR)
    found = client.get(f"/api/v1/callbacks/figures?{DAY}", headers=headers).json
    assert (found["callbacks"]["owed"], found["callbacks"]["late"], found["callbacks"]["closed_percent"]) == (1, 1, 0.0)
    assert found["promises"] == {"kept": 0, "late": 0, "broken": 1, "waiting": 0, "kept_percent": 0.0}
    [row] = client.get(f"/api/v1/callbacks/figures/rows?{DAY}&of=callbacks&figure=late", headers=headers).json["rows"]
    assert (row["about"], row["done_at"], row["call_id"]) == ("missed", None, owing.call_id("c-1"))
    for wrong in ("of=callbacks&figure=kept", "of=x&figure=late"):
        assert client.get(f"/api/v1/callbacks/figures/rows?{DAY}&{wrong}", headers=headers).status_code >= 400
    assert client.get(f"/api/v1/callbacks/figures?{DAY}", headers=owing.program(Role.OPERATOR)).status_code == 403


def test_overdue_callbacks_stand_on_the_floor(owing: Web) -> None:
    today = owing.client().get("/api/v1/floor/today", headers=owing.program(Role.SUPERVISOR)).json
    assert today["callbacks"] == {"owed": 1, "closed": 0, "closed_percent": 0.0, "overdue": 1}
    floor = owing.signed_in(Role.SUPERVISOR, username="li").get("/floor").text
    assert 'data-figure="callbacks"' in floor and "/callbacks?tab=overdue" in floor
