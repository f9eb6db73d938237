"""The table of rights on every route: what each states, whom it lets in, and that nothing but the table says so."""

from __future__ import annotations

import ast
import csv
import io
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hotline.domain.people import Role
from hotline.domain.rights.acts import RIGHTS, Act, Tie
from hotline.settings.home import TREE
from hotline.web.kit.access import AccessKind, permission_of
from tests.support.routes import Route, routes
from tests.support.web import Web, a_web, csrf_of

#: What each route states and who comes in by it, to be read in a review. HOTLINE_WRITE_RIGHTS=1 writes it anew.
EXPECTED = Path(__file__).with_name("rights.csv")

DOCS = TREE / "docs" / "accounts.md"

#: Views that list roles in place of stating an act: `kit.access.for_roles`, `for_api` and `any_role`.
LISTED: set[str] = set()

#: What examiners never do (F5).
HANDLING = (
    *(Act.BEGIN, Act.WRITE, Act.CORRECT, Act.KEEP_PROMISE, Act.OPEN_CALLBACK, Act.OPEN_CASE, Act.ASK_TO_BLOCK),
    *(Act.TAKE_CALLBACK, Act.CLOSE_CALLBACK, Act.CLOSE_CASE, Act.LEAVE_MESSAGE, Act.WORK_AT_CONSOLE, Act.USE_PHONE),
)

#: They end the session that they are called in, or stay open.
NOT_WALKED = {
    *("/sign-out", "/my-sessions/end-others", "/my-sessions/<int:session_id>/end"),
    *("/api/v1/events", "/floor/wall/events", "/ws"),
}

#: Where roles are compared and listed: the table, and what stands beside it.
_RIGHTS = "hotline/domain/rights/"
#: They name and explain roles, or let the old lists in until the last has gone.
_NAMES_ROLES = {
    *("hotline/domain/people.py", "hotline/services/access.py"),
    *("hotline/web/accounts/labels.py", "hotline/web/kit/access.py"),
}
_LISTS = {"MANAGERS", "OVERSEERS", "EXAMINING", "require_role", "has_role"}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("rights"))


def _stated(app: Flask) -> Iterator[list[str]]:
    yield ["endpoint", "methods", "address", "known by", "act", *Role]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        stated = permission_of(app, rule.endpoint)
        assert stated is not None, f"{rule.endpoint} states no act"
        public = stated.way is AccessKind.PUBLIC
        methods = "+".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        act = "" if public else stated.act.value if stated.act else "listed" if stated.listed else "any"
        may = ["yes" if public or stated.allows((role,)) else "" for role in Role]
        yield [rule.endpoint, methods, rule.rule, stated.way.value, act, *may]


def test_every_route_lets_in_whom_it_is_expected_to(walked: Web) -> None:
    told = io.StringIO(newline="")
    csv.writer(told, lineterminator="\n").writerows(_stated(walked.app))
    if os.environ.get("HOTLINE_WRITE_RIGHTS"):
        EXPECTED.write_text(told.getvalue(), "utf-8")
    assert told.getvalue().splitlines() == EXPECTED.read_text("utf-8").splitlines()


def test_people_read_the_table_that_the_program_goes_by() -> None:
    text = DOCS.read_text("utf-8")
    before, shown = text.partition(" tests/unit/web/kit/test_rights.py -->\n")[::2]
    old, after = shown.partition("<!-- /rights -->")[::2]
    told = "\n".join(_in_docs()) + "\n"
    if os.environ.get("HOTLINE_WRITE_RIGHTS"):
        DOCS.write_text(text.replace(old + "<!-- /rights -->", told + "<!-- /rights -->"), "utf-8")
        return
    assert before and after
    assert old == told


def _in_docs() -> Iterator[str]:
    yield f"| act | {' | '.join(Role)} |"
    yield f"|---|{'---|' * len(Role)}"
    for act in Act:
        cells = (", ".join(sorted(RIGHTS[act][role])) or "–" for role in Role)
        yield f"| {act} | {' | '.join(cells)} |".replace("_", " ")


def test_views_that_still_list_roles(walked: Web) -> None:
    """For those that come from before the table. None may be added."""
    stated = ((rule.endpoint, permission_of(walked.app, rule.endpoint)) for rule in walked.app.url_map.iter_rules())
    assert {endpoint for endpoint, permission in stated if permission and permission.listed} == LISTED


