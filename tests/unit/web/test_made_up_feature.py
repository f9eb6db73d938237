"""A folder is enough: what a new feature tells in its own files is picked up, and no file of others names it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import hotline.web
from hotline.discovery import modules, together
from hotline.domain.people import Role
from hotline.domain.reasons import because
from hotline.storage.alerts import AlertStore
from hotline.storage.audit import AuditLog
from hotline.web.accounts import audit_shown
from hotline.web.kit import alerts_shown
from hotline.web.kit.refusals import registry
from hotline.web.kit.refusals.registry import say
from hotline.web.kit.told.web_feature import features
from tests.support.web import Web, a_web, csrf_of

FILES = {
    "__init__.py": "",
    "pages.py": """
from flask import Blueprint, render_template_string, request
from hotline.domain.people import Role
from hotline.web.kit.access import for_roles, public

blueprint = Blueprint("brews", __name__, url_prefix="/brews")

@blueprint.get("")
@for_roles(Role.SUPERVISOR)
def index():
    return render_template_string(
        '{% extends "kit/base.html" %}{% block content %}{{ label(labels.brew, "due").text }} {{ tea }}{% endblock %}'
    )

@blueprint.get("/<int:brew_id>")
@for_roles(Role.SUPERVISOR)
def show(brew_id):
    return render_template_string('{% extends "kit/base.html" %}')

@blueprint.post("/photo")
@public
def photo():
    return str(len(request.form["photo"]))

def install(app):
    app.jinja_env.globals["tea"] = "with tea"
""",
    "api.py": """
from flask import jsonify
from flask_openapi3 import Tag
from hotline.domain.errors import Refused
from hotline.domain.people import Role
from hotline.web.kit.access import for_api

def register(api):
    api.get("/brews", tags=[Tag(name="brews")])(brews)

@for_api(Role.SUPERVISOR)
def brews():
    \"\"\"All brews.\"\"\"
    raise Refused("brews.too_early", hour=8)
""",
    "feature.py": """
from hotline.web.kit.labels import Label
from hotline.web.kit.told.menu import QUALITY, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.brews import api, pages

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    apis=(api.register,),
    installers=(pages.install,),
    menu=(MenuEntry("brews.index", "users", "Brews made", 55, QUALITY),),
    under={"brews": "brews.index"},
    labels={"brew": {"due": Label("Brew is due")}},
    large_forms={"brews.photo": 400_000},
)
""",
    "refusals.py": 'WORDS = {"brews.too_early": "Not before %(hour)s.", "brews.late": "%(count)s of them"}',
    "audit_words.py": """
from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords({"brew.make": "Brew was made"}, {"brew": ObjectPage("brews.show", "brew_id")})
""",
    "alert_words.py": """
from hotline.web.kit.told.alerted import AlertWords
from hotline.web.kit.labels import Label

WORDS = {"brews": AlertWords(Label("Brews are late"), "Make them.", page="brews.index")}
""",
}
GATHERED = (modules, audit_shown.audit_actions, audit_shown._object_pages, alerts_shown.alert_words)


def _forget() -> None:
    for gathered in (*GATHERED, registry.refusal_words):
        gathered.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where packages of hotline.web are looked for too."""
    monkeypatch.setattr(hotline.web, "__path__", [*hotline.web.__path__, str(tmp_path)])
    _forget()
    yield tmp_path
    _forget()
    for name in [name for name in sys.modules if name.startswith("hotline.web.brews")]:
        del sys.modules[name]
    vars(hotline.web).pop("brews", None)


def _write(folder: Path, *names: str) -> None:
    (folder / "brews").mkdir()
    for name in names:
        (folder / "brews" / name).write_text(FILES[name])


@pytest.fixture
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Web:
    _write(folder, *FILES)
    return a_web(tmp_path_factory.mktemp("home"), own_routes=True)


def test_its_page_is_shown_with_its_labels_and_globals(site: Web) -> None:
    page = site.signed_in(Role.SUPERVISOR).get("/brews")
    assert page.status_code == 200 and "Brew is due with tea" in page.text


