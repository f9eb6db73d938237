"""`hotline check`: what it finds, what it says to do, and when it fails."""

from __future__ import annotations

import json
import re
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.checks import CheckResult, Level, run_checks
from hotline.checks.machine import check_disk, check_ports
from hotline.checks.services import judge_contact, judge_registration
from hotline.cli import main
from hotline.domain.calendar import WorkCalendar
from hotline.domain.line.roster import DutyNumber, Shift
from hotline.domain.time import system_clock
from hotline.services.calendar import work_calendar
from hotline.services.line.checks import check_calendar, check_roster
from hotline.settings import Home, Settings, load_settings
from hotline.settings.home import TREE
from hotline.storage import migrate
from hotline.supervisor.ports import WantedPort
from tests.support.instance import at
from tests.support.words import english

ALWAYS = (DutyNumber("李四", "13800000001"),)
REGISTERING = '[trunk]\nkind = "registration"\nhost = "192.0.2.1"\nusername = "u"\npassword = "p"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def settings(home: Home, site: str = "") -> Settings:
    home.create()
    home.settings_file.write_text(site, "utf-8")
    return load_settings(home, environment={})


@pytest.fixture
def calendar(home: Home) -> WorkCalendar:
    return work_calendar(settings(home))


def found(findings: list[CheckResult], what: str) -> CheckResult:
    return next(finding for finding in findings if finding.what == what)


def shift(start: str, end: str) -> Shift:
    return Shift("王五", ("13800000002",), (), at(start), at(end))


def test_a_year_without_holidays_known_warns_ahead_and_says_how_to_mend_it(calendar: WorkCalendar) -> None:
    assert check_calendar(calendar, at("2026-10-01 08:00"), 60).level == Level.OK
    warned = check_calendar(calendar, at("2026-11-15 08:00"), 60)
    assert (
        warned.level == Level.WARNING
        and "2027" in english(warned.detail)
        and "page of holidays" in english(warned.detail)
    )


def test_a_roster_without_gap_is_ok_and_a_gap_is_named(calendar: WorkCalendar) -> None:
    """A16."""
    now = at("2026-03-02 08:00")
    whole = [shift("2026-03-01 00:00", "2026-04-01 00:00")]
    assert check_roster(whole, (), calendar, now, 7).level == Level.OK
    holed = [shift("2026-03-01 00:00", "2026-03-05 18:00"), shift("2026-03-05 20:00", "2026-04-01 00:00")]
    warned = check_roster(holed, ALWAYS, calendar, now, 7)
    assert warned.level == Level.WARNING
    assert "1 × in 7 days, first 2026-03-05 18:00 to 2026-03-05 20:00" in english(warned.detail)
    assert "李四" in english(warned.advice)


def test_a_roster_that_lies_all_in_the_past_is_said(calendar: WorkCalendar) -> None:
    warned = check_roster([shift("2025-01-01 00:00", "2025-02-01 00:00")], ALWAYS, calendar, at("2026-03-02 08:00"), 7)
    assert warned.level == Level.WARNING and "every shift is over, the last since 2025-02-01 00:00" in english(
        warned.detail
    )


def test_one_number_for_all_times_needs_no_roster_but_nobody_at_all_is_a_warning(calendar: WorkCalendar) -> None:
    now = at("2026-03-02 08:00")
    assert check_roster([], ALWAYS, calendar, now, 7).level == Level.OK
    nobody = check_roster([], (), calendar, now, 7)
    assert nobody.level == Level.WARNING and "voicemail" in english(nobody.advice)


@pytest.mark.parametrize(
    ("state", "level"),
    [("Registered", Level.OK), ("Rejected", Level.FAILED), ("Unregistered", Level.FAILED), (None, Level.FAILED)],
)
def test_a_trunk_by_registration_works_when_the_carrier_took_it(home: Home, state: str | None, level: Level) -> None:
    entries = [{"ObjectName": "trunk", "Status": state}] if state else []
    other = {"ObjectName": "other", "Status": "Registered"}
    assert judge_registration(settings(home, REGISTERING).trunk, [other, *entries]).level == level


