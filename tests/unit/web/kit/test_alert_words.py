"""Open alerts above every page: shown to whoever manages the hotline, each with a link to where it is seen to."""

from __future__ import annotations

import ast
import html
import re
from dataclasses import replace

import pytest

from hotline.domain.people import MANAGERS, Role
from hotline.domain.reasons import because
from hotline.services.alerts import AlertKind, set_alert
from hotline.services.examination.alert_kinds import CORRECTIVE_ACTIONS
from hotline.services.ways_in.alert_kinds import PHONE_FORWARDS
from hotline.settings.home import TREE
from hotline.storage.accounts.users import UserStore
from hotline.storage.alerts import AlertStore
from hotline.web.kit.alerts_shown import alert_words
from hotline.web.kit.i18n import LANGUAGE_COOKIE
from tests.support.web import Web, a_web


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("alerts"))


@pytest.mark.parametrize("kind", sorted(alert_words()))
def test_an_alert_leads_each_who_sees_it_to_a_page_that_lets_them_in(site: Web, kind: str) -> None:
    with site.hotline.storage.writing() as tx:
        set_alert(tx, AlertKind(kind), "", because("recordings.nothing_sent"), site.now)
    for role in MANAGERS:
        client = site.signed_in(role, username=f"{role.value}-{kind}".replace("_", "-")[:32])
        [link] = re.findall(r'<a class="text-reset" href="([^"]+)"', client.get("/calls").text)
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    with site.hotline.storage.writing() as tx:
        set_alert(tx, AlertKind(kind), "", None, site.now)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EXAMINER])
def test_who_does_not_steer_sees_no_alert(site: Web, role: Role) -> None:
    """Nor a link that would refuse them."""
    overdue = because("examination.actions_overdue", count=1, earliest_at=site.now)
    with site.hotline.storage.writing() as tx:
        set_alert(tx, CORRECTIVE_ACTIONS, "", overdue, site.now)
    page = site.signed_in(role).get("/my-results").text
    assert "1 项待整改" not in page and 'href="/rectifications"' not in page.split("<main")[1]


def test_an_operator_is_told_of_their_own_phone_alone(site: Web) -> None:
    """A3: it is set to forward calls, and they can end it."""
    clients = {}
    for extension, name in (("1001", "zhao"), ("1002", "qian")):
        client = site.signed_in(Role.OPERATOR, username=name)
        with site.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username(name)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
        clients[extension] = client
    with site.hotline.storage.writing() as tx:
        forwards = because("ways_in.phone_forwards", name="赵敏", last_at=site.now)
        set_alert(tx, PHONE_FORWARDS, "1001", forwards, site.now)
    told = {extension: client.get("/calls") for extension, client in clients.items()}
    assert all(page.status_code == 200 for page in told.values())
    words = "有话机设置了呼叫转移"
    assert [extension for extension, page in told.items() if words in page.text] == ["1001"]


def _kinds() -> set[str]:
    """Each is written out once, where its feature names it."""
    return {
        str(node.args[0].value)
        for path in (TREE / "hotline/services").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "AlertKind"
        if isinstance(node.args[0], ast.Constant)
    }


def test_every_kind_of_alert_has_words_and_no_words_are_left_over() -> None:
    assert len(_kinds()) > 20
    assert set(alert_words()) == _kinds()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_alerts_says_of_each_kind_what_is_to_be_done(site: Web, language: str) -> None:
    """However many there are; the band above the pages shows four and leads to the others."""
    with site.hotline.storage.writing() as tx:
        for kind in alert_words():
            set_alert(tx, AlertKind(kind), "", because("recordings.nothing_sent"), site.now)
    client = site.signed_in(Role.SUPERVISOR, username=f"todo-{language}")
    client.set_cookie(LANGUAGE_COOKIE, language)
    assert 'href="/alerts"' in client.get("/calls").text
    page = html.unescape(client.get("/alerts").text)
    sections = {part.split('"')[0]: part for part in page.split('<section class="card mb-3" id="')[1:]}
    assert set(sections) == set(alert_words())
    heading = "处理办法：" if language == "zh" else "What to do:"
    for kind, section in sections.items():
        todo = section.split(heading)[1].split("</strong>")[1].split("</p>")[0]
        assert bool(re.search("[一-鿿]", todo)) == (language == "zh"), kind
        assert str(alert_words()[kind].todo) in todo or language == "zh"
    with site.hotline.storage.writing() as tx:
        for kind in alert_words():
            set_alert(tx, AlertKind(kind), "", None, site.now)


def test_a_kind_of_another_version_is_shown_by_its_code(site: Web) -> None:
    with site.hotline.storage.writing() as tx:
        AlertStore(tx).raise_("of_tomorrow", "node9", "it came apart", site.now)
    page = site.signed_in(Role.SUPERVISOR, username="reader-of-tomorrow").get("/calls").text
    assert "of_tomorrow" in page and "it came apart" in page and "node9" in page
    with site.hotline.storage.writing() as tx:
        AlertStore(tx).clear("of_tomorrow", "node9", site.now)
