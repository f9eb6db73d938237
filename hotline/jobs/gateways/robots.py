"""Posts to the robots of WeCom, DingTalk and Feishu, step by step, so that it is known whether they have taken it."""

from __future__ import annotations

import http.client
import ssl
import urllib.request
from time import monotonic
from urllib.parse import urlsplit

from hotline.domain.notifications.notification import Outcome, Text, Verdict
from hotline.domain.notifications.robots import Robot, judged, request_to
from hotline.domain.reasons import because
from hotline.domain.time import Clock
from hotline.services.unreachable import why_unreachable
from hotline.settings.notifications import NoticeSettings

#: Bytes of an answer that are read.
_MOST = 64 * 1024


class RobotPost:
    """`trust`: whom to believe their certificates, None for the machine's own list."""

    def __init__(self, settings: NoticeSettings, clock: Clock, trust: ssl.SSLContext | None = None) -> None:
        self._settings, self._clock, self._trust = settings, clock, trust

    def send(self, robot: Robot, text: Text) -> Outcome:
        """Never raises."""
        bases = self._settings.gateways
        base = {"wecombot": bases.wecom, "dingtalk": bases.dingtalk, "feishu": bases.feishu}[robot.way]
        address, body = request_to(robot, base, text, self._clock())
        until = monotonic() + self._settings.timeout_seconds
        try:
            connection = self._connected(address)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Outcome(Verdict.FAILED, because("notifications.not_reached", why=why_unreachable(error)))
        try:
            status, said = _asked(connection, address, body, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Outcome(Verdict.UNSURE, because("notifications.no_answer", why=why_unreachable(error)))
        finally:
            connection.close()
        return judged(robot.way, status, said)

    def _connected(self, address: str) -> http.client.HTTPConnection:
        """Through the machine's proxy, where it has one. Raises OSError, HTTPException."""
        parts, timeout = urlsplit(address), self._settings.timeout_seconds
        host, is_safe = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if is_safe else 80)
        proxy = urlsplit(urllib.request.getproxies().get("https", "")) if is_safe else urlsplit("")
        through = proxy.hostname is not None and not urllib.request.proxy_bypass(host)
        at = (proxy.hostname or host, proxy.port or 80) if through else (host, port)
        connection = (
            http.client.HTTPSConnection(*at, timeout=timeout, context=self._trust or ssl.create_default_context())
            if is_safe
            else http.client.HTTPConnection(*at, timeout=timeout)
        )
        if through:
            connection.set_tunnel(host, port)
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection


def _asked(connection: http.client.HTTPConnection, address: str, body: bytes, until: float) -> tuple[int, bytes]:
    """Raises OSError and HTTPException, also when the answer drips beyond its time."""
    parts = urlsplit(address)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "hotline"}
    connection.request("POST", parts._replace(scheme="", netloc="").geturl(), body, headers)
    answer = connection.getresponse()
    said = b""
    while len(said) < _MOST and (some := answer.read1(4096)):
        said += some
        if monotonic() > until:
            raise TimeoutError("the answer did not end in time")
    return answer.status, said
