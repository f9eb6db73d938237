"""[site], [listen], [database], [asterisk], [web], [log]: the machine and its services."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, IPvAnyAddress, IPvAnyNetwork, field_validator, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import SPLITS, Identifier, Port, Seconds, Section


class Site(Section):
    company: Annotated[str, Field(min_length=1, max_length=60)]
    node: Identifier
    language: Literal["zh", "en"]


class Listen(Section):
    host: IPvAnyAddress
    http_port: Port
    sip_port: Port
    sip_tls_port: Port
    ami_port: Port
    agi_port: Port
    asterisk_http_port: Port
    rtp_start: Port
    rtp_end: Port
    external_address: str
    local_networks: tuple[IPvAnyNetwork, ...]
    stun: Annotated[str, Field(pattern=r"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$")]

    @model_validator(mode="after")
    def _check(self) -> Listen:
        if self.rtp_end - self.rtp_start < 20:
            raise Unfit("settings.rtp_range")
        ports = [
            self.http_port,
            self.sip_port,
            self.sip_tls_port,
            self.ami_port,
            self.agi_port,
            self.asterisk_http_port,
        ]
        if len(set(ports)) != len(ports):
            raise Unfit("settings.ports_of_their_own", ports=tuple(map(str, sorted(ports))))
        if self.rtp_start <= self.sip_port <= self.rtp_end:
            raise Unfit("settings.sip_port_in_rtp", start=self.rtp_start, end=self.rtp_end)
        return self


class Database(Section):
    url: str

    @field_validator("url")
    @classmethod
    def _known_kind(cls, url: str) -> str:
        if url and not re.match(r"(sqlite(\+pysqlite)?|postgres(ql)?(\+psycopg)?)://", url):
            # Not repeated in the message: it may hold a password.
            raise Unfit("settings.database_url")
        return url


class AsteriskSettings(Section):
    binary: str
    private: bool
    ami_host: str
    ami_user: Identifier
    ami_tls: bool
    http_host: IPvAnyAddress
    cel_database: str
    ring_cycle_seconds: Seconds


class Web(Section):
    public_url: Annotated[str, Field(pattern=r"^(https?://[^\s/]+)?$"), SPLITS]
    session_hours: Annotated[int, Field(ge=1, le=72)]
    threads: Annotated[int, Field(ge=2, le=512)]
    streams_each: Annotated[int, Field(ge=1, le=1000)]
    secure_cookie: bool
    proxies: Annotated[int, Field(ge=0, le=5)]
    hosts: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,253}$|^[0-9A-Fa-f:.]{2,45}$")], ...]
    hsts_subdomains: bool
    idle_minutes: Annotated[int, Field(ge=5, le=1440)]


class Log(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