def test_its_entry_stands_in_its_place_of_the_menu_for_whom_it_is(site: Web) -> None:
    client = site.signed_in(Role.SUPERVISOR)
    entries = re.findall(r'<a class="dropdown-item[^"]*" href="([^"]+)"', client.get("/brews/3").text)
    assert entries[entries.index("/brews") - 1 :][:3] == ["/calibrations", "/brews", "/samples"]
    assert '<a class="dropdown-item active" href="/brews"' in client.get("/brews/3").text
    assert 'href="/brews"' not in site.signed_in(Role.EXAMINER).get("/calls").text


def test_its_api_is_described_and_guarded_and_refuses_in_its_words(site: Web) -> None:
    assert "/api/v1/brews" in site.client().get("/api/v1/openapi.json").json["paths"]
    assert site.client().get("/api/v1/brews").status_code == 401
    answer = site.client().get("/api/v1/brews", headers=site.program(Role.SUPERVISOR))
    assert answer.json["reason"] == "brews.too_early" and answer.json["detail"] == "Not before 8."
    assert say(because("brews.too_early", hour=9), str) == "Not before 9."


def test_its_page_takes_as_much_as_it_says(site: Web) -> None:
    client = site.client()
    token = csrf_of(client.get("/sign-in"))

    def sent(path: str, size: int) -> int:
        return client.post(path, data={"csrf_token": token, "photo": "x" * size}).status_code

    assert (sent("/brews/photo", 390_000), sent("/brews/photo", 410_000)) == (200, 413)
    assert sent("/sign-in", 390_000) == 413


def test_the_audit_log_says_what_was_done_and_leads_to_it(site: Web) -> None:
    with site.hotline.storage.writing() as tx:
        AuditLog(tx).add(site.now, "zhao", "brew.make", "brew:7")
    page = site.signed_in(Role.SUPERVISOR).get("/admin/audit").text
    assert "Brew was made" in page and 'href="/brews/7"' in page


def test_the_banner_says_its_alerts_and_leads_to_them(site: Web) -> None:
    with site.hotline.storage.writing() as tx:
        AlertStore(tx).raise_("brews", "", "late", site.now, {"reason": because("brews.late", count=4).as_json()})
    page = site.signed_in(Role.SUPERVISOR).get("/calls").text
    assert '<a class="text-reset" href="/brews">Brews are late</a>' in page and "4 of them" in page


def test_two_that_claim_one_code_are_an_error(folder: Path) -> None:
    _write(folder, "__init__.py")
    (folder / "brews" / "refusals.py").write_text('WORDS = {"cases.of_tomorrow": "", "customers.mail": ""}')
    with pytest.raises(ValueError, match=r"two features tell of customers\.mail"):
        registry.refusal_words()


def test_keys_that_two_tell_of_are_named_together() -> None:
    assert together([{"a": 1}, {}, {"b": 2}]) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match=r"two features tell of a, c$"):
        together([{"a": 1, "b": 2, "c": 3}, {"c": 4, "a": 5}])


def test_the_order_of_features_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, back = (tmp_path / name for name in ("there", "back"))
    first = a_web(there, own_routes=True)
    monkeypatch.setattr("hotline.web.app.features", lambda: features()[::-1])
    second = a_web(back, own_routes=True)
    assert _of(first) == _of(second)
    assert _menu(first) == _menu(second)


def _of(web: Web) -> tuple[object, ...]:
    document = web.client().get("/api/v1/openapi.json").json
    document["tags"].sort(key=lambda tag: tag["name"])
    hooks = [hook.__qualname__ for hook in web.app.before_request_funcs[None]]
    globals = web.app.jinja_env.globals
    labels = globals["labels"]
    assert isinstance(labels, dict)
    return sorted(map(repr, web.app.url_map.iter_rules())), document, hooks, sorted(globals), sorted(labels)


def _menu(web: Web) -> list[str]:
    return re.findall(r'href="([^"]+)"', web.signed_in(Role.SUPERVISOR, Role.ADMINISTRATOR).get("/calls").text)
