"""Robots over real HTTP: what is told of each try is true, whatever the other side does."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.notifications.notification import Text, Verdict
from hotline.domain.notifications.robots import Robot
from hotline.jobs.gateways.robots import RobotPost
from hotline.settings import Settings
from hotline.settings.notifications import NoticeSettings
from tests.support.certificates import Authority
from tests.support.gateways import robots
from tests.support.instance import StandingClock, an_instance, at
from tests.support.rig import free_port

NOW = at("2026-11-16 10:30:00")
TEXT = Text("告警：线路不通", "https://h.example/notifications/7")
WECOM = Robot("wecombot", "KEY")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return an_instance(tmp_path_factory.mktemp("robots"), NOW).settings


def _notices(settings: Settings, url: str, timeout: int = 1) -> NoticeSettings:
    gateways = settings.notices.gateways.model_copy(update={"wecom": url, "dingtalk": url, "feishu": url})
    return settings.notices.model_copy(update={"gateways": gateways, "timeout_seconds": timeout})


@pytest.mark.parametrize(
    ("robot", "path", "content"),
    [
        (WECOM, "/cgi-bin/webhook/send?key=KEY", ("text", "content")),
        (Robot("dingtalk", "TOK"), "/robot/send?access_token=TOK", ("text", "content")),
        (Robot("feishu", "TOK"), "/open-apis/bot/v2/hook/TOK", ("content", "text")),
    ],
)
def test_each_robot_gets_its_own_form(settings: Settings, robot: Robot, path: str, content: tuple[str, str]) -> None:
    with robots() as gateway:
        outcome = RobotPost(_notices(settings, gateway.url), StandingClock(NOW)).send(robot, TEXT)
    assert outcome.verdict is Verdict.TAKEN
    [(asked, body)] = gateway.got
    assert (asked, body[content[0]][content[1]]) == (path, f"{TEXT.title}\n{TEXT.body}")


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        (500, Verdict.FAILED, "notifications.http_status"),
        (403, Verdict.REFUSED, "notifications.http_status"),
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, Verdict.REFUSED, "notifications.gateway_said"),
        ({"errcode": 45009, "errmsg": "too many"}, Verdict.FAILED, "notifications.gateway_said"),
        ("<html>please sign in</html>", Verdict.UNSURE, "notifications.not_theirs"),
        ("hang", Verdict.UNSURE, "notifications.no_answer"),
        ("drip", Verdict.UNSURE, "notifications.no_answer"),
    ],
)
def test_a_gateway_that_misbehaves(settings: Settings, answer: Any, verdict: Verdict, code: str) -> None:
    with robots() as gateway:
        gateway.answers = [answer]
        outcome = RobotPost(_notices(settings, gateway.url), StandingClock(NOW)).send(WECOM, TEXT)
    assert outcome.verdict is verdict
    assert outcome.why is not None and outcome.why.code == code
    assert len(gateway.got) == 1


def test_who_is_not_there_has_surely_not_taken_it(settings: Settings) -> None:
    nobody = _notices(settings, f"http://127.0.0.1:{free_port()}")
    outcome = RobotPost(nobody, StandingClock(NOW)).send(WECOM, TEXT)
    assert outcome.verdict is Verdict.FAILED and outcome.why is not None
    assert outcome.why.code == "notifications.not_reached"


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_that_is_vouched_for_is_not(
    settings: Settings, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "tls")
    pair = authority.issue("gateway")
    with robots((str(pair.certificate), str(pair.key))) as gateway:
        notices = _notices(settings, gateway.url, timeout=5)
        outcome = RobotPost(notices, StandingClock(NOW)).send(WECOM, TEXT)
        assert outcome.verdict is Verdict.FAILED and not gateway.got
        trust = ssl.create_default_context(cafile=str(authority.certificate))
        assert RobotPost(notices, StandingClock(NOW), trust).send(WECOM, TEXT).verdict is Verdict.TAKEN
