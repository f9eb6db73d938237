"""Views are thin: a view parses, asks one use case of hotline.services, and renders what it was given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.settings.home import TREE

#: Where the storage is handed over, by its type alone.
HANDED_OVER = (Path("app.py"), Path("kit/context.py"))


def _faults(source: str, hands_over: bool) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("reading", "writing"):
                yield f"{node.lineno}: opens a transaction"
        elif isinstance(node, ast.Import):
            if any(alias.name.startswith("hotline.storage") for alias in node.names):
                yield f"{node.lineno}: imports the storage"
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
            if "note_look" in names:
                yield f"{node.lineno}: notes a look"
            handed = hands_over and (node.module, names) == ("hotline.storage.transaction", ["Storage"])
            if (node.module or "").startswith("hotline.storage") and not handed:
                yield f"{node.lineno}: imports the storage"


def test_no_view_opens_a_transaction_makes_a_store_or_writes_into_the_audit_log() -> None:
    web = TREE / "hotline" / "web"
    faults = [
        f"{path}:{fault}"
        for path in sorted(each.relative_to(web) for each in web.rglob("*.py"))
        for fault in _faults((web / path).read_text("utf-8"), path in HANDED_OVER)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("with web().storage.reading() as tx:\n    pass", "1: opens a transaction"),
        ("from hotline.storage.cases.store import CaseStore", "1: imports the storage"),
        ("import hotline.storage.audit as audit", "1: imports the storage"),
        ("from hotline.storage.transaction import Storage", "1: imports the storage"),
        ("from hotline.services.looks import note_look", "1: notes a look"),
    ],
)
def test_each_of_these_would_be_found(source: str, fault: str) -> None:
    assert list(_faults(source, hands_over=False)) == [fault]
