"""What holds for every answer: headers, errors, language and light. CSRF: test_web_every_route."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import request

import hotline.web
from hotline.domain.errors import PbxError, Refused, StorageError, UnfinishedForms
from hotline.web.kit import assets
from hotline.web.kit.access import public
from hotline.web.kit.refusals.registry import refusal_words
from tests.support.web import Web, a_web, post

TEMPLATES = Path(hotline.web.__file__).parent / "templates"


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/static/css/hotline.css", "/api/v1/health", "/api/v1/calls"])
def test_every_answer_has_the_strict_headers(web: Web, path: str) -> None:
    headers = web.client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "style-src 'self';" in policy and "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_by_browsers_but_static_files_are(web: Web) -> None:
    assert "no-store" in web.client().get("/sign-in").headers["Cache-Control"]
    assert "max-age=31536000" in web.client().get("/static/css/hotline.css?v=1").headers["Cache-Control"]
    # Scripts that scripts import bear no mark of their content.
    assert web.client().get("/static/js/kit/app.js").headers["Cache-Control"] == "no-cache"


def test_no_template_has_inline_code_or_an_address_elsewhere() -> None:
    # Data for the scripts is no code: browsers do not run it, and tojson escapes what could end it.
    data = r' type="application/json" id="[a-z-]+">\{\{ [a-z_()]+ \| tojson \}\}</script>'
    bad = re.compile(rf"<script(?![^>]*\bsrc=)(?!{data})|\sstyle=|\son[a-z]+=|javascript:|https?://", re.IGNORECASE)
    found = [
        f"{path.name}: {match[0]}"
        for path in TEMPLATES.rglob("*.html")
        for match in bad.finditer(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_icon_that_a_template_uses_is_in_the_list() -> None:
    known = set((TEMPLATES.parent / "icons.txt").read_text("utf-8").split())
    sources = [*TEMPLATES.rglob("*.html"), *TEMPLATES.parent.glob("*.py")]
    used = {name for path in sources for name in re.findall(r"icon\(\"([a-z-]+)\"", path.read_text("utf-8"))}
    # The timeline names the icon of each step before its tone.
    timeline = (TEMPLATES.parent / "calls" / "timeline.py").read_text("utf-8")
    used |= set(re.findall(r'"([a-z]+(?:-[a-z]+)*)", "(?:info|muted|wait|ok|warn)"', timeline))
    assert used - known == set()


def test_language_is_the_sites_until_somebody_chooses(web: Web) -> None:
    client = web.client()
    assert "登录" in client.get("/sign-in").text
    answer = post(client, "/preferences", form_page="/sign-in", language="en")
    assert answer.location == "/"
    page = client.get("/sign-in").text
    assert "Sign in" in page and "登录" not in page and 'lang="en"' in page


def test_the_choice_of_light_goes_into_the_page(web: Web) -> None:
    client = web.client()
    assert 'data-theme="auto"' in client.get("/sign-in").text
    post(client, "/preferences", form_page="/sign-in", theme="dark")
    assert 'data-theme="dark" data-bs-theme="dark"' in client.get("/sign-in").text


@pytest.mark.parametrize("cookie", [("theme", '"><script>'), ("language", "../../etc/passwd"), ("language", "")])
def test_a_made_up_preference_is_ignored(web: Web, cookie: tuple[str, str]) -> None:
    client = web.client()
    client.set_cookie(*cookie)
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert "登录" in page.text and "<script>" not in page.text.replace("<script src", "")


def test_preferences_lead_back_to_the_page_but_never_elsewhere(web: Web) -> None:
    client = web.client()
    token = re.search(r'value="([^"]+)"', client.get("/sign-in").text)[1]
    data = {"csrf_token": token, "theme": "dark"}
    here = client.post("/preferences", data=data, headers={"Referer": "http://localhost/calls?page=2"})
    assert here.location == "/calls?page=2"
    for elsewhere in ("http://elsewhere.example/calls", "http://[", "//["):
        there = client.post("/preferences", data=data, headers={"Referer": elsewhere})
        assert there.location == "/"


def failing(web: Web, error: Exception) -> None:
    """Adds a page and an API path that fail."""

    @public
    def fail() -> str:
        raise error

    web.app.add_url_rule("/fails", view_func=fail, endpoint="fails")
    web.app.add_url_rule("/api/v1/fails", view_func=fail, endpoint="api_fails")


@pytest.mark.parametrize(
    ("error", "status", "kind", "code"),
    [
        (Refused("line.year"), 422, "refused", "line.year"),
        (PbxError("asterisk.no_time", said="x"), 503, "pbx", "asterisk.no_time"),
        (StorageError("storage.failed", why="away"), 503, "storage", "storage.failed"),
        (UnfinishedForms("operators.unfinished_forms", unfinished=3, allowed=2), 409, "unfinished_forms", None),
        (RuntimeError("secret detail"), 500, "error", "error"),
    ],
)
def test_errors_are_told_to_people_as_pages_and_to_programs_as_problems(
    tmp_path: Path, error: Exception, status: int, kind: str, code: str | None
) -> None:
    web = a_web(tmp_path, own_routes=True)
    failing(web, error)
    page = web.client().get("/fails")
    assert page.status_code == status and "text/html" in page.content_type
    problem = web.client().get("/api/v1/fails")
    assert problem.status_code == status and problem.content_type == "application/problem+json"
    assert problem.json["code"] == kind and problem.json["status"] == status
    assert problem.json["reason"] == (code or error.code)  # type: ignore[attr-defined]
    assert "secret detail" not in page.text + problem.text


def test_every_refusal_is_said_in_the_language_of_whoever_asks(tmp_path: Path) -> None:
    """In Chinese no English sentence is seen, in English nothing Chinese; the code is the same in both."""
    web = a_web(tmp_path, own_routes=True)

    @public
    def refuse() -> str:
        code = request.args["code"]
        raise Refused(code, **dict.fromkeys(re.findall(r"%\((\w+)\)s", refusal_words()[code]), "1"))

    web.app.add_url_rule("/refuses", view_func=refuse, endpoint="refuses")
    web.app.add_url_rule("/api/v1/refuses", view_func=refuse, endpoint="api_refuses")
    chinese, english = web.client(), web.client()
    english.set_cookie("language", "en")
    raised = sorted(code for code in refusal_words() if not code.startswith("role."))
    for code in raised:
        inside = chinese.get(f"/api/v1/refuses?code={code}").json
        abroad = english.get(f"/api/v1/refuses?code={code}").json
        assert inside["reason"] == abroad["reason"] == code
        assert re.search(r"[\u4e00-\u9fff]", inside["detail"]), code
        assert not re.search(r"(?:[A-Za-z]+ ){4,}[A-Za-z]+[.!?]", inside["detail"]), code
        assert not re.search(r"[\u4e00-\u9fff]", re.sub("王五:13800000002|手机号码=number", "", abroad["detail"])), code
    for code in ("examination.own_call", "retention.hold_until", "accounts.needs_role"):
        page = chinese.get(f"/refuses?code={code}")
        assert page.status_code == 422 and refusal_words()[code][:20] not in page.text
        assert chinese.get(f"/api/v1/refuses?code={code}").json["detail"] in html.unescape(page.text)


def test_an_unknown_page_is_designed_and_an_unknown_path_of_the_api_is_a_problem(web: Web) -> None:
    assert "未找到" in web.client().get("/nowhere").text
    assert web.client().get("/api/v1/nowhere").json["code"] == "not_found"
    assert web.client().post("/api/v1/calls").json["code"] == "method_not_allowed"


def test_missing_assets_are_said_before_anything_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(assets, "STAMP", stamp)
    with pytest.raises(assets.AssetsMissing, match=r"^machine.assets_missing$"):
        assets.require_assets()
    stamp.write_text(assets.made_from(), "utf-8")
    assets.require_assets()
    stamp.write_text("of other sources", "utf-8")
    with pytest.raises(assets.AssetsMissing, match=r"^machine.assets_missing$"):
        assets.require_assets()


def test_a_form_beyond_all_measure_is_refused(web: Web) -> None:
    answer = web.client().post("/sign-in", data={"username": "x" * 1_000_000})
    assert answer.status_code == 413
