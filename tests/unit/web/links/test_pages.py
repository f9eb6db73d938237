"""Links as browsers, previewers and strangers find them, and the administrators' list."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hotline.domain.links.link import Holder, HolderKind
from hotline.domain.people import Role
from hotline.services.forms import duty_links
from hotline.services.links import links
from tests.support import sample_calls as sample
from tests.support.instance import at
from tests.support.web import Web, a_web, csrf_of, post

SITE = '[web]\npublic_url = "https://hotline.example.com"\n'
PREVIEWER = {"User-Agent": "WeCom-LinkPreview/1.0"}


@pytest.fixture
def web(tmp_path: Path) -> Web:
    web = a_web(tmp_path, SITE)
    web.keep(sample.duty_call("node1-1.3", at("2026-11-15 22:10:00")))
    return web


@pytest.fixture
def token(web: Web) -> str:
    return duty_links.make_link(web.hotline.storage, web.hotline.settings, 1, "boss", web.now).token


def opened(web: Web, token: str) -> FlaskClient:
    client = web.client()
    assert post(client, f"/l/{token}/open", form_page=f"/l/{token}").status_code == 302
    return client


def test_previewers_use_up_no_link(web: Web, token: str) -> None:
    for method in ("GET", "HEAD", "GET"):
        assert web.client().open(f"/l/{token}", method=method, headers=PREVIEWER).status_code == 200
    assert web.client().get(f"/l/{token}/open", headers=PREVIEWER).status_code == 405
    assert opened(web, token).get(f"/l/{token}").status_code == 200


def test_a_link_that_lets_nobody_in_says_so_and_how_to_get_another(web: Web, token: str) -> None:
    client = opened(web, token)
    elsewhere = web.client().get(f"/l/{token}?lang=zh")
    assert elsewhere.status_code == 403 and "链接已在别处打开" in elsewhere.text
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert post(admin, "/admin/links/revoke", form_page="/admin/links", what="this", id="1").status_code == 302
    revoked = client.get(f"/l/{token}?lang=zh")
    assert revoked.status_code == 410 and "链接已撤销" in revoked.text and "请向主管" in revoked.text
    forged = web.client().get(f"/l/{token[:-2]}xx?lang=zh")
    assert forged.status_code == 404 and "链接不存在" in forged.text and "重新索取" in forged.text
    newer = duty_links.make_link(web.hotline.storage, web.hotline.settings, 1, "boss", web.now).token
    web.clock.now += timedelta(hours=72)
    expired = web.client().get(f"/l/{newer}?lang=zh")
    assert expired.status_code == 410 and "2026-11-19 10:30" in expired.text and "请向主管" in expired.text


def test_a_page_behind_a_link_is_for_this_browser_alone(web: Web, token: str) -> None:
    client = opened(web, token)
    page = client.get(f"/l/{token}")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "noindex" in page.text
    # The example in the words for a wrong address leads nowhere.
    assert "https://" not in page.text.replace("https://example.com", "") and 'src="//' not in page.text
    cookie = client.get_cookie("link", path=f"/l/{token}")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"


def test_all_that_such_a_page_loads_lies_below_its_own_path(web: Web, token: str) -> None:
    for page in (web.client().get(f"/l/{token}"), opened(web, token).get(f"/l/{token}"), web.client().get("/l/no")):
        addresses = [part.split('"')[0] for mark in ('href="', 'src="') for part in page.text.split(mark)[1:]]
        addresses = [address for address in addresses if not address.startswith("data:")]  # stands in the page itself
        assert addresses and all(address.startswith("/l/static/") for address in addresses), addresses
        answer = web.client().get(addresses[0])
        assert answer.status_code == 200 and "max-age" in answer.headers["Cache-Control"]


def test_the_secret_of_a_link_stands_in_no_log_and_no_audit_entry(
    web: Web, token: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(web, token)
    key = csrf_of(web.client().get("/sign-in"))
    with caplog.at_level(logging.DEBUG):
        web.client().get(f"/l/{token}")  # another browser: refused
        client.post(f"/l/{token}/done", json={"version": 1}, headers={"X-CSRFToken": key})

        def broken(*_: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr(duty_links, "form_of_link", broken)
        assert client.get(f"/l/{token}").status_code == 500
    assert "/l/<token>" in caplog.text
    assert token not in caplog.text and token not in str(web.audit())


def test_a_link_of_before_goes_on_in_its_browser(web: Web, token: str) -> None:
    found = links.open_link(web.hotline.storage, token, web.now)
    assert found is not None
    client = web.client()
    client.set_cookie("duty", found[0], path=f"/duty/{token}")
    assert client.get(f"/duty/{token}").location == f"/l/{token}"
    assert "form-page-data" in client.get(f"/l/{token}").text
    stranger = web.client()
    assert stranger.get(f"/duty/{token}").location == f"/l/{token}"
    assert stranger.get(f"/l/{token}").status_code == 403


def test_no_link_is_made_without_an_address_of_our_own(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    web.keep(sample.duty_call("node1-1.3", at("2026-11-15 22:10:00")))
    boss = web.signed_in(Role.SUPERVISOR)
    refused = post(boss, "/forms/1/link?lang=en", form_page="/forms/1")
    assert refused.status_code == 422 and "public_url" in refused.text
    assert "public_url" in web.signed_in(Role.ADMINISTRATOR).get("/admin/links?lang=en").text


def test_administrators_see_what_lives_and_revoke_it(web: Web, token: str) -> None:
    with web.hotline.storage.writing() as tx:
        links.make_link(
            tx,
            web.hotline.settings,
            "gone",
            "visit:3",
            Holder(HolderKind.CUSTOMER, 5),
            by="<b>boss</b>",
            expires_at=web.now + timedelta(hours=1),
            now=web.now,
        )
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/links?lang=zh").text
    assert "值班手机来电记录" in page and "李四" in page and "客户 5" in page and "&lt;b&gt;" in page
    assert token not in page
    for what in ("nonsense", "this", "object", "holder"):
        assert post(admin, "/admin/links/revoke", form_page="/admin/links", what=what, id="９9x").status_code == 302
    assert "李四" in admin.get("/admin/links").text
    assert post(admin, "/admin/links/revoke", form_page="/admin/links", what="all").status_code == 302
    assert "李四" not in admin.get("/admin/links").text
    assert web.client().get(f"/l/{token}").status_code == 410
