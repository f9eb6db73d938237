"""The tree of categories (B3, B9): moved, retired, and what records have is never lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.errors import WrongFields
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Role
from hotline.services.cases.view import category_views
from hotline.services.forms.fields import written
from hotline.settings.console import is_retired
from hotline.storage.forms.store import FormStore
from tests.support.web import Web, a_web, post

TREE = "/admin/settings/categories/tree"
SITE = """
[categories.consult]
name = "咨询"
[categories.product]
name = "产品"
parent = "consult"
[categories.detail]
name = "细节"
parent = "product"
[categories.harm]
name = "损害"
menu_subjects = ["损害"]
"""


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


@pytest.fixture
def chief(web: Web) -> FlaskClient:
    return web.signed_in(Role.SUPERVISOR, username="chief")


def a_form(web: Web, **more: str) -> CallForm:
    known = ("node1", "a.1", "main", NO_NUMBER, web.now, Origin.OPERATOR)
    form = CallForm(*known, "1001", "赵敏", web.now, updated_at=web.now, updated_by="")
    return replace(form, **more)  # type: ignore[arg-type]


def test_a_retired_one_is_chosen_for_nothing_new_and_kept_where_it_was(web: Web, chief: FlaskClient) -> None:
    """B3."""
    post(chief, f"{TREE}/retire", TREE, category="harm", retired="yes")
    settings = web.hotline.settings
    with pytest.raises(WrongFields) as refused:
        written(a_form(web), {"category": "harm"}, settings)
    assert refused.value.problems == {"category": "retired_category"}
    assert written(a_form(web, category="harm"), {"category": "harm", "content": "x"}, settings).category == "harm"


def move(client: FlaskClient, category: str, parent: str, seen: str) -> str:
    post(client, f"{TREE}/move", TREE, category=category, parent=parent, seen=seen)
    return client.get(TREE).text


def parents(web: Web) -> dict[str, str]:
    return {key: each.parent for key, each in web.hotline.settings.categories.items()}


def test_one_is_moved_with_what_stands_below_it_and_keeps_all_else(web: Web, chief: FlaskClient) -> None:
    move(chief, "product", "harm", "consult")
    assert parents(web) == {"consult": "", "product": "harm", "detail": "product", "harm": ""}
    move(chief, "harm", "consult", "")
    assert web.hotline.settings.categories["harm"].menu_subjects == ("损害",)
    assert [each.path for each in category_views(web.hotline.settings)][-1] == ["咨询", "损害", "产品", "细节"]
    assert ("chief", "settings.change", "setting:categories.product") in web.audit()


@pytest.mark.parametrize(
    ("category", "parent", "seen"),
    [("consult", "consult", ""), ("consult", "detail", ""), ("consult", "gone", ""), ("gone", "", ""), ("", "", "")],
)
def test_what_cannot_be_is_refused(web: Web, chief: FlaskClient, category: str, parent: str, seen: str) -> None:
    before = parents(web)
    page = move(chief, category, parent, seen)
    assert parents(web) == before and "tone-bad" in page


def test_of_two_who_move_the_same_the_second_is_told(web: Web, chief: FlaskClient) -> None:
    other = web.signed_in(Role.ADMINISTRATOR, username="other")
    move(chief, "product", "harm", "consult")
    page = move(other, "product", "", "consult")
    assert parents(web)["product"] == "harm" and "categories.product.parent" in page


def test_a_retired_one_is_offered_no_more_nor_what_stands_below_it(web: Web, chief: FlaskClient) -> None:
    post(chief, f"{TREE}/retire", TREE, category="consult", retired="yes")
    known = web.hotline.settings.categories
    assert [key for key in known if is_retired(known, key)] == ["consult", "product", "detail"]
    assert {each.id: each.retired for each in category_views(web.hotline.settings)}["detail"]
    shown = chief.get(TREE).text
    assert "随上级停用" in shown and "恢复 咨询" in shown
    post(chief, f"{TREE}/retire", TREE, category="consult", retired="")
    assert not web.hotline.settings.categories["consult"].retired


def test_what_a_record_has_is_not_taken_away(web: Web, chief: FlaskClient) -> None:
    with web.hotline.storage.writing() as tx:
        FormStore(tx).add([a_form(web, category="harm")])
    admin = web.signed_in(Role.ADMINISTRATOR)
    entry = "/admin/settings/table/categories/entry/harm"
    refused = post(admin, f"{entry}/remove", entry, reason="清理", from_at="")
    assert refused.status_code == 422 and "请改为停用" in refused.text
    assert "harm" in web.hotline.settings.categories
    assert post(admin, f"{entry.replace('harm', 'detail')}/remove", entry, reason="清理", from_at="").status_code == 303
    assert "detail" not in web.hotline.settings.categories


def test_who_may_not_change_it_sees_none_of_it(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    assert client.get(TREE).status_code == 403
    assert post(client, f"{TREE}/move", "/password", category="harm", parent="consult").status_code == 403
