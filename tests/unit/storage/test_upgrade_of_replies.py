"""E9: what was answered in visits before counts in questionnaires' results after the upgrade; kept filters stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.storage import migrate
from hotline.storage.cases.kept_filters import KeptFilterStore
from hotline.storage.engine import make_engine
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

_VISIT = """
INSERT INTO visit (id, origin, state, ending, begins_at, planned_at, due_at, closed_at, closed_by, way, questionnaire,
answers, node, linkedid)
VALUES ({id}, 'campaign', 'done', '{ending}', :early, :early, :later, :later, 'zhou', '{way}', '{asked}', :{answers},
'node1', 'c-{id}')
"""
_DEFINITION = """
INSERT INTO definition (kind, code, version, content, from_at, "by", decided_at)
VALUES ('questionnaire', 'delivery', {version}, :content, :{moment}, 'files', :{moment})
"""
_FILTER = """
INSERT INTO case_filter (owner, name, asked, shared, kept_at) VALUES ('li', '今天', '{}', false, :early)
"""
_ITEMS = [{"id": "speed", "kind": "scale"}, {"id": "care", "kind": "scale"}, {"id": "wishes", "kind": "text"}]


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    visits = (
        (1, "answered", "call", "delivery", "scored"),
        (2, "answered", "sms", "delivery:2", "words"),
        (3, "refused", "call", "delivery", "nothing"),
        (4, "answered", "call", "", "scored"),
        (5, "answered", "call", "gone", "scored"),
    )
    rows = [
        *(_DEFINITION.format(version=version, moment=at) for version, at in ((1, "early"), (2, "after"))),
        *(
            _VISIT.format(id=id, ending=ending, way=way, asked=asked, answers=answers)
            for id, ending, way, asked, answers in visits
        ),
        _FILTER,
    ]
    hour = timedelta(hours=1)
    moments = {"early": MORNING, "later": MORNING + hour, "after": MORNING + 2 * hour}
    values = {
        "content": json.dumps({"code": "delivery", "item": _ITEMS}),
        "scored": json.dumps({"speed": "4", "care": "1", "wishes": "快"}),
        "words": json.dumps({"wishes": "慢"}),
        "nothing": "{}",
    }
    yield from filled(request, tmp_path, partial(fill_at, revision="0054", rows=rows, moments=moments, **values))


def test_e9_each_answered_visit_has_its_reply_by_the_version_of_then(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        found = ReplyStore(tx).of_objects([f"visit:{each}" for each in range(1, 6)])
        [kept] = KeptFilterStore(tx).of("li")
    storage.engine.dispose()
    told = [(each.object, each.version, each.way, each.score) for each in found]
    assert told == [("visit:1", 1, ReplyWay.PHONE, 2.5), ("visit:2", 2, ReplyWay.LINK, None)]
    first = found[0]
    assert (first.linkedid, first.by, first.at) == ("c-1", "zhou", MORNING + timedelta(hours=1))
    assert first.answers == {"speed": "4", "care": "1", "wishes": "快"} and first.number == ""
    assert (kept.name, kept.unit_id) == ("今天", None)
