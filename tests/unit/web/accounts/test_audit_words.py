"""The audit log speaks in words: whatever the product writes down has its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from hotline.settings.home import TREE
from hotline.web.accounts.audit_words import AUDIT_ACTIONS

#: Of the entries whose action is put together where it is written.
PUT_TOGETHER = {
    "block.approved",
    "block.refused",
    "call.pop",
    "call.listen",
    "call.whisper",
    "call.barge",
    "card.change",
    "card.create",
    "example.play",
    "form.view",
    "line.closed",
    "line.open",
    "operator.pause",
    "operator.resume",
    "operator.sign_out",
    "quality.export",
    "quality.figures",
    "link.slowed",
    "recording.download",
    "recording.pause",
    "recording.play",
    "recording.resume",
    "rectification.check",
    "rectification.done",
    "sign_in",
    "sign_in.refused",
    "sign_in.slowed",
    "token.slowed",
    "user.activate",
    "user.deactivate",
}


def _written(path: Path) -> Iterator[str]:
    """The literal actions of `AuditLog(…).add(now, who, action, …)` and `note_look(storage, actor, now, action, …)`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        place = (
            3 if called == "note_look" else 2 if called.startswith("AuditLog(") and called.endswith(".add") else None
        )
        action = node.args[place] if place is not None and len(node.args) > place else None
        if isinstance(action, ast.Constant):
            yield str(action.value)


def test_f8_every_action_has_its_words_and_no_words_are_left_over() -> None:
    written = {
        action
        for folder in ("hotline", "ivr", "recordings")
        for path in (TREE / folder).rglob("*.py")
        for action in _written(path)
    }
    assert (written | PUT_TOGETHER) - set(AUDIT_ACTIONS) == set(), (
        "add the words to hotline/web/accounts/audit_words.py"
    )
    assert set(AUDIT_ACTIONS) - (written | PUT_TOGETHER) == set(), "nothing is called so any more"


def test_every_action_fits_its_column() -> None:
    assert [action for action in AUDIT_ACTIONS if len(action) > 32] == []
