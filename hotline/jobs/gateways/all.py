"""Every gateway of this site, by the settings that are in force when something is sent."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from hotline.domain.notifications.notification import Outcome, Text
from hotline.domain.notifications.robots import robot_of
from hotline.domain.time import Clock
from hotline.jobs.gateways.mail import SmtpMail
from hotline.jobs.gateways.others import post_by_apprise
from hotline.jobs.gateways.robots import RobotPost
from hotline.settings import Settings


class SiteGateways:
    """Fulfils hotline.services.notifications.gateways.Gateways."""

    def __init__(self, settings: Callable[[], Settings], clock: Clock, trust: ssl.SSLContext | None = None) -> None:
        self._settings, self._clock, self._trust = settings, clock, trust

    def mail(self, address: str, text: Text) -> Outcome:
        settings = self._settings()
        return SmtpMail(settings.mail, settings.site.company, self._clock, self._trust).send(address, text)

    def post(self, url: str, text: Text) -> Outcome:
        notices = self._settings().notices
        robot = robot_of(url)
        if robot is None:
            return post_by_apprise(url, text, notices.timeout_seconds)
        return RobotPost(notices, self._clock, self._trust).send(robot, text)
