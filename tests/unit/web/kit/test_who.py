"""Persons are named on the screens by their names, not by their user names."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import hotline.web
from hotline.domain.people import Role
from hotline.services.accounts import accounts
from hotline.web.kit.who import by_name
from tests.support.web import Web, post

TEMPLATES = Path(hotline.web.__file__).parent / "templates"


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("chen", "陈主管"),
        ("cli:root", "命令行（root）"),
        ("token:crm", "程序 crm"),
        ("jobs", "自动"),
        ("projects", "自动"),
        ("simulation", "模拟"),
        ("", ""),
        ("gone:away", "gone:away"),
    ],
)
def test_who_acted_is_said_as_a_reader_knows_them(web: Web, who: str, shown: str) -> None:
    accounts.add_user(web.hotline.storage, "chen", "陈主管", (Role.SUPERVISOR,), web.now, "test")
    with web.app.test_request_context("/", headers={"Accept-Language": "zh"}):
        assert by_name(who) == shown


#: What is no user name: names that a customer gave, parties of calls, forms, addresses of periods, codes with labels,
#: how many have read something, by how much somebody came late, what a report is split by.
NO_USER_NAMES = re.compile(
    r"party_name\(|hung_up_by\(|field\(|\.by\(|each\.asked_by|asked\.asked_by|url_for\(|label\(|\.read_by|\.late_by"
    r"|axes\[|\.by == me"
)


def test_every_template_says_who_did_something_by_their_name() -> None:
    shown = [
        f"{path.name}: {found[0]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in re.finditer(r"\{\{[^}]*\.(?:\w+_by|by)\b[^}]*\}\}", path.read_text("utf-8"))
        if not NO_USER_NAMES.search(found[0])
    ]
    assert len(shown) > 20
    assert [each for each in shown if "by_name" not in each] == []


def test_a_declared_line_names_its_person_on_line_and_floor(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="wangzhuguan")
    until = (web.now + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M")
    post(client, "/line/declare", "/line", mode="closed", until=until, reason="培训")
    page = client.get("/line").text
    assert "由 Wangzhuguan 宣布" in page
    line = client.get("/api/v1/floor").json["lines"][0]
    assert line["declared"]["by"] == "Wangzhuguan"


def test_the_audit_log_names_persons_and_keeps_the_user_name_at_hand(web: Web) -> None:
    client = web.signed_in(Role.ADMINISTRATOR, username="zhouguanli")
    page = client.get("/admin/audit").text
    assert 'title="zhouguanli"><bdi>Zhouguanli</bdi>' in page
