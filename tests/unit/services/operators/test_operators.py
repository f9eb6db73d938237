"""Operators sign in to and out of the queues they work; what the settings keep is not undone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from hotline.domain.errors import NotFound, Refused
from hotline.services.operators.operators import (
    OperatorState,
    PhoneAccount,
    operator_states,
    phone_account,
    sign_in,
    sign_out,
)
from hotline.settings import Home, Settings, load_settings
from hotline.settings.secrets import Secrets

SITE = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
queues = ["sales"]
phone = "webrtc"
[queues.service]
name = "客户服务"
members = ["1001"]
[queues.sales]
name = "销售"
"""


class QueuePbx:
    """As far as queues and phones go, an Asterisk."""

    def __init__(self) -> None:
        self.members: set[tuple[str, str]] = {("service", "1001")}

    def queue_add(self, queue: str, extension: str, name: str, paused: bool = False, level: int = 1) -> None:
        self.members.add((queue, extension))

    def queue_remove(self, queue: str, extension: str) -> None:
        self.members.discard((queue, extension))

    def queue_members(self, extension: str = "") -> list[Mapping[str, str]]:
        found: list[Mapping[str, str]] = [{"Queue": q, "Location": f"PJSIP/{e}"} for q, e in sorted(self.members)]
        return [*found, {"Queue": "service", "Location": "PJSIP/9999"}]

    def phones(self) -> list[Mapping[str, str]]:
        return [{"ObjectName": "1001", "DeviceState": "Not in use"}, {"ObjectName": "trunk"}]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Home(tmp_path)
    home.settings_file.write_text(SITE, "utf-8")
    return load_settings(home, {})


def test_who_is_where_is_told_by_extension(settings: Settings) -> None:
    assert operator_states(settings, QueuePbx()) == [  # type: ignore[arg-type]
        OperatorState("1001", "赵敏", "Not in use", ("service",), ("service",)),
        OperatorState("1002", "钱伟", "unknown to Asterisk", (), ()),
    ]


def test_signing_in_means_the_operators_own_queues_unless_others_are_named(settings: Settings) -> None:
    pbx = QueuePbx()
    assert sign_in(settings, pbx, "1002") == ("sales",)  # type: ignore[arg-type]
    assert sign_in(settings, pbx, "1001") == ("service", "sales")  # type: ignore[arg-type]
    assert sign_in(settings, pbx, "1002", ["service"]) == ("service",)  # type: ignore[arg-type]
    assert pbx.members == {(q, e) for q in ("service", "sales") for e in ("1001", "1002")}


def test_signing_out_leaves_the_queues_that_the_settings_keep(settings: Settings) -> None:
    pbx = QueuePbx()
    sign_in(settings, pbx, "1001")  # type: ignore[arg-type]
    assert sign_out(settings, pbx, "1001") == ("sales",)  # type: ignore[arg-type]
    assert pbx.members == {("service", "1001")}
    with pytest.raises(Refused, match=r"^operators.kept_signed_in extension=1001 queues=\[service\]$"):
        sign_out(settings, pbx, "1001", ["service"])  # type: ignore[arg-type]


def test_whoever_and_whatever_is_not_set_is_refused_with_what_is(settings: Settings) -> None:
    with pytest.raises(NotFound, match=r"^operators.no_extension extension=1003 known="):
        sign_in(settings, QueuePbx(), "1003")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match=r"^operators.no_queue queue=x known=\[sales, service\]$"):
        sign_in(settings, QueuePbx(), "1001", ["x"])  # type: ignore[arg-type]


def test_a_phones_account_is_what_asterisk_will_ask_for(settings: Settings) -> None:
    secrets = Secrets("ami", "web", "phone")
    desk, browser = (phone_account(settings, secrets, extension) for extension in ("1001", "1002"))
    assert desk == PhoneAccount("1001", "赵敏", "127.0.0.1", 5060, "UDP", secrets.phone_password("1001"))
    assert (browser.port, browser.transport) == (8400, "WS")
    with pytest.raises(NotFound, match=r"^operators.no_extension extension=1009 "):
        phone_account(settings, secrets, "1009")
