"""The administrators' page of text messages, and the gateway's reports over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.people import Role
from hotline.services.sms.gateways import make_gateway, signature
from hotline.services.sms.sms import send_due
from tests.support.web import Web, a_web, post

SECRET = "a secret of many letters"
TEMPLATE = """
[sms.templates.done]
gateway_template = "SMS_1"
text = "您的工单{number}已处理完毕"
parameters = ["number"]
"""
FILE = '[sms]\ngateway = "file"\n' + TEMPLATE
HTTP = f'[sms]\ngateway = "http"\nurl = "https://sms.example.com/"\nkey = "hotline"\nsecret = "{SECRET}"\n' + TEMPLATE
PAGE = "/admin/sms"


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, FILE)


@pytest.fixture
def admin(web: Web) -> FlaskClient:
    return web.signed_in(Role.ADMINISTRATOR)


def send_test(client: FlaskClient, number: str = "13912345678", **more: str) -> TestResponse:
    fields = {"template": "done", "number": number, "done.number": "20261116-001"} | more
    return post(client, f"{PAGE}/test", form_page=PAGE, **fields)


def test_without_a_gateway_no_page_speaks_of_text_messages(tmp_path: Path) -> None:
    web = a_web(tmp_path, TEMPLATE)
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert PAGE not in admin.get("/admin/people").text
    assert admin.get(PAGE).status_code == 404
    assert web.client().post("/l/sms/reports", json={}).status_code == 404


def test_a_test_is_sent_and_seen_with_its_state_and_a_masked_number(web: Web, admin: FlaskClient) -> None:
    assert PAGE in admin.get("/admin/people").text
    assert send_test(admin).status_code == 302
    assert "等待发送" in admin.get(f"{PAGE}?lang=zh").text
    gateway = make_gateway(web.hotline.settings.sms, web.hotline.home)
    assert gateway is not None and send_due(web.hotline.storage, web.hotline.settings, gateway, web.now) == 1
    page = admin.get(PAGE).text
    assert "已提交" in page and "您的工单20261116-001已处理完毕" in page
    assert "13912345678" not in page and "5678" in page
    assert ("u-administrator", "sms.test", "number:139****5678") in web.audit()


@pytest.mark.parametrize(
    "wrong", [{"number": "12"}, {"number": "x"}, {"template": "other"}, {"done.number": ""}, {"done.number": "x" * 99}]
)
def test_a_test_that_does_not_fit_is_refused_in_words(admin: FlaskClient, wrong: dict[str, str]) -> None:
    assert send_test(admin, **wrong).status_code == 302
    page = admin.get(f"{PAGE}?lang=zh").text
    assert "等待发送" not in page and 'class="alert' in page


def test_numbers_that_are_sent_nothing_are_added_and_taken_off(web: Web, admin: FlaskClient) -> None:
    post(admin, f"{PAGE}/do-not-send", form_page=PAGE, number="139 1234 5678")
    assert "13912345678" in admin.get(PAGE).text
    send_test(admin)
    assert "未发送" in admin.get(f"{PAGE}?lang=zh").text
    post(admin, f"{PAGE}/do-not-send", form_page=PAGE, number="+8613912345678", remove="yes")
    assert "13912345678" not in admin.get(PAGE).text
    assert post(admin, f"{PAGE}/do-not-send", form_page=PAGE, number="nonsense").status_code == 302
    assert [action for _who, action, _object in web.audit() if "bar" in action] == ["sms.bar", "sms.unbar"]


def test_hostile_texts_are_texts(admin: FlaskClient) -> None:
    send_test(admin, **{"done.number": "<img src=x onerror=1>"})
    page = admin.get(PAGE).text
    assert "&lt;img" in page and "<img src=x" not in page


def test_a_report_over_http_needs_its_signature_and_nothing_else(tmp_path: Path) -> None:
    web = a_web(tmp_path, HTTP)
    body = json.dumps({"replies": [{"number": "13912345678", "text": "TD"}]}).encode()
    moment = str(int(web.now.timestamp()))
    headers = {"Hotline-Key": "hotline", "Hotline-Time": moment, "Content-Type": "application/json"}
    right = headers | {"Hotline-Signature": signature(SECRET, moment, body)}
    for wrong in (headers, headers | {"Hotline-Signature": "长"}, right | {"Hotline-Time": "１"}):
        answer = web.client().post("/l/sms/reports", data=body, headers=wrong)
        assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    answer = web.client().post("/l/sms/reports", data=body, headers=right)
    assert (answer.status_code, answer.json) == (200, {"taken": 1})
    assert web.client().post("/l/sms/reports", data=body + b" ", headers=right).status_code == 403
    assert "13912345678" in web.signed_in(Role.ADMINISTRATOR).get(PAGE).text
