"""The audit log speaks in words: whatever the product writes down has its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask_login import login_user

from hotline.discovery import gathered
from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.settings.home import TREE
from hotline.web.accounts.audit_shown import audit_actions, object_address
from hotline.web.accounts.sessions import SignedIn
from hotline.web.kit.told.audited import AuditWords
from tests.support.web import Web

#: Of the entries whose action is put together where it is written.
PUT_TOGETHER = {
    "appraisal.export",
    "prompt.as_delivered",
    "prompt.choose",
    "prompt.choose_again",
    "backup.ask",
    "backup.ask_drill",
    "backup.ask_restore",
    "backup.drill",
    "backup.make",
    "backup.restore",
    "block.approved",
    "block.refused",
    "call.barge",
    "call.listen",
    "call.pop",
    "call.whisper",
    "card.change",
    "card.create",
    "details.confirmed",
    "details.objected",
    "dial.confirmed",
    "dial.named_time",
    "dial_approval.grant",
    "dial_approval.refuse",
    "dial_approval.use",
    "duty_link.make",
    "duty_link.open",
    "duty_link.take_back",
    "example.play",
    "leave.accept",
    "leave.refuse",
    "line.closed",
    "line.open",
    "link.slowed",
    "operator.pause",
    "operator.resume",
    "operator.sign_out",
    "quality.export",
    "quality.figures",
    "recording.download",
    "recording.pause",
    "recording.play",
    "recording.resume",
    "rectification.check",
    "rectification.done",
    "report.download",
    "sign_in",
    "sign_in.refused",
    "sign_in.slowed",
    "swap.accept",
    "swap.done",
    "swap.refuse",
    "swap.withdraw",
    "token.slowed",
    "user.activate",
    "user.deactivate",
    "visit.agree",
    "visit.change_way",
    "visit.drop",
    "visit.end",
    "visit.record",
    # From before links had all purposes.
}


#: Where the action stands among the arguments of what writes an entry.
WRITERS = {"AuditLog.add": 2, "note_look": 3}


def _writer(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Call):
        return f"{ast.unparse(called.value.func)}.{called.attr}"
    return called.id if isinstance(called, ast.Name) else ""


def _written(path: Path) -> Iterator[str]:
    """The literal actions, as of `AuditLog(…).add(now, who, action, …)` or `note_look(storage, actor, now, action, …)`;
    of "a" if … else "b" both."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        place = WRITERS.get(_writer(node.func))
        if place is None or len(node.args) <= place:
            continue
        action = node.args[place]
        for each in (action.body, action.orelse) if isinstance(action, ast.IfExp) else (action,):
            if isinstance(each, ast.Constant):
                yield str(each.value)


def test_f8_every_action_has_its_words_and_no_words_are_left_over() -> None:
    written = {
        action
        for folder in ("hotline", "ivr", "recordings")
        for path in (TREE / folder).rglob("*.py")
        for action in _written(path)
    }
    assert len(written) > 100
    assert (written | PUT_TOGETHER) - set(audit_actions()) == set(), "add the words to the feature's audit_words.py"
    assert set(audit_actions()) - (written | PUT_TOGETHER) == set(), "nothing is called so any more"


def test_actions_are_found_however_they_are_written(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        'AuditLog(tx).add(now, who, "a.b", about)\n'
        'note_look(storage, actor, now, "c.d" if whole else "c.e", about)\n'
        "AuditLog(tx).add(now, who, action, about)\n"
        'other(tx).add(now, who, "no.entry", about)\n'
    )
    assert sorted(_written(source)) == ["a.b", "c.d", "c.e"]


def test_every_action_fits_its_column() -> None:
    assert [action for action in audit_actions() if len(action) > 32] == []


def test_objects_are_seen_on_pages_that_there_are(any_web: Web) -> None:
    for words in gathered("hotline.web", "audit_words", "WORDS", AuditWords):
        for page in words.objects.values():
            [rule] = [rule for rule in any_web.app.url_map.iter_rules() if rule.endpoint == page.endpoint]
            assert rule.arguments == {page.argument}


@pytest.mark.parametrize(
    ("object", "administrators", "supervisors"),
    [
        ("call:12", "/calls/12", "/calls/12"),
        ("call:12345678901", "", ""),
        ("privacy:3", "/keeping/requests/3", "/keeping/requests/3"),
        ("user:zhao", "/admin/people/zhao", ""),
        ("user:../calls", "", ""),
        ("case:3", "", ""),
        ("audit", "", ""),
        ("", "", ""),
    ],
)
def test_an_object_leads_where_the_reader_may_go(
    any_web: Web, object: str, administrators: str, supervisors: str
) -> None:
    for role, address in ((Role.ADMINISTRATOR, administrators), (Role.SUPERVISOR, supervisors)):
        user = User("x", "X", "", (role,), False, True, any_web.now, id=1)
        with any_web.app.test_request_context():
            login_user(SignedIn(user, "token"))
            assert object_address(object) == address
