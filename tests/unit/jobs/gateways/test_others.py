"""Addresses that Apprise alone knows: only an answered status is a no, all else leaves us in the dark."""

from __future__ import annotations

from hotline.domain.notifications.notification import Text, Verdict
from hotline.jobs.gateways.others import post_by_apprise
from tests.support.gateways import robots

TEXT = Text("title", "body")


def test_what_apprise_says_is_told_as_far_as_it_is_known() -> None:
    with robots() as gateway:
        url = gateway.url.replace("http://", "json://")
        assert post_by_apprise(url, TEXT, 1).verdict is Verdict.TAKEN
        gateway.answers = [500, "hang"]
        assert post_by_apprise(url, TEXT, 1).verdict is Verdict.FAILED
        assert post_by_apprise(url, TEXT, 1).verdict is Verdict.UNSURE
        assert len(gateway.got) == 3
    assert post_by_apprise("nonsense", TEXT, 1).verdict is Verdict.REFUSED