@pytest.mark.parametrize(
    ("state", "asked", "level"),
    [
        ("NonQualified", 0, Level.OK),
        ("NonQualified", 30, Level.WARNING),
        ("Reachable", 30, Level.OK),
        ("Unreachable", 30, Level.FAILED),
        (None, 0, Level.FAILED),
    ],
)
def test_a_trunk_by_address_is_believed_unless_it_is_asked(
    home: Home, state: str | None, asked: int, level: Level
) -> None:
    entries = [{"Event": "ContactStatusDetail", "Status": state}] if state else [{"Event": "EndpointDetail"}]
    assert judge_contact(settings(home, f"[trunk]\nqualify_seconds = {asked}\n").trunk, entries).level == level


def test_the_callback_trunk_is_judged_by_its_own_name(home: Home) -> None:
    site = '[callback_trunk]\nhost = "192.0.2.7"\nnumber = "01088886666"\n'
    trunk = settings(home, site).callback_trunk
    entries = [{"Event": "ContactStatusDetail", "Status": "Unreachable"}]
    judged = judge_contact(trunk, entries, "callback_trunk")
    assert (judged.what, judged.level) == ("callback_trunk", Level.FAILED)


def test_ports_must_be_listened_on_while_it_runs_and_free_before(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = WantedPort("listen.http_port", "HOTLINE_HTTP_PORT", "127.0.0.1", server.getsockname()[1])
        assert check_ports([taken], running=True)[0].level == Level.OK
        before = check_ports([taken], running=False)[0]
        assert before.level == Level.WARNING and "HOTLINE_HTTP_PORT" in english(before.advice)
    assert check_ports([taken], running=True)[0].level == Level.FAILED


def test_too_little_disk_fails_naming_the_setting(home: Home) -> None:
    lacking = check_disk(settings(home, "[recording]\nmin_free_megabytes = 999999999\n"), home)
    assert lacking.level == Level.FAILED and "recording.min_free_megabytes" in english(lacking.advice)


@pytest.mark.parametrize(
    ("site", "key", "expected"),
    [
        ("[listen]\nhttp_prot = 1\n", "listen.http_prot", "This key is not known"),
        ('[hours]\nmon = ["12:00-09:00"]\n', "hours.mon", "A period must end after it starts"),
        ('[trunk]\nhost\t=\t"x"\n\tport = [1\n', "", "TOML was expected"),
    ],
)
def test_each_wrong_setting_fails_with_file_key_and_expectation(home: Home, site: str, key: str, expected: str) -> None:
    home.create()
    home.settings_file.write_text(site, "utf-8")
    findings = list(run_checks(home, offline=True))
    assert [finding.level for finding in findings] == [Level.FAILED]
    assert str(home.settings_file) in english(findings[0].detail) and key in english(findings[0].detail)
    assert expected in english(findings[0].advice)


def test_a_home_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    findings = list(run_checks(Home(tmp_path / "file" / "home"), offline=True))
    assert findings[-1].what == "home" and "HOTLINE_HOME" in english(findings[-1].advice)


def test_before_the_first_start_database_and_prompts_are_missing_and_it_says_what_makes_them(home: Home) -> None:
    findings = list(run_checks(home, offline=True, clock=system_clock))
    assert "hotline db upgrade" in english(found(findings, "database").advice)
    assert "hotline greetings build" in english(found(findings, "prompts").advice)
    assert found(findings, "settings").level == Level.OK


def test_an_upgraded_database_passes_and_the_roster_is_read_from_it(home: Home) -> None:
    past = at("2025-01-01 00:00")
    site = (
        '[[roster]]\nperson = "王五"\nnumbers = ["13800000002"]\n'
        "starts_at = 2025-01-01T00:00:00\nends_at = 2025-02-01T00:00:00\n"
    )
    settings(home, site)
    migrate.upgrade(f"sqlite:///{home.database_file}")
    findings = list(run_checks(home, offline=True, clock=lambda: past + timedelta(days=60)))
    assert found(findings, "database").level == Level.OK
    assert "every shift is over" in english(found(findings, "roster").detail)


def test_the_command_fails_only_for_failures_and_speaks_json(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(home.root))
    result = CliRunner().invoke(main, ["check", "--offline", "--json"])
    findings = json.loads(result.stdout)
    assert {"level", "what", "detail", "advice"} == set(findings[0])
    assert result.exit_code == 1, "the database is missing"
    shown = CliRunner().invoke(main, ["check", "--offline"])
    assert "FAILED  database" in shown.stdout and "-> `hotline db upgrade`" in shown.stdout


def test_under_a_chinese_locale_all_of_it_is_chinese(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(home.root))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    findings = json.loads(CliRunner().invoke(main, ["check", "--offline", "--json"]).stdout)
    told = [each[part] for each in findings for part in ("detail", "advice") if each[part]]
    assert len(told) > 15
    for words in told:
        assert re.search(r"[\u4e00-\u9fff]", words), words
        assert not re.search(r"(?:[a-z]+ ){4,}[a-z]+[.!?]", words), words
    shown = CliRunner().invoke(main, ["check", "--offline"]).stdout
    assert "失败" in shown and "正常" in shown and "FAILED" not in shown


def test_what_does_not_answer_fails_with_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing runs here: AMI, IVR and web server must be found away, not believed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for number, name in enumerate(("HTTP", "AMI", "AGI")):
        monkeypatch.setenv(f"HOTLINE_{name}_PORT", str(port - number))
    findings = list(run_checks(home))
    for what in ("ami", "ivr", "web"):
        assert found(findings, what).level == Level.FAILED and found(findings, what).advice


def test_each_wrong_questionnaire_is_named_by_file_and_key(home: Home) -> None:
    settings(home)
    [well] = [each for each in run_checks(home, offline=True) if each.what == "questionnaires"]
    assert well.level == Level.OK
    folder = home.root / "questionnaires"
    folder.mkdir()
    shipped = (TREE / "config" / "questionnaires" / "training.toml").read_text("utf-8")
    (folder / "a.toml").write_text("code = [", "utf-8")
    (folder / "b.toml").write_text(shipped.replace('kind = "scale"', 'kind = "stars"', 1), "utf-8")
    wrong = [each for each in run_checks(home, offline=True) if each.what == "questionnaires"]
    assert [each.level for each in wrong] == [Level.FAILED] * 2
    assert "a.toml" in english(wrong[0].detail) and "b.toml: item[" in english(wrong[1].detail)


def test_e9_a_monthly_sample_without_its_questionnaire_is_warned_of(home: Home) -> None:
    settings(home, '[campaigns]\nmonthly_sample = 5\nsample_questionnaire = "gone"\n')
    found = [each for each in run_checks(home, offline=True) if each.what == "questionnaires"]
    assert [each.level for each in found] == [Level.OK, Level.WARNING]
    assert "gone" in english(found[1].detail)
    settings(home, "[campaigns]\nmonthly_sample = 5\n")
    assert [each.level for each in run_checks(home, offline=True) if each.what == "questionnaires"] == [Level.OK]


def test_each_wrong_kind_of_case_is_named_by_file_and_key(home: Home) -> None:
    settings(home)
    home.cases.mkdir(parents=True, exist_ok=True)
    shipped = (TREE / "config" / "cases" / "enquiry.toml").read_text("utf-8")
    (home.cases / "enquiry.toml").write_text(shipped, "utf-8")
    [well] = [each for each in run_checks(home, offline=True) if each.what == "case kinds"]
    assert well.level == Level.OK
    (home.cases / "a.toml").write_text("code = [", "utf-8")
    (home.cases / "b.toml").write_text(shipped.replace('begins = "registered"', 'begins = "elsewhere"'), "utf-8")
    wrong = [each for each in run_checks(home, offline=True) if each.what == "case kinds"]
    assert [each.level for each in wrong] == [Level.FAILED] * 2
    assert "a.toml" in english(wrong[0].detail) and "TOML in UTF-8" in english(wrong[0].detail)
    assert "b.toml: begins" in english(wrong[1].detail) and wrong[1].advice is not None
