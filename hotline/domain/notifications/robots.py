"""The robots of WeCom, DingTalk and Feishu: their addresses, what they are sent, and what their answers say. Pure.

All of them answer 200 to what they do not take: the body alone says so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from hotline.domain.notifications.notification import TAKEN, Outcome, Text, Verdict
from hotline.domain.reasons import because

_TOKEN = r"(?P<token>[A-Za-z0-9_-]{1,200})"
_SECRET = r"(?:(?P<secret>[A-Za-z0-9_-]{1,200})@)?"

#: As Apprise writes an address, and as the gateway itself gives it out.
_WRITTEN = {
    "wecombot": (rf"wecombot://{_TOKEN}/?", rf"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key={_TOKEN}"),
    "dingtalk": (rf"dingtalk://{_SECRET}{_TOKEN}/?", rf"https://oapi\.dingtalk\.com/robot/send\?access_token={_TOKEN}"),
    "feishu": (rf"feishu://{_SECRET}{_TOKEN}/?", rf"https://open\.feishu\.cn/open-apis/bot/v2/hook/{_TOKEN}/?"),
}

#: What each allows, in bytes of UTF-8, with room for the rest.
_MOST = {"wecombot": 2000, "dingtalk": 15000, "feishu": 15000}

#: Codes by which a gateway says that it is too much or too busy now; any other one is for good.
_LATER = {
    "wecombot": frozenset({-1, 45009, 45033}),
    "dingtalk": frozenset({-1, 130101, 410100, 660026}),
    "feishu": frozenset({9499, 11232, 11233, 99991400}),
}

#: Said by what stands between: the gateway itself may have taken it.
_BETWEEN = (502, 504)


@dataclass(frozen=True, slots=True)
class Robot:
    way: str
    token: str
    secret: str = ""

    @property
    def url(self) -> str:
        """As Apprise writes it."""
        return f"{self.way}://{self.secret}@{self.token}" if self.secret else f"{self.way}://{self.token}"


def robot_of(url: str) -> Robot | None:
    """None when it is no robot's address."""
    for way, patterns in _WRITTEN.items():
        for pattern in patterns:
            if found := re.fullmatch(pattern, url.strip()):
                return Robot(way, found["token"], found.groupdict().get("secret") or "")
    return None


def request_to(robot: Robot, base: str, text: Text, now: datetime) -> tuple[str, bytes]:
    """Address and JSON of what is posted to it."""
    content = _cut(f"{text.title}\n{text.body}" if text.body else text.title, _MOST[robot.way])
    body: dict[str, object]
    if robot.way == "wecombot":
        address, body = f"{base}/cgi-bin/webhook/send?key={robot.token}", _text("text", content)
    elif robot.way == "dingtalk":
        address = f"{base}/robot/send?access_token={robot.token}{_dingtalk_signature(robot.secret, now)}"
        body = _text("text", content)
    else:
        address = f"{base}/open-apis/bot/v2/hook/{robot.token}"
        body = {"msg_type": "text", "content": {"text": content}, **_feishu_signature(robot.secret, now)}
    return address, json.dumps(body, ensure_ascii=False).encode()


def judged(way: str, status: int, body: bytes) -> Outcome:
    """What an answer says. One that is no JSON of theirs comes from something between, and nobody knows what became
    of it."""
    if status in _BETWEEN:
        return Outcome(Verdict.UNSURE, because("notifications.http_status", status=status))
    if status >= 500 or status == 429:
        return Outcome(Verdict.FAILED, because("notifications.http_status", status=status))
    if status != 200:
        return Outcome(Verdict.REFUSED, because("notifications.http_status", status=status))
    try:
        said = json.loads(body)
        code = int(said.get("errcode", said.get("code", said.get("StatusCode"))))
    except (ValueError, TypeError, AttributeError):
        return Outcome(Verdict.UNSURE, because("notifications.not_theirs"))
    if code == 0:
        return TAKEN
    why = because("notifications.gateway_said", code=code, said=str(said.get("errmsg") or said.get("msg") or "")[:200])
    return Outcome(Verdict.FAILED if code in _LATER[way] else Verdict.REFUSED, why)


def _text(kind: str, content: str) -> dict[str, object]:
    return {"msgtype": kind, kind: {"content": content}}


def _dingtalk_signature(secret: str, now: datetime) -> str:
    if not secret:
        return ""
    stamp = round(now.timestamp() * 1000)
    sign = _hmac(secret.encode(), f"{stamp}\n{secret}".encode())
    return f"&timestamp={stamp}&sign={quote(sign, safe='')}"


def _feishu_signature(secret: str, now: datetime) -> Mapping[str, str]:
    if not secret:
        return {}
    stamp = round(now.timestamp())
    return {"timestamp": str(stamp), "sign": _hmac(f"{stamp}\n{secret}".encode(), b"")}


def _hmac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def _cut(text: str, most: int) -> str:
    whole = text.encode()
    return text if len(whole) <= most else whole[:most].decode("utf-8", "ignore") + "…"
