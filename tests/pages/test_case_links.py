"""What customers, departments and employees see of cases on a telephone, and departments signed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.domain.people import Role
from hotline.domain.staff.records import Membership
from hotline.services.cases.customer_link import make_customer_link
from hotline.services.cases.department_link import make_department_link
from hotline.services.cases.handed_in import make_form_link
from hotline.storage.staff.spans import MemberStore
from tests.pages.test_accessible import AXE, opened_faults, page_faults
from tests.support.browser import DESK, Watched, follow, watched_page
from tests.support.case_site import BOSS, OWNER, CaseSite, case_site
from tests.support.leaders import person_of
from tests.support.web_site import WebSite, web_site

PHONE = {"viewport": {"width": 390, "height": 844}}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    settings = '[web]\npublic_url = "https://hotline.example.com"\n'
    with web_site(tmp_path_factory.mktemp("links"), settings) as running:
        yield running


@pytest.fixture(scope="module")
def cases(site: WebSite) -> CaseSite:
    return case_site(site.storage, site.settings)


def opened(watched: Watched, token: str, button: str) -> Page:
    page = watched.page
    page.goto(f"/l/{token}")
    follow(page.get_by_role("button", name=button))
    return page


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and what is pressed is large enough for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('button, input:not([type=hidden]), textarea, select, summary')]"
        ".filter(each => each.offsetParent && each.getBoundingClientRect().height < 40).map(each => each.outerHTML)"
    )
    assert small == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE["viewport"], DESK])
def test_what_those_outside_see_has_no_serious_fault(
    site: WebSite, cases: CaseSite, browser: Browser, theme: str, size: dict[str, int]
) -> None:
    """As it comes, with all that opens on it, and when it is answered."""
    asked, waiting = cases.complaint("approved", site.now()), cases.complaint("assigned", site.now())
    parts = (site.storage, site.settings)
    tokens = {
        "查看我的工单": make_customer_link(*parts, asked.id or 0, OWNER, site.now()).token,
        "打开工单": make_department_link(*parts, waiting.id or 0, cases.engineer, BOSS, site.now()).token,
    }
    faults: dict[str, object] = {}
    with watched_page(browser, site.url, viewport=size, bypass_csp=True, color_scheme=theme) as watched:
        page = watched.page
        for button, token in tokens.items():
            page.goto(f"/l/{token}")
            faults[f"before {button}"] = axe_faults(page, theme)
            follow(page.get_by_role("button", name=button))
            faults[button] = axe_faults(page, theme)
            watched.shot(f"outside-{list(tokens).index(button)}-{theme}-{size['width']}")
        page.goto(f"/l/{make_form_link(*parts, BOSS, site.now()).token}")
        faults["the standing form"] = axe_faults(page, theme)
    assert not any(faults.values()), faults


def axe_faults(page: Page, theme: str) -> list[str]:
    page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
    page.add_script_tag(path=AXE)
    return [*page_faults(page), *opened_faults(page)["opened"]]


def test_a_customer_refuses_a_solution_writes_and_sends_a_photograph(
    site: WebSite, cases: CaseSite, browser: Browser, tmp_path: Path
) -> None:
    case = cases.complaint("approved", site.now())
    token = make_customer_link(site.storage, site.settings, case.id or 0, OWNER, site.now()).token
    with watched_page(browser, site.url, **PHONE) as watched:
        page = opened(watched, token, "查看我的工单")
        expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        expect(page.locator("main")).to_contain_text("免费更换滤芯")
        expect(page.locator("main")).not_to_contain_text("13800138000")
        fits(page)
        watched.shot("case-customer")
        page.get_by_text("我不同意").click()
        fits(page)
        page.get_by_label("不同意的原因").fill("要求退款")
        follow(page.locator("details").get_by_role("button", name="发送"))
        expect(page.get_by_role("status")).to_contain_text("另提方案")
        page.get_by_label("您的留言").fill("漏水的照片在附件")
        follow(page.get_by_role("button", name="发送").first)
        expect(page.get_by_role("status")).to_contain_text("留言已收到")
        photo = tmp_path / "漏水.png"
        photo.write_bytes(PNG)
        page.get_by_label("照片或文件").set_input_files(photo)
        follow(page.get_by_role("button", name="发送").last)
        expect(page.get_by_role("status")).to_contain_text("文件已收到")
        fits(page)
        watched.shot("case-customer-answered")
    assert cases.now_is(case).stage == "proposed"


def test_a_customer_accepts_a_solution(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    case = cases.complaint("approved", site.now())
    token = make_customer_link(site.storage, site.settings, case.id or 0, OWNER, site.now()).token
    with watched_page(browser, site.url, **PHONE) as watched:
        page = opened(watched, token, "查看我的工单")
        follow(page.get_by_role("button", name="我同意"))
        expect(page.get_by_role("status")).to_contain_text("即刻实施")
    assert cases.now_is(case).stage == "accepted"


def test_a_department_asks_for_more_time_and_answers(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    case = cases.complaint("assigned", site.now())
    token = make_department_link(site.storage, site.settings, case.id or 0, cases.engineer, BOSS, site.now()).token
    with watched_page(browser, site.url, **PHONE) as watched:
        page = opened(watched, token, "打开工单")
        expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        fits(page)
        watched.shot("case-department")
        page.get_by_text("需要更多时间").click()
        page.get_by_label("延长几小时").fill("4")
        page.get_by_label("延期原因").fill("等供应商回复")
        fits(page)
        watched.shot("case-department-extension")
        follow(page.get_by_role("button", name="申请延期"))
        expect(page.get_by_role("status")).to_contain_text("已申请延期")
        page.locator("#answer-cause").fill("装配时漏装密封圈")
        page.get_by_label("责任人").fill("装配二组 周强")
        page.get_by_label("方案 1").fill("免费更换整机")
        page.get_by_label("方案 2").fill("全额退款")
        follow(page.get_by_role("button", name="提交答复"))
        expect(page.get_by_role("heading", level=1)).to_have_text("已办理")
        watched.shot("case-department-done")
    assert cases.now_is(case).stage == "proposed"


def test_a_department_sends_a_case_back(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    case = cases.complaint("assigned", site.now())
    token = make_department_link(site.storage, site.settings, case.id or 0, cases.engineer, BOSS, site.now()).token
    with watched_page(browser, site.url, **PHONE) as watched:
        page = opened(watched, token, "打开工单")
        page.get_by_text("不属于我们").click()
        page.get_by_label("退回原因").fill("属于物流部")
        watched.shot("case-department-return")
        follow(page.get_by_role("button", name="退回", exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text("已办理")
    assert cases.now_is(case).stage == "judged"


def test_signed_in_a_department_has_a_page_of_its_own(site: WebSite, cases: CaseSite, browser: Browser) -> None:
    site.add_user("sun", Role.DEPARTMENT, name="孙工")
    person = person_of(site.storage, "sun")
    with site.storage.writing() as tx:
        MemberStore(tx).add(Membership(cases.department_id, person))
    case = cases.complaint("assigned", site.now())
    with watched_page(browser, site.url) as watched:
        page = watched.page
        site.sign_in(page, "sun")
        page.goto("/department-cases")
        watched.shot("department-cases")
        follow(page.get_by_role("link", name=case.number))
        expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        watched.shot("department-case")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.goto("/customer-word")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        watched.shot("customer-word-phone")


def test_anybody_hands_in_a_customers_word_by_the_standing_form(
    site: WebSite, cases: CaseSite, browser: Browser
) -> None:
    site.add_user("boss", Role.SUPERVISOR, name="钱主管")
    token = make_form_link(site.storage, site.settings, BOSS, site.now()).token
    with watched_page(browser, site.url, **PHONE) as watched:
        page = watched.page
        page.goto(f"/l/{token}")
        fits(page)
        watched.shot("customer-word-form")
        page.get_by_label("一句话概括").fill("包装破损")
        page.get_by_label("客户反映的内容").fill("邻居说收到时箱子已经破了")
        page.get_by_label("您的姓名和部门").fill("仓库 老马")
        follow(page.get_by_role("button", name="提交"))
        expect(page.get_by_role("status")).to_contain_text("已生成工单")