@pytest.mark.parametrize("role", Role)
def test_the_guard_lets_in_whom_the_table_says_and_no_use_case_behind_it_asks_for_another_role(
    walked: Web, role: Role
) -> None:
    """By session and by token. What is done to somebody else's may be refused behind it, but not for want of a role:
    page and use case go by one act."""
    person = walked.signed_in(role, username=f"walks-{role.value}")
    person.set_cookie("language", "en")
    token = walked.program(role)
    csrf = csrf_of(person.get("/password"))
    wrong = []
    for route in routes(walked.app):
        assert route.permission is not None
        if route.permission.way is AccessKind.PUBLIC or route.rule in NOT_WALKED:
            continue
        allowed = route.permission.allows((role,))
        refused = _is_refused(person, route, {"X-CSRFToken": csrf})
        if refused == allowed:
            wrong.append(f"{route} by session: {'refused' if refused else 'let in'}")
        if route.permission.way is AccessKind.API and _is_refused(walked.client(), route, token) == allowed:
            wrong.append(f"{route} by token: {'refused' if allowed else 'let in'}")
    assert wrong == []


def _is_refused(client: FlaskClient, route: Route, headers: dict[str, str]) -> bool:
    """For want of a role."""
    answer = client.open(route.path, method=route.method, headers=headers, json={} if "/api/" in route.path else None)
    text = answer.get_data(as_text=True) if answer.status_code == 403 else ""
    answer.close()
    assert answer.status_code not in (401, 500), f"{route}: {answer.status_code}"
    return "This needs one of these roles" in text or "需要以下角色之一" in text


def test_each_act_is_stated_by_a_route_or_asked_by_a_use_case(walked: Web) -> None:
    by_routes = {
        permission.act
        for rule in walked.app.url_map.iter_rules()
        if (permission := permission_of(walked.app, rule.endpoint)) and permission.act
    }
    asked = {
        node.attr
        for path in (TREE / "hotline").rglob("*.py")
        if not path.is_relative_to(TREE / _RIGHTS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Act"
    }
    assert {act for act in Act if act not in by_routes and act.name not in asked} == set()


def test_an_act_has_a_tie_that_counts_for_somebody() -> None:
    assert [act for act in Act if not any(RIGHTS[act].values())] == []
    assert {tie for act in Act for ties in RIGHTS[act].values() for tie in ties} == set(Tie)


def test_new_roles_are_kept_apart() -> None:
    """Whoever audits does nothing; departments have nothing of calls; examiners handle nothing (F5)."""
    looking = {act for act in Act if act.value.startswith(("read_", "see_", "export_"))}
    assert {act for act in Act if RIGHTS[act][Role.AUDITOR]} <= looking | {Act.USE_OWN_ACCOUNT}
    assert not {act for act in HANDLING if RIGHTS[act][Role.EXAMINER]}
    own = {Act.USE_OWN_ACCOUNT, Act.SEE_OWN_NOTIFICATIONS, Act.SEE_OWN_DAY}
    theirs = {
        Act.READ_CASES,
        Act.WORK_ON_CASE,
        Act.ADD_TO_CASE,
        Act.ASK_EXTENSION,
        Act.ANSWER_CASES,
        Act.READ_ATTACHMENTS,
    }
    assert {act for act in Act if RIGHTS[act][Role.DEPARTMENT] == {Tie.ANSWERS}} == theirs
    named = {act for act in Act if RIGHTS[act][Role.DEPARTMENT] == {Tie.NAMED}}
    assert named == {Act.APPROVE_GRAVE, Act.RULE_CASE}
    others = {Act.KEEP_CASE_FILTERS, Act.READ_BULLETINS, Act.READ_DIRECTORY, Act.ADD_CASE, Act.RECORD_INSPECTION}
    others |= {Act.READ_SUMMARIES, Act.WRITE_SUMMARY, Act.SEE_MADE_REPORTS}
    assert {act for act in Act if RIGHTS[act][Role.DEPARTMENT]} == own | others | theirs | named
    assert not RIGHTS[Act.HEAR][Role.AUDITOR]
    assert not RIGHTS[Act.SEE_NUMBERS][Role.AUDITOR]


def _role_lists(path: Path) -> Iterator[str]:
    """People of demonstration and simulation have roles, and compare none."""
    shown = path.relative_to(TREE).as_posix()
    if shown.startswith(_RIGHTS) or shown in _NAMES_ROLES or path.name == "demo.py" or "simulate" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role":
            yield f"{shown}:{node.lineno}: Role.{node.attr}"
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in _LISTS:
                yield f"{shown}:{node.lineno}: {name}"


def test_roles_are_compared_nowhere_but_in_the_table() -> None:
    found = itertools.chain.from_iterable(map(_role_lists, sorted((TREE / "hotline").rglob("*.py"))))
    assert list(found) == []
