"""To which mail addresses reports go."""

from __future__ import annotations

import pytest

from hotline.domain.scheduled_reports.recipients import goes_to

SENDER = "hotline@example.com"


@pytest.mark.parametrize(
    ("address", "allowed", "goes"),
    [
        ("boss@example.com", (), True),
        ("boss@EXAMPLE.com", (), True),
        ("boss@gmail.com", (), False),
        ("boss@example.com.evil.org", (), False),
        ("boss@mail.example.com", (), False),
        ("boss@notexample.com", (), False),
        ("boss@group.cn", ("group.cn",), True),
        ("boss@example.com", ("group.cn",), False),
        ("boss@", (), False),
        ("example.com", (), False),
        ("", (), True),
    ],
)
def test_e4_reports_go_by_mail_to_the_houses_own_domains_alone(
    address: str, allowed: tuple[str, ...], goes: bool
) -> None:
    assert goes_to(address, allowed, SENDER) is goes


def test_where_there_is_no_mail_at_all_nobody_is_refused() -> None:
    assert goes_to("boss@gmail.com", (), "")
