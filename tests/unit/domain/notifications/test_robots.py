"""The robots' addresses as people copy them, and their answers: 200 is no yes."""

from __future__ import annotations

import json

import pytest

from hotline.domain.notifications.notification import Text, Verdict
from hotline.domain.notifications.robots import Robot, judged, request_to, robot_of
from tests.support.instance import at

NOW = at("2026-11-16 10:30:00")


@pytest.mark.parametrize(
    ("url", "robot"),
    [
        ("wecombot://abc-1", Robot("wecombot", "abc-1")),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-1", Robot("wecombot", "abc-1")),
        ("dingtalk://abc/", Robot("dingtalk", "abc")),
        ("dingtalk://SEC1@abc", Robot("dingtalk", "abc", "SEC1")),
        ("https://oapi.dingtalk.com/robot/send?access_token=abc", Robot("dingtalk", "abc")),
        ("feishu://abc", Robot("feishu", "abc")),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/a-b", Robot("feishu", "a-b")),
        ("json://127.0.0.1:1/", None),
        ("https://127.0.0.1/cgi-bin/webhook/send?key=abc", None),
        ("wecombot://abc\r\nHost: x", None),
        ("wecombot://", None),
        ("", None),
    ],
)
def test_addresses_are_read_as_apprise_writes_them_and_as_the_robot_shows_them(url: str, robot: Robot | None) -> None:
    assert robot_of(url) == robot
    if robot:
        assert robot_of(robot.url) == robot


@pytest.mark.parametrize(
    ("status", "body", "verdict"),
    [
        (200, {"errcode": 0, "errmsg": "ok"}, Verdict.TAKEN),
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}, Verdict.REFUSED),
        (200, {"errcode": 45009, "errmsg": "api freq out of limit"}, Verdict.FAILED),
        (200, {}, Verdict.UNSURE),
        (200, [], Verdict.UNSURE),
        (404, {}, Verdict.REFUSED),
        (429, {}, Verdict.FAILED),
        (500, {}, Verdict.FAILED),
        (502, {}, Verdict.UNSURE),
        (504, {}, Verdict.UNSURE),
    ],
)
def test_the_body_says_whether_it_was_taken(status: int, body: object, verdict: Verdict) -> None:
    assert judged("wecombot", status, json.dumps(body).encode()).verdict is verdict


def test_an_answer_of_something_between_leaves_us_in_the_dark() -> None:
    assert judged("feishu", 200, b"<html>portal</html>").verdict is Verdict.UNSURE


def test_feishu_says_code_and_dingtalk_errcode() -> None:
    assert judged("feishu", 200, b'{"code": 19024, "msg": "Key Words Not Found"}').verdict is Verdict.REFUSED
    assert judged("feishu", 200, b'{"StatusCode": 0}').verdict is Verdict.TAKEN
    assert judged("dingtalk", 200, b'{"errcode": 130101, "errmsg": "too fast"}').verdict is Verdict.FAILED


def test_a_secret_signs_and_does_not_go_along() -> None:
    """As DingTalk and Feishu document it: HMAC-SHA256 of the moment and the secret."""
    address, _body = request_to(Robot("dingtalk", "tok", "SEC"), "https://h", Text("t", "b"), NOW)
    assert address == (
        "https://h/robot/send?access_token=tok&timestamp=1794796200000&sign=gEznJwAuoVykqnWGXPiMQmbvhFYtTSQLCLYF8h%2FIBTI%3D"
    )
    _address, whole = request_to(Robot("feishu", "tok", "SEC"), "https://h", Text("t", "b"), NOW)
    sent = json.loads(whole)
    assert (sent["timestamp"], sent["sign"]) == ("1794796200", "HZodmQdx9wJllFrrsQZsxjzaXVbckwc5gbUZ9EBYHMY=")


def test_what_is_too_long_is_cut_between_two_characters() -> None:
    _address, whole = request_to(Robot("wecombot", "k"), "https://h", Text("头" * 3000, ""), NOW)
    content = json.loads(whole)["text"]["content"]
    assert content.endswith("…") and len(content.encode()) <= 2048
