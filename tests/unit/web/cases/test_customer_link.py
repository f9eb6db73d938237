"""A customer follows their case by a link: what it shows, what they do by it, and whom it lets in."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.process import solutions
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.errors import Refused
from hotline.domain.people import Role
from hotline.domain.persons import Whose
from hotline.services.cases.customer_link import make_customer_link
from hotline.services.cases.facts import steps_of
from hotline.services.cases.personal import Cases
from hotline.services.personal import Copying
from hotline.storage.alerts import AlertStore
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.cases.person import PersonCaseStore
from hotline.storage.customers.store import CustomerStore
from tests.support.case_site import NUMBER, OWNER, CaseSite, case_site
from tests.support.web import Web, a_web, csrf_of, post

SITE = '[web]\npublic_url = "https://hotline.example.com"\n[case_links]\nwords_an_hour = 4\n'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path, SITE)


@pytest.fixture
def site(web: Web) -> CaseSite:
    return case_site(web.hotline.storage, web.hotline.settings)


def link_to(web: Web, case: ServiceCase) -> str:
    """The token of a new link."""
    made = make_customer_link(web.hotline.storage, web.hotline.settings, case.id or 0, OWNER, web.now)
    assert made.url == f"https://hotline.example.com/l/{made.token}"
    return made.token


def opened(web: Web, token: str) -> FlaskClient:
    client = web.client()
    assert post(client, f"/l/{token}/open", form_page=f"/l/{token}").status_code == 302
    return client


def shown(client: FlaskClient, token: str) -> TestResponse:
    return client.get(f"/l/{token}?lang=zh")


def sent_from(client: FlaskClient, page: TestResponse, path: str, **fields: str) -> TestResponse:
    """From a page that was opened before."""
    return client.post(path, data={"csrf_token": csrf_of(page), **fields})


def sends(client: FlaskClient, token: str, what: str, **fields: Any) -> TestResponse:
    return post(client, f"/l/{token}/{what}", form_page=f"/l/{token}", **fields)


def acts(site: CaseSite, case: ServiceCase) -> list[tuple[str, str]]:
    with site.storage.reading() as tx:
        return [(each.act, each.by) for each in steps_of(tx, case)]


def test_it_shows_how_the_case_stands_what_comes_next_and_what_was_told(web: Web, site: CaseSite) -> None:
    case = site.do(site.complaint("judged", web.now), "contact", web.now, note="已联系客户，明天上门")
    token = link_to(web, case)
    page = shown(opened(web, token), token).text
    assert case.number in page and "投诉" in page and "正在核实" in page
    assert "2026-11-18 17:30" in page  # two working days
    assert "已联系客户，明天上门" in page


def test_neither_name_nor_number_nor_words_of_ours_stand_on_it(web: Web, site: CaseSite) -> None:
    with site.storage.writing() as tx:
        numbers = (CustomerNumber(NUMBER),)
        person = Customer(name="王建国", numbers=numbers, created_at=web.now, updated_at=web.now, updated_by="li")
        customer = CustomerStore(tx).add(person)
    case = site.opened(web.now, customer_id=customer.id)
    site.do(case, "remark", web.now, note="此人很难缠")
    site.do(site.now_is(case), "contact", web.now, note="王建国说请打13900001111")
    token = link_to(web, case)
    page = shown(opened(web, token), token).text
    assert "说请打" in page
    for secret in ("王建国", "13800138000", "13900001111", "难缠", "上周买的", "滤芯漏水"):
        assert secret not in page


def test_a_solution_is_accepted_and_the_link_is_its_proof(web: Web, site: CaseSite) -> None:
    case = site.complaint("approved", web.now)
    token = link_to(web, case)
    client = opened(web, token)
    page = shown(client, token).text
    assert "免费更换滤芯" in page and "13800138000" not in page and "我同意" in page
    answer = sends(client, token, "accept")
    assert answer.status_code == 303 and answer.location == f"/l/{token}?done=accepted"
    now = site.now_is(case)
    assert now.stage == "accepted"
    with site.storage.reading() as tx:
        step = steps_of(tx, now)[-1]
        assert (step.act, step.by, step.given) == ("accept", "case_customer", {"way": "link", "proof": "1"})
    after = client.get(f"/l/{token}?done=accepted&lang=zh").text
    assert "谢谢" in after and "我同意" not in after
    assert sends(client, token, "accept").status_code == 409  # pressed twice
    assert ("case_customer", "link.use", f"case:{case.id}") in web.audit()


def test_a_solution_is_refused_with_a_reason_and_another_one_is_wanted(web: Web, site: CaseSite) -> None:
    case = site.complaint("approved", web.now)
    token = link_to(web, case)
    client = opened(web, token)
    nothing = sends(client, token, "refuse", reason="  ")
    assert nothing.status_code == 422 and site.now_is(case).stage == "approved"
    assert sends(client, token, "refuse", reason="要求退款\x00").status_code == 303
    now = site.now_is(case)
    assert now.stage == "proposed"
    with site.storage.reading() as tx:
        assert steps_of(tx, now)[-1].given == {"reason": "要求退款"}
        assert len(solutions(steps_of(tx, now))) == 1
    assert "要求退款" in shown(client, token).text


def test_nothing_is_to_be_answered_where_no_solution_was_approved(web: Web, site: CaseSite) -> None:
    case = site.complaint("proposed", web.now)
    token = link_to(web, case)
    client = opened(web, token)
    assert "免费更换滤芯" not in shown(client, token).text
    for what in ("accept", "refuse"):
        assert sends(client, token, what, reason="不").status_code == 409
    assert site.now_is(case).stage == "proposed"


def test_what_they_write_stands_with_the_case_and_what_they_wrote_wrong_is_not_lost(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    assert sends(client, token, "say", words="<b>还在漏</b>").status_code == 303
    assert acts(site, case)[-1] == ("customer_says", "case_customer")
    page = shown(client, token).text
    assert "&lt;b&gt;还在漏&lt;/b&gt;" in page and "<b>还在漏" not in page
    long = sends(client, token, "say", words="漏" * 4001)
    assert long.status_code == 422 and "漏" * 4001 in long.text


def test_a_case_that_waited_for_them_goes_on_when_they_write(web: Web, site: CaseSite) -> None:
    case = site.do(site.opened(web.now), "wait", web.now, reason="等待照片")
    token = link_to(web, case)
    client = opened(web, token)
    assert "需要您" in shown(client, token).text
    assert sends(client, token, "say", words="照片在附件").status_code == 303
    assert site.now_is(case).waiting == ""
    assert site.now_is(case).asked_first == 0


def test_a_file_is_taken_by_its_content_and_a_program_is_none(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    sent = sends(client, token, "files", files=(io.BytesIO(PNG), "漏水.png"))
    assert sent.status_code == 303, sent.text
    hostile = sends(client, token, "files", files=(io.BytesIO(b"<script>alert(1)</script>"), "x.png"))
    assert hostile.status_code == 422
    assert sends(client, token, "files").status_code == 422
    with site.storage.reading() as tx:
        [kept] = AttachmentStore(tx).of("case", [case.id or 0])
    assert (kept.type, kept.created_by) == ("image/png", "case_customer")
    assert "您有 1 个文件" in shown(client, token).text


def test_no_more_than_so_much_within_an_hour(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    for turn in range(4):
        assert sends(client, token, "say", words=f"第{turn}次").status_code == 303
    enough = sends(client, token, "say", words="第五次")
    assert enough.status_code == 422 and "第五次" in enough.text
    web.clock.now += timedelta(hours=1)
    assert sends(client, token, "say", words="第五次").status_code == 303


def test_a_link_that_lets_nobody_in_says_why_and_how_to_get_another(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    assert web.client().get(f"/l/{token}?lang=zh").status_code == 403
    forged = web.client().get(f"/l/{token[:-2]}xx?lang=zh")
    assert forged.status_code == 404 and "链接不存在" in forged.text
    link_to(web, case)
    revoked = shown(client, token)
    assert revoked.status_code == 410 and "链接已撤销" in revoked.text and "请致电" in revoked.text
    newest = link_to(web, case)
    late = opened(web, newest)
    shown(late, newest)
    web.clock.now += timedelta(days=30)
    expired = shown(late, newest)
    assert expired.status_code == 410 and "2026-12-16 10:30" in expired.text and "请致电" in expired.text


def test_what_is_sent_by_a_link_that_is_over_goes_nowhere(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    page = client.get(f"/l/{token}")
    link_to(web, case)
    late = sent_from(client, page, f"/l/{token}/say", words="还在吗")
    assert late.status_code == 303 and late.location == f"/l/{token}"
    assert acts(site, case) == [("open", "li")]


def test_a_closed_case_is_shown_and_takes_nothing_more(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now, kind="request")
    token = link_to(web, case)
    client = opened(web, token)
    page = client.get(f"/l/{token}")
    site.do(case, "close", web.now, result="已答复")
    assert "已办结" in shown(client, token).text
    assert sent_from(client, page, f"/l/{token}/say", words="再问").status_code == 409


def test_a_merged_case_shows_the_one_in_which_it_goes_on(web: Web, site: CaseSite) -> None:
    going, into = site.opened(web.now), site.complaint("approved", web.now)
    token = link_to(web, going)
    client = opened(web, token)
    site.do(going, "merge", web.now, case=str(into.id), reason="同一件事")
    page = shown(client, token).text
    assert into.number in page and "免费更换滤芯" in page
    assert sends(client, token, "accept").status_code == 303
    assert site.now_is(into).stage == "accepted"


def test_g3_what_they_wrote_and_sent_is_in_their_copy_and_goes_with_the_case(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    token = link_to(web, case)
    client = opened(web, token)
    assert sends(client, token, "say", words="还在漏").status_code == 303
    assert sends(client, token, "files", files=(io.BytesIO(PNG), "漏水.png")).status_code == 303
    with site.storage.writing() as tx:
        found = PersonCaseStore(tx).of(Whose({NUMBER}))
        copied = Cases().copy(tx, found, cast(Copying, None))
        assert "还在漏" in repr(copied.whole)
        assert [each.name.rpartition("_")[2] for each in copied.files] == ["漏水.png"]
        PersonCaseStore(tx).forget([case.id or 0])
        assert not any(step.given for step in steps_of(tx, found[0]))


def test_without_an_address_for_the_public_no_link_is_made_and_an_alert_says_so(tmp_path: Path) -> None:
    web = a_web(tmp_path)
    site = case_site(web.hotline.storage, web.hotline.settings)
    case = site.opened(web.now)
    with pytest.raises(Refused):
        link_to(web, case)
    with site.storage.reading() as tx:
        assert [each.kind for each in AlertStore(tx).open()] == ["links"]
    boss = web.signed_in(Role.SUPERVISOR)
    refused = post(boss, f"/cases/{case.id}/links/customer?lang=en", form_page=f"/cases/{case.id}/links")
    assert refused.status_code == 422 and "public_url" in refused.text


def test_whoever_is_responsible_makes_the_link_and_sees_it_once(web: Web, site: CaseSite) -> None:
    case = site.opened(web.now)
    boss = web.signed_in(Role.SUPERVISOR)
    made = post(boss, f"/cases/{case.id}/links/customer", form_page=f"/cases/{case.id}/links")
    assert made.status_code == 200 and "https://hotline.example.com/l/" in made.text
    assert "/l/" not in boss.get(f"/cases/{case.id}/links").text.split("<main")[1]
    operator = web.signed_in(Role.OPERATOR)
    refused = post(operator, f"/cases/{case.id}/links/customer", form_page="/cases")
    assert refused.status_code == 403
