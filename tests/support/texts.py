"""A gateway for text messages that keeps what it is given."""

from __future__ import annotations

from datetime import datetime

from hotline.services.sms.gateways import GatewayAway, OutgoingSms


class Texts:
    """It takes all text messages, or says of each that it is away."""

    def __init__(self, away: bool = False) -> None:
        self.away, self.sent = away, list[OutgoingSms]()

    def send(self, message: OutgoingSms, now: datetime) -> str:
        self.sent.append(message)
        if self.away:
            raise GatewayAway("sms.gateway_away", why="test")
        return ""
