"""What opens a link stands in no row of a text message after the upgrade (E4); all else of them stays."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hotline.domain.numbers import Number
from hotline.services.sms.made import LATER
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.sms.store import SmsStore
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_INSERT = """
INSERT INTO sms_message (message_id, once_key, number, template, parameters, kind, object, state, created_at, due_at,
attempts) VALUES ('{kind}{state}', '{kind}{state}', '+8613800138000', 't', :{parameters}, '{kind}', '{kind}:1',
'{state}', :now, :now, 0)
"""
_VALUES = {"token": '{"token": "secret"}', "number": '{"number": "20261122-001"}', "nothing": "{}"}


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    rows = [
        _INSERT.format(kind=kind, state=state, parameters=parameters)
        for kind, state, parameters in (
            ("rating", "sent", "token"),
            ("rating", "waiting", "token"),
            ("visit_link", "failed", "token"),
            ("visit_link", "sent", "nothing"),
            ("case_link", "sent", "number"),
        )
    ]
    yield from filled(
        request, tmp_path, partial(fill_at, revision="0039", rows=rows, moments={"now": MORNING}, **_VALUES)
    )


def test_no_row_has_what_opens_a_link(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        kept = SmsStore(tx).of_numbers([Number("+8613800138000")])
    storage.engine.dispose()
    made_later = {"token": LATER}
    assert [each.parameters for each in kept] == [made_later, made_later, made_later, {}, {"number": "20261122-001"}]
