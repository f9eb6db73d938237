"""How long a web hook waits after failures, and which addresses it may have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.errors import Refused
from hotline.domain.webhooks.address import require_address
from hotline.domain.webhooks.webhook import is_to_be_switched_off, pause_after, pause_of_hook

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def test_pauses_grow_and_end_growing() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, 16)]
    assert pauses == sorted(pauses) and pauses[0] == timedelta(seconds=5) and pauses[-1] == timedelta(hours=6)
    of_hook = [pause_of_hook(failures) for failures in range(1, 2000)]
    assert of_hook == sorted(of_hook) and of_hook[-1] == timedelta(minutes=5)


def test_it_is_switched_off_once_nothing_has_arrived_for_the_days() -> None:
    assert not is_to_be_switched_off(None, 3, NOW)
    assert not is_to_be_switched_off(NOW - timedelta(days=3) + timedelta(seconds=1), 3, NOW)
    assert is_to_be_switched_off(NOW - timedelta(days=3), 3, NOW)


@pytest.mark.parametrize(
    "written", ["https://crm.example.com/hotline", "https://crm.example.com:8443/a?b=c", " https://crm.example.com "]
)
def test_an_address(written: str) -> None:
    assert require_address(written, False) == written.strip()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "webhooks.no_address"),
        ("crm.example.com", "webhooks.no_address"),
        ("ftp://crm.example.com", "webhooks.no_address"),
        ("file:///etc/passwd", "webhooks.no_address"),
        ("javascript:alert(1)", "webhooks.no_address"),
        ("https://", "webhooks.no_address"),
        ("https://crm.example.com:99999/", "webhooks.no_address"),
        ("https://crm.example.com:0/", "webhooks.no_address"),
        ("https://[::1", "webhooks.no_address"),
        ("https://crm.example.com/a b", "webhooks.no_address"),
        ("https://crm.example.com/\r\nHost: other", "webhooks.no_address"),
        ("https://晨光.example.com/", "webhooks.no_address"),
        ("https://crm.example.com/" + "x" * 500, "webhooks.no_address"),
        ("https://user:password@crm.example.com/", "webhooks.address_with_password"),
        ("http://crm.example.com/", "webhooks.needs_https"),
    ],
)
def test_what_is_no_address(written: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        require_address(written, False)
    assert refused.value.code == code and refused.value.field == "url"


def test_private_networks_may_go_without_a_certificate() -> None:
    assert require_address("http://crm.lan/", True) == "http://crm.lan/"
