"""`hotline audit`: reading the log, and proving it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.bootstrap import Hotline
from hotline.storage.audit import AuditLog
from tests.support.instance import an_instance, at, run, run_json


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    hotline = an_instance(tmp_path, at("2026-09-16T18:00"))
    with hotline.storage.writing() as tx:
        AuditLog(tx).add(at("2026-09-14T09:00"), "zhao", "call.view", "call:1")
        AuditLog(tx).add(at("2026-09-15T09:00"), "qian", "user.add", "user:li", "[red]operator[/red]")
        AuditLog(tx).add(at("2026-09-16T09:00"), "zhao", "call.view", "call:12")
    return hotline


@pytest.mark.parametrize(
    ("options", "objects"),
    [
        ([], ["call:12", "user:li", "call:1"]),
        (["--who", "zhao"], ["call:12", "call:1"]),
        (["--action", "user"], ["user:li"]),
        (["--object", "call:1"], ["call:1"]),
        (["--since", "2026-09-15"], ["call:12", "user:li"]),
        (["--until", "-1d"], ["user:li", "call:1"]),
        (["--limit", "1"], ["call:12"]),
    ],
)
def test_f8_the_log_is_read_by_who_what_and_when(hotline: Hotline, options: list[str], objects: list[str]) -> None:
    assert [entry["object"] for entry in run_json(hotline, "audit", "list", *options)] == objects


def test_an_entry_as_programs_get_it(hotline: Hotline) -> None:
    (entry,) = run_json(hotline, "audit", "list", "--who", "qian")
    digest = entry.pop("hash")
    assert len(digest) == 64
    assert entry == {
        "id": 2,
        "at": "2026-09-15T01:00:00Z",
        "who": "qian",
        "action": "user.add",
        "object": "user:li",
        "detail": "[red]operator[/red]",
    }


def test_the_table_shows_details_as_they_are(hotline: Hotline) -> None:
    assert "[red]operator[/red]" in run(hotline, "audit", "list").output


def test_f8_a_whole_log_is_told_with_its_newest_hash(hotline: Hotline) -> None:
    newest = run_json(hotline, "audit", "list", "--limit", "1")[0]["hash"]
    told = run(hotline, "audit", "verify")
    assert told.exit_code == 0 and "3 rows" in told.output and newest in told.output
    assert run_json(hotline, "audit", "verify", "--head", newest)["whole"] is True


def test_f8_the_first_broken_row_is_named_and_the_command_fails(hotline: Hotline) -> None:
    _tamper(hotline, "UPDATE audit_log SET who = 'li' WHERE id = 2")
    told = run(hotline, "audit", "verify")
    assert told.exit_code == 1 and "row 2 " in told.output
    as_json = run(hotline, "audit", "verify", "--json")
    assert as_json.exit_code == 1 and json.loads(as_json.stdout)["broken_id"] == 2


def test_f8_rows_missing_at_the_end_are_told_by_a_noted_hash(hotline: Hotline) -> None:
    newest = run_json(hotline, "audit", "list", "--limit", "1")[0]["hash"]
    _tamper(hotline, "DELETE FROM audit_log WHERE id = 3")
    assert run(hotline, "audit", "verify").exit_code == 0
    told = run(hotline, "audit", "verify", "--head", newest)
    assert told.exit_code == 1 and "missing" in told.output


def _tamper(hotline: Hotline, statement: str) -> None:
    with hotline.storage.engine.begin() as connection:
        for name in ("no_update", "no_delete"):
            connection.execute(text(f"DROP TRIGGER audit_log_{name}"))
        connection.execute(text(statement))
