"""The console of a supervisor who has barged in: beside the talk, which stays the operator's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from hotline.domain.calls.call import Party, PartyKind, Talk
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Role
from hotline.storage.operators.store import PresenceStore
from tests.support.browser import watched_page
from tests.support.sample_calls import talking_call
from tests.support.web_site import WebSite, web_site

pytestmark = pytest.mark.e2e

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
SITE = '[operators.1001]\nname = "赵敏"\n[operators.1009]\nname = "何主管"\n'
CALL = "c-1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    with web_site(tmp_path_factory.mktemp("barged"), SITE) as running:
        running.add_user("he", Role.SUPERVISOR, extension="1009", name="何主管")
        since = running.now() - timedelta(seconds=60)
        zhao, he = (Party(PartyKind.OPERATOR, at, name) for at, name in (("1001", "赵敏"), ("1009", "何主管")))
        talks = (Talk(zhao, since, None), Talk(he, since + timedelta(seconds=40), None))
        running.keep(replace(talking_call(CALL, since - timedelta(seconds=20)), talks=talks))
        with running.storage.writing() as tx:
            PresenceStore(tx).save(
                [
                    OperatorPresence(
                        at,
                        since,
                        since,
                        ("service",),
                        activity=activity,
                        node="node1",
                        linkedid=CALL,
                        activity_since=since,
                        reachable=True,
                    )
                    for at, activity in (("1001", Activity.TALKING), ("1009", Activity.BUSY))
                ]
            )
        yield running


@pytest.mark.parametrize(
    ("size", "language", "scheme", "barged", "whose"),
    [
        ("desk", "zh", "light", "三方插话中", "来电者由 赵敏 接待。"),
        ("phone", "en", "dark", "Barged in", "赵敏 has the caller."),
    ],
)
def test_who_has_barged_in_is_told_whose_the_caller_is_and_passes_nobody_on(
    browser: Browser, site: WebSite, size: str, language: str, scheme: str, barged: str, whose: str
) -> None:
    look = {"viewport": SIZES[size], "color_scheme": scheme}
    with watched_page(browser, site.url, **look) as watched:
        page = watched.page
        site.sign_in(page, "he")
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.goto("/console")
        card = page.locator("#calls .c-call")
        expect(card).to_contain_text(barged)
        expect(card).to_contain_text(whose)
        expect(page.locator("#controls [data-do=hang_up]")).to_be_visible()
        for what in ("transfer", "hold", "pause_recording", "rate", "hand"):
            expect(page.locator(f"#controls [data-do={what}]")).to_be_hidden()
        watched.shot(f"barged-in-{size}-{scheme}")
        page.goto("/floor")
        expect(page.locator(".f-operator").filter(has_text="何主管")).to_contain_text("赵敏")
        watched.shot(f"barged-in-floor-{size}-{scheme}")
