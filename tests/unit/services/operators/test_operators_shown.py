"""What shows operators is read for several at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.services.operators.presence import OperatorsShown, operator_view, operator_views
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.live_calls import ringing, waiting

NOW = at("2026-11-16 10:30")
EXTENSIONS = [str(1001 + number) for number in range(10)]
SITE = "".join(f'[operators.{each}]\nname = "{each}"\n' for each in EXTENSIONS)


def test_a_call_that_rings_at_ten_is_read_as_often_as_at_one(storage: Storage, tmp_path: Path) -> None:
    settings = an_instance(tmp_path, NOW, SITE, storage).settings
    call = ringing(waiting("node1-9.1"), "1001")
    rung: dict[str, Any] = {"activity": Activity.RINGING, "node": call.node, "linkedid": call.linkedid}
    with storage.writing() as tx:
        CallStore(tx).save([call], NOW)
        PresenceStore(tx).save([OperatorPresence(each, NOW, NOW, ("service",), **rung) for each in EXTENSIONS])
        call_id = CallStore(tx).id_of(call.node, call.linkedid)
    statements: list[str] = []
    event.listen(storage.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    with storage.reading() as tx:
        alone = operator_view(tx, settings, "1001")
        statements.clear()  # with the transaction's beginning
        assert operator_view(tx, settings, "1001") == alone
        of_one = len(statements)
        together = OperatorsShown(tx, settings, EXTENSIONS)
        shown = [together.view(each) for each in EXTENSIONS]
        assert len(statements) == 2 * of_one, "whatever belongs to several is asked for once"
        assert shown == [operator_view(tx, settings, each) for each in EXTENSIONS] == operator_views(tx, settings)
    assert shown[0] == alone and alone.call is not None and alone.call.call_id == call_id
