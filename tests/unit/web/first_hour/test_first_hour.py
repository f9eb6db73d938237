"""What is missing, and the first hour: done by what is so, saved as settings are, left out and found again (F8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.alerts import set_alert
from hotline.services.check import CheckResult, failed, ok, warning
from hotline.services.first_hour.carrier_view import carrier_view
from hotline.services.first_hour.findings import findings, look
from hotline.services.first_hour.steps import Step, opens_by_itself, set_up
from hotline.services.line.alert_kinds import CHANNELS_FULL, TRUNK
from hotline.services.settings.settings import change_settings
from hotline.services.ways_in.shutting_out import shut_out, shut_out_addresses
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import a_call
from tests.support.web import NOW, Web, post, sign_in

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")


def found() -> Iterable[CheckResult]:
    yield ok("disk", because("recordings.disk_space", free=1, wanted=1))
    yield warning("roster", because("checks.roster_whole", days=7), because("checks.add_shifts"))
    yield failed("trunk", because("checks.no_answer", where="<b>10.0.0.1"), because("checks.see_trunk"))
    yield failed("web", because("checks.no_answer", where="http://127.0.0.1:8400"), because("checks.see_trunk"))
    yield failed("ffmpeg", because("checks.no_ffmpeg"), because("checks.install", package="ffmpeg"))
    yield warning("alert job backup", because("checks.level_ok"), because("checks.see_to_it"))


def done(web: Web) -> set[Step]:
    return {each.step for each in set_up(web.hotline.storage, web.hotline.settings, NOW).steps if each.done}


def test_f8_what_was_found_is_kept_on_both_databases_the_gravest_first(storage: Storage) -> None:
    assert findings(storage).at is None
    assert look(storage, found, NOW) == 4
    kept = findings(storage)
    assert [each.what for each in kept.missing] == ["trunk", "ffmpeg", "roster", "alert job backup"]
    assert [each.what for each in kept.well] == ["disk"] and kept.at == NOW
    assert kept.missing[0].detail == because("checks.no_answer", where="<b>10.0.0.1") and kept.well[0].advice is None
    look(storage, lambda: (), NOW)
    assert not findings(storage).missing


def test_f8_what_is_missing_is_shown_in_words_with_a_button_each(web: Web) -> None:
    look(web.hotline.storage, found, NOW)
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/missing").text
    listed = page.split('id="missing"')[1]
    assert listed.index("运营商线路") < listed.index("值班表") and "<b>10" not in page
    buttons = re.findall(r'class="btn btn-sm btn-primary" href="([^"]+)"', page)
    assert buttons == ["/admin/carrier", "/roster", "/admin/jobs"]
    assert "apt-get install ffmpeg" in page
    assert admin.get("/menu/waiting?names=missing").json == {"missing": 4}
    assert web.signed_in(Role.SUPERVISOR).get("/admin/missing").status_code == 403


def test_f8_steps_are_saved_as_settings_are_and_done_by_what_is_so(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/first-hour?step=company").text
    seen = re.search(r'name="seen:site.company" value="([^"]*)"', page)
    assert seen and Step.COMPANY not in done(web)
    fields = {"seen:site.company": seen[1], "site.company": "阳光电器"}
    assert post(admin, "/admin/first-hour/step/company", "/admin/first-hour?step=company", **fields).status_code == 303
    assert web.hotline.settings.site.company == "阳光电器" and Step.COMPANY in done(web)
    # Somebody else's change meanwhile is not lost.
    again = {"seen:site.company": seen[1], "site.company": "月光电器"}
    told = post(admin, "/admin/first-hour/step/company", "/admin/first-hour?step=company", **again)
    assert told.status_code == 409 and "月光电器" in told.text


def test_f8_the_number_is_its_lines_and_what_is_wrong_stands_at_the_field(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/first-hour?step=number").text
    seen = re.search(r'name="seen:lines.spare.number" value="([^"]*)"', page)
    assert seen
    fields = {"seen:lines.spare.number": seen[1], "lines.spare.number": "x"}
    path, form_page = "/admin/first-hour/step/number", "/admin/first-hour?step=number"
    wrong = post(admin, path, form_page, **fields)
    assert wrong.status_code == 422 and 'value="x"' in wrong.text
    assert post(admin, path, form_page, **{**fields, "lines.spare.number": "4008889999"}).status_code == 303
    assert web.hotline.settings.lines["spare"].number == "4008889999" and web.hotline.settings.lines["spare"].menu


def test_f8_a_carrier_by_registration_needs_no_shell(web: Web) -> None:
    """The password is typed like the rest, and shown nowhere."""
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/first-hour?step=carrier").text
    names = ("kind", "host", "port", "username", "known_by", "match")
    seen = {name: re.search(rf'name="seen:trunk.{name}" value="([^"]*)"', page) for name in names}
    assert all(seen.values()) and 'name="trunk.password"' in page
    typed = {"kind": "registration", "host": "203.0.113.7", "port": "5080", "username": "4008889999"}
    fields = {f"seen:trunk.{name}": found[1] for name, found in seen.items() if found}
    fields |= {f"trunk.{name}": text for name, text in {**typed, "known_by": "registration", "match": ""}.items()}
    path, form_page = "/admin/first-hour/step/carrier", "/admin/first-hour?step=carrier"
    without = post(admin, path, form_page, **fields)
    assert without.status_code == 422 and "用户名和密码" in without.text and "registration" in without.text
    assert post(admin, path, form_page, **fields, **{"trunk.password": "geheim-4711"}).status_code == 303
    trunk = web.hotline.settings.trunk
    assert (trunk.kind, trunk.host, trunk.username, trunk.password) == (
        *("registration", "203.0.113.7", "4008889999"),
        "geheim-4711",
    )
    assert Step.CARRIER in done(web)
    assert all("4711" not in admin.get(each).text for each in (form_page, "/admin/audit", "/admin/settings/versions"))


def test_f8_a_step_is_left_out_and_found_again(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    post(admin, "/admin/first-hour/skip/call", "/admin/first-hour")
    assert "已跳过" in admin.get("/admin/first-hour").text
    post(admin, "/admin/first-hour/again/call", "/admin/first-hour")
    assert "已跳过" not in admin.get("/admin/first-hour").text
    assert post(admin, "/admin/first-hour/skip/nothing", "/admin/first-hour").status_code == 404
    assert admin.get("/admin/first-hour?step=nothing").status_code == 404


def test_f8_every_step_has_its_page(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    for step in Step:
        assert admin.get(f"/admin/first-hour?step={step}").status_code == 200


def test_a3_a_mobile_is_called_and_nothing_else(web: Web) -> None:
    admin = web.signed_in(Role.ADMINISTRATOR)
    pbx = web.pbx
    assert isinstance(pbx, RememberingPbx)
    for wrong in ("110", "4001234567", "1001", "<b>", ""):
        post(admin, "/admin/first-hour/call-out", "/admin/first-hour?step=carrier", number=wrong)
    assert pbx.dialled == []
    post(admin, "/admin/first-hour/call-out", "/admin/first-hour?step=carrier", number="+86 138-0013-8000")
    assert [each[:3] for each in pbx.dialled] == [("PJSIP/13800138000@trunk", "hl-test-out", "s")]


def test_f8_it_opens_by_itself_until_somebody_can_answer_or_says_no(web: Web) -> None:
    storage, settings = web.hotline.storage, web.hotline.settings
    assert not opens_by_itself(storage, settings, NOW), "there are operators"
    nobody = settings.model_copy(update={"operators": {}})
    assert opens_by_itself(storage, nobody, NOW)
    admin = web.signed_in(Role.ADMINISTRATOR)
    post(admin, "/admin/first-hour/skip/all", "/admin/first-hour")
    assert not opens_by_itself(storage, nobody, NOW)


def test_a4_the_carriers_page_shows_its_state_and_what_never_became_a_row(web: Web) -> None:
    with web.hotline.storage.writing() as tx:
        CallStore(tx).save([a_call("known", NOW - timedelta(hours=1)), a_call("two", NOW - timedelta(hours=1))], NOW)
    seen = [("known", NOW - timedelta(hours=1)), ("lost", NOW - timedelta(hours=1)), ("running", NOW)]
    storage, settings = web.hotline.storage, web.hotline.settings
    view = carrier_view(storage, settings, web.pbx, lambda _since: seen, NOW)
    assert view.without_row == 1 and max(view.peaks_in.values()) == 2
    assert carrier_view(storage, settings, web.pbx, None, NOW).without_row is None
    assert view.calls["trunk"] == (2, NOW - timedelta(hours=1)) and view.calls["callback_trunk"] == (0, None)
    assert view.up_since == {}
    with web.hotline.storage.writing() as tx:
        for minutes in (90, 30):
            set_alert(tx, TRUNK, "", because("line.trunk_unreachable", host="203.0.113.10"), NOW)
            set_alert(tx, TRUNK, "", None, NOW - timedelta(minutes=minutes))
    up_since = carrier_view(storage, settings, web.pbx, None, NOW).up_since
    assert up_since == {TRUNK: NOW - timedelta(minutes=30)}
    admin = web.signed_in(Role.ADMINISTRATOR)
    page = admin.get("/admin/carrier")
    assert page.status_code == 200 and "同时通话峰值" in page.text
    assert 'href="/admin/settings/trunk#at-trunk.max_channels"' in page.text
    change_settings(web.hotline.in_force, ADMIN, {"trunk.max_channels": 30}, NOW)
    with web.hotline.storage.writing() as tx:
        set_alert(tx, CHANNELS_FULL, "", because("line.channels_full", most=30, since_at=NOW), NOW)
    page = admin.get("/admin/carrier")
    assert "/ 30" in page.text and "运营商通道已占满" in page.text.split('id="refused-title"')[1]
    web.pbx.away = "asterisk.away"
    assert "无法询问 Asterisk" in admin.get("/admin/carrier").text
    assert web.signed_in(Role.SUPERVISOR).get("/admin/carrier").status_code == 403


def test_a_program_that_tries_passwords_is_shown_by_its_address(web: Web) -> None:
    for _ in range(3):
        sign_in(web.app.test_client(), "nobody", "wrong")
    assert "127.0.0.1" in web.signed_in(Role.ADMINISTRATOR).get("/admin/carrier").text.split('id="strangers-title"')[1]


def test_f8_the_callers_page_is_the_administrators_alone(web: Web) -> None:
    page = web.signed_in(Role.ADMINISTRATOR).get("/admin/first-hour/caller").text
    assert web.hotline.secrets.phone_password("caller") in page and "?as=caller" in page
    assert web.signed_in(Role.SUPERVISOR).get("/admin/first-hour/caller").status_code == 403


def test_an_address_that_was_shut_out_is_let_in_again_on_the_page(web: Web) -> None:
    shut_out(web.pbx, "203.0.113.9", NOW + timedelta(minutes=60))
    admin = web.signed_in(Role.ADMINISTRATOR)
    assert "203.0.113.9" in admin.get("/admin/carrier").text
    for wrong in ("", "<b>", "203.0.113.10", "203.0.113.9/0", "x" * 999):
        assert post(admin, "/admin/carrier/let-in", "/admin/carrier", address=wrong).status_code == 303
        assert "<b>" not in admin.get("/admin/carrier").text.split("<main")[1]
    assert [each.address for each in shut_out_addresses(web.pbx)] == ["203.0.113.9"]
    assert post(admin, "/admin/carrier/let-in", "/admin/carrier", address="203.0.113.9").status_code == 303
    assert shut_out_addresses(web.pbx) == [] and ("u-administrator", "strangers.lift", "203.0.113.9") in web.audit()
    web.pbx.away = "asterisk.away"
    assert post(admin, "/admin/carrier/let-in", "/admin/carrier", address="203.0.113.9").status_code == 303
    assert (
        post(web.signed_in(Role.SUPERVISOR), "/admin/carrier/let-in", "/alerts", address="203.0.113.9").status_code
        == 403
    )
