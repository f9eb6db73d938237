"""A12: one order at a time about a caller, whoever else gives one in the same moment."""

from __future__ import annotations

import threading
from pathlib import Path

from hotline.domain.calls.call import Party, PartyKind, Talk
from hotline.domain.errors import Conflict
from hotline.services.calls.ledger import record
from hotline.services.operators.own_calls import in_progress
from hotline.services.operators.transfers import TransferTarget, transfer
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx
from tests.support.rows import a_call

NOW = at("2026-11-16 10:00:00")


def test_a12_two_orders_in_one_moment_are_one(tmp_path: Path, storage: Storage) -> None:
    hotline = an_instance(tmp_path, NOW, '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n', storage)
    pbx = RememberingPbx()
    talk = Talk(Party(PartyKind.OPERATOR, "1001", "赵敏"), NOW, None)
    linkedids = [f"n-{number}" for number in range(10)]
    calls = [a_call(each, NOW, ended_at=None, outcome=None, hang_up=None, talks=(talk,)) for each in linkedids]
    record(storage, "node1", calls, [], lambda tx: None, NOW)
    pbx.live = [{"Channel": f"PJSIP/1001-{each}", "Linkedid": each, "Uniqueid": each} for each in linkedids]
    with storage.reading() as tx:
        ids = [CallStore(tx).id_of("node1", each) or 0 for each in linkedids]
    start, refused = threading.Barrier(2), []

    def order() -> None:
        start.wait()
        for call_id in ids:
            stored, target = in_progress(storage, call_id), TransferTarget("operator", "1002")
            try:
                transfer(storage, hotline.settings, pbx, stored, "1001", "blind", target, True, "x", "zhao", NOW)
            except Conflict:
                refused.append(call_id)

    threads = [threading.Thread(target=order) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.reading() as tx:
        begun = [order.linkedid for order in TransferStore(tx).begun("node1", linkedids)]
    assert (sorted(begun), sorted(refused)) == (linkedids, ids)
    assert sorted(channel for _act, channel, *_to in pbx.acts) == [f"PJSIP/1001-{each}" for each in linkedids]
