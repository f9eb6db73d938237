"""Nuisance callers are blocked and let through again in the browser (A15)."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.people import Role
from hotline.domain.quality.material import Finding
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.quality.findings import FindingStore
from tests.support.sample_calls import abandoned_call, answered_call
from tests.support.web import NOW, Web, post


def blocked(web: Web) -> list[str]:
    with web.hotline.storage.reading() as tx:
        return [each.number for each in BlocklistStore(tx).list(web.now)]


def test_a15_a_number_is_blocked_with_reason_and_end_and_lifted_again(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR, username="wang")
    fields = {"number": "139 0013 9000", "reason": "骚扰", "days": "7"}
    assert post(client, "/blocklist", **fields).status_code == 302
    page = client.get("/blocklist").text
    assert blocked(web) == ["+8613900139000"] and "骚扰" in page and "2026-11-23 10:30" in page and "Wang" in page
    assert post(client, "/blocklist/lift", form_page="/blocklist", number="13900139000").status_code == 302
    assert blocked(web) == []
    actions = [(who, action) for who, action, _object in web.audit() if action.startswith("blocklist")]
    assert ("wang", "blocklist.add") in actions and ("wang", "blocklist.remove") in actions
    assert ("wang", "blocklist.view") in actions


def test_a15_a_wrong_number_or_no_reason_is_said_at_its_field_and_what_was_typed_stays(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    wrong = post(client, "/blocklist", number="12", reason="一再骚扰", days="90")
    assert wrong.status_code == 422 and 'id="number-problem"' in wrong.text
    assert 'value="一再骚扰"' in wrong.text and '<option value="90" selected>' in wrong.text
    bare = post(client, "/blocklist", number="13900139000", reason=" ", days="")
    assert bare.status_code == 422 and 'id="reason-problem"' in bare.text and blocked(web) == []


def test_a15_who_calls_again_and_again_is_shown_and_blocked_by_one_click(web: Web) -> None:
    at = [NOW - timedelta(minutes=30) + timedelta(seconds=20 * n) for n in range(20)]
    web.keep(*(abandoned_call(f"again-{n}", moment, "+8613700137000") for n, moment in enumerate(at)))
    web.keep(*(abandoned_call(f"some-{n}", moment, "+8613600136000") for n, moment in enumerate(at[:19])))
    client = web.signed_in(Role.SUPERVISOR)
    page = client.get("/blocklist").text
    assert "反复来电" in page and "13700137000" in page and "13600136000" not in page
    section = page.split("frequent-title")[2]
    reason = section.split('name="reason" value="')[1].split('"')[0]
    post(client, "/blocklist", number="13700137000", reason=reason, days="30")
    assert blocked(web) == ["+8613700137000"]
    assert "反复来电" not in client.get("/blocklist").text


def test_a15_numbers_are_blocked_by_how_they_begin(web: Web) -> None:
    client = web.signed_in(Role.SUPERVISOR)
    short = post(client, "/blocklist", number="138*", reason="骚扰", days="7")
    assert short.status_code == 422 and "开头位数太少" in short.text
    assert post(client, "/blocklist", number="138 1234*", reason="骚扰", days="7").status_code == 302
    page = client.get("/blocklist").text
    assert "1381234*" in page and "所有以此开头的号码" in page

    def turned_away(number: str) -> bool:
        with web.hotline.storage.reading() as tx:
            return BlocklistStore(tx).active(number, web.now) is not None

    assert turned_away("+8613812345678") and not turned_away("+8613912345678")
    assert post(client, "/blocklist/lift", form_page="/blocklist", number="1381234*").status_code == 302
    assert not turned_away("+8613812345678")


def test_a15_our_own_numbers_are_never_blocked_by_their_beginning(web: Web) -> None:
    own = next(iter(web.hotline.settings.lines.values())).number
    answer = post(web.signed_in(Role.SUPERVISOR), "/blocklist", number=f"{own[:4]}*", reason="骚扰", days="7")
    assert answer.status_code == 422 and own[:4] in answer.text


def test_a15_who_calls_and_says_nothing_is_shown(web: Web) -> None:
    at = [NOW - timedelta(hours=n + 1) for n in range(3)]
    for number, times in (("+8613700137000", 3), ("+8613600136000", 2)):
        for n, moment in enumerate(at[:times]):
            call = answered_call(f"{number}-{n}", moment, number)
            web.keep(call)
            unheard = Finding("Q3", "caller_unheard", True, False, -70.0, -50.0, 0.0, 20.0)
            with web.hotline.storage.writing() as tx:
                FindingStore(tx).replace(
                    CallScore(call.node, call.linkedid, "1001", moment, web.now, {}),
                    [StoredFinding(call.node, call.linkedid, "1001", moment, unheard)],
                )
    page = web.signed_in(Role.SUPERVISOR).get("/blocklist").text
    section = page.split('id="silent-title"')[1].split("</section>")[0]
    assert "13700137000" in section and "13600136000" not in section
    assert "一天内 3 次无声来电" in section


def test_a15_operators_neither_see_nor_change_it(web: Web) -> None:
    client = web.signed_in(Role.OPERATOR)
    assert client.get("/blocklist").status_code == 403 and "/blocklist" not in client.get("/calls").text
