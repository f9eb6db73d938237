"""Asterisk starts "Ready" although a port is taken: so the ports are tried before anything is started."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from hotline.domain.errors import HotlineError
from hotline.domain.reasons import because
from hotline.settings import Settings


class PortsTaken(HotlineError):
    kind = "ports_taken"


@dataclass(frozen=True, slots=True)
class WantedPort:
    """A port of ours: `key` is the setting, `variable` the environment variable that also sets it."""

    key: str
    variable: str
    host: str
    port: int
    udp: bool = False

    def taken(self) -> str:
        """Why it can't be had; "" if it can."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM if self.udp else socket.SOCK_STREAM) as probe:
            if not self.udp:
                # As the servers do: a connection that lingers from the last run is no conflict.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                return error.strerror or str(error)
        return ""


def wanted_ports(settings: Settings) -> list[WantedPort]:
    """What this instance listens on, beside the RTP range, where Asterisk takes the next free port itself."""
    listen, host = settings.listen, str(settings.listen.host)
    ports = [
        WantedPort("listen.http_port", "HOTLINE_HTTP_PORT", host, listen.http_port),
        WantedPort("listen.agi_port", "HOTLINE_AGI_PORT", host, listen.agi_port),
    ]
    if settings.asterisk.private:
        ports += [
            WantedPort("listen.agi_port", "HOTLINE_AGI_PORT", "127.0.0.1", listen.agi_port, udp=True),
            *(_sip_port(transport, host, settings) for transport in settings.sip_transports),
            WantedPort("listen.ami_port", "HOTLINE_AMI_PORT", host, listen.ami_port),
            WantedPort(
                "listen.asterisk_http_port",
                "HOTLINE_ASTERISK_HTTP_PORT",
                str(settings.asterisk.http_host),
                listen.asterisk_http_port,
            ),
        ]
    return ports


def _sip_port(transport: str, host: str, settings: Settings) -> WantedPort:
    if transport == "tls":
        return WantedPort("listen.sip_tls_port", "HOTLINE_SIP_TLS_PORT", host, settings.listen.sip_tls_port)
    return WantedPort("listen.sip_port", "HOTLINE_SIP_PORT", host, settings.listen.sip_port, udp=transport == "udp")


def require_free(ports: list[WantedPort], patience: float = 0.0) -> None:
    """Raises PortsTaken naming each taken port and the setting that moves it.

    Waits up to `patience` seconds: what a killed hotline leaves behind needs a moment to end.
    """
    end = time.monotonic() + patience
    while (taken := [(port, reason) for port in ports if (reason := port.taken())]) and time.monotonic() < end:
        time.sleep(0.2)
    if taken:
        raise PortsTaken(
            "machine.ports_taken",
            ports=tuple(
                because(
                    "machine.port_taken",
                    port=port.port,
                    host=port.host,
                    why=reason,
                    key=port.key,
                    variable=port.variable,
                )
                for port, reason in taken
            ),
        )
