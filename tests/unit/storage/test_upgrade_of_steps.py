"""What is known of the past of corrective actions, requests of persons and appeals becomes their first steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.examination.records import CorrectiveActionState, ExaminationState
from hotline.domain.retention.privacy import RequestState
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.transaction import Storage
from hotline.storage.workflow import StepStore
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    fill_at(url, "0008", _ROWS, {f"h{n}": MORNING + n * HOUR for n in range(5)})


_ORDER = (
    "INSERT INTO rectification (extension, text, due_at, issued_by, issued_at, state, done_note, done_at, checked_by, "
    "checked_at, check_note) VALUES ('1001', '慢一点', :h4, 'sun', :h0, "
)
_REQUEST = (
    "INSERT INTO privacy_request (kind, number, asked_by, asked_at, taken_by, text, due_at, state, answer, closed_at, "
    "closed_by) VALUES ('copy', '', '王', :h0, 'zhou', '', :h4, "
)
_APPEAL = (
    "INSERT INTO appeal (examination_id, reason, appealed_by, appealed_at, decision, note, decided_by, decided_at) "
    "VALUES "
)
_ROWS = (
    _ORDER + "'issued', '', NULL, '', NULL, '')",
    _ORDER + "'done', '练了', :h1, '', NULL, '')",
    _ORDER + "'repeated', '练了', :h1, 'sun', :h2, '还快')",
    # Reported done again after the check: only the last of each is known.
    _ORDER + "'done', '又练了', :h3, 'sun', :h2, '还快')",
    _ORDER + "'confirmed', '练了', :h1, 'sun', :h2, '')",
    _REQUEST + "'open', '', NULL, '')",
    _REQUEST + "'refused', '不行', :h2, 'zhou')",
    _APPEAL + "(7, '没有抢话', 'zhao', :h1, NULL, '', '', NULL)",
    _APPEAL + "(8, '没有抢话', 'zhao', :h1, 'upheld', '有', 'li', :h2)",
)


def test_their_first_steps_are_what_is_known_of_them(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        orders = {order.id: order for order in CorrectiveActionStore(tx).search(None, open_only=False, limit=9)}
        steps = {
            number: [(step.act, step.after, step.by, step.at, dict(step.given)) for step in order.steps]
            for number, order in orders.items()
        }
        befores = {number: [step.before for step in order.steps] for number, order in orders.items()}
        requests = StepStore(tx).of("privacy", [1, 2], RequestState)
        appeals = StepStore(tx).of("examination", [7, 8], ExaminationState)
    storage.close()
    states = CorrectiveActionState
    issued: tuple[str, CorrectiveActionState, str, datetime, dict[str, str]] = (
        "issue",
        states.ISSUED,
        "sun",
        MORNING,
        {},
    )
    done = ("done", states.DONE, "1001", MORNING + HOUR, {"note": "练了"})
    again = ("repeat", states.REPEATED, "sun", MORNING + 2 * HOUR, {"note": "还快"})
    assert steps == {
        1: [issued],
        2: [issued, done],
        3: [issued, done, again],
        4: [issued, again, ("done", states.DONE, "1001", MORNING + 3 * HOUR, {"note": "又练了"})],
        5: [issued, done, ("confirm", states.CONFIRMED, "sun", MORNING + 2 * HOUR, {"note": ""})],
    }
    assert befores[3] == [None, states.ISSUED, states.DONE]
    assert befores[4] == [None, states.DONE, states.REPEATED]
    assert {number: [(step.act, step.before, step.after) for step in found] for number, found in requests.items()} == {
        1: [("take", None, RequestState.OPEN)],
        2: [("take", None, RequestState.OPEN), ("refuse", RequestState.OPEN, RequestState.REFUSED)],
    }
    assert {number: [(step.act, step.by, dict(step.given)) for step in found] for number, found in appeals.items()} == {
        7: [("appeal", "zhao", {"reason": "没有抢话"})],
        8: [("appeal", "zhao", {"reason": "没有抢话"}), ("decide", "li", {"decision": "upheld", "note": "有"})],
    }
