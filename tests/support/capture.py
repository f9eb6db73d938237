"""Keeps the CEL rows of an end-to-end call as a fixture of the fold's unit tests (HOTLINE_CAPTURE=1)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from hotline.domain.calls.call import Call
from hotline.storage.calls.facts import FactStore
from tests.support.rig import Rig

FIXTURES = Path(__file__).parents[1] / "fixtures" / "cel"


def capture(database: Path, rig: Rig, name: str, call: Call) -> None:
    """Write the call's rows as the CEL database has them, and the facts that stand beside them."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT * FROM cel WHERE linkedid = ? ORDER BY rowid", (call.linkedid,))
        columns = [column[0] for column in rows.description]
        cel = [dict(zip(columns, row, strict=True)) for row in rows]
    with rig.hotline.storage.reading() as tx:
        facts = FactStore(tx).of(call.node, [call.linkedid]).get(call.linkedid, [])
    kept = [{"at": f.at.isoformat(), "kind": str(f.kind), "channel": f.channel} for f in facts]
    FIXTURES.mkdir(parents=True, exist_ok=True)
    document = {"linkedid": call.linkedid, "cel": cel, "facts": kept}
    (FIXTURES / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
