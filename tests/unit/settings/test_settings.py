"""Settings: defaults, the site's file, the environment; what is wrong is refused with file, key and expectation."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from hotline.settings import Home, Settings, SettingsError, load_settings
from hotline.settings.layers import DEFAULTS
from hotline.web.kit.refusals.registry import say


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def load(home: Home, site: str | bytes = "", **environment: str) -> Settings:
    home.settings_file.write_bytes(site if isinstance(site, bytes) else site.encode())
    return load_settings(home, environment)


def problems(home: Home, site: str | bytes = "", **environment: str) -> list[str]:
    """What is said of each wrong setting, with the folder's name left out."""
    with pytest.raises(SettingsError) as caught:
        load(home, site, **environment)
    return [
        f"{problem.place}: {say(problem.expected, str)}".replace(f"{home.root}{os.sep}", "")
        for problem in caught.value.problems
    ]


def test_the_defaults_alone_are_a_valid_site(home: Home) -> None:
    settings = load_settings(home, {})
    assert settings.hours.mon[0].start == time(9)
    assert settings.roster == ()
    assert settings.company_of("main") == settings.site.company


def test_the_file_of_the_site_overrides_single_keys(home: Home) -> None:
    settings = load(home, '[duty]\nring_seconds = 25\n[hours]\nsat = ["9:00-12:00"]\n')
    assert (settings.duty.ring_seconds, settings.duty.confirm_key) == (25, "1")
    assert settings.hours.sat[0].end == time(12)
    assert len(settings.hours.mon) == 2


def test_named_tables_of_the_site_replace_the_default_ones(home: Home) -> None:
    settings = load(
        home,
        """
        [queues.sales]
        name = "销售"
        [menus.main]
        prompt = "menu-main"
        operator_queue = "sales"
        keys.1 = "queue:sales"
    """,
    )
    assert list(settings.queues) == ["sales"]
    assert list(settings.menus["main"].keys) == ["1"]


def test_variables_override_the_file(home: Home) -> None:
    settings = load(
        home,
        "[listen]\nhttp_port = 9000\n[duty]\nring_seconds = 25\n",
        HOTLINE_HTTP_PORT="9100",
        HOTLINE_DUTY__RING_SECONDS="30",
        HOTLINE_SITE__COMPANY="长城",
        HOTLINE_RECORDING__ENABLED="false",
        HOTLINE_CALENDAR__CLOSED="[2026-12-31]",
        HOTLINE_DUTY__ALWAYS='[{person = "张三", number = "13800000000"}]',
    )
    assert (settings.listen.http_port, settings.duty.ring_seconds, settings.site.company) == (9100, 30, "长城")
    assert settings.recording.enabled is False
    assert settings.calendar.closed == (date(2026, 12, 31),)
    assert settings.duty.always[0].number == "13800000000"


@pytest.mark.parametrize("word", ["False", "false", "no", "off", "0"])
def test_a_variable_that_says_no_means_no(home: Home, word: str) -> None:
    assert load(home, HOTLINE_RECORDING__ENABLED=word).recording.enabled is False


@pytest.mark.parametrize("text", ["4001234567", "+864001234567", "01088886666", "1e5", "true", "2026-01-01"])
def test_a_variable_of_digits_is_text_where_text_is_wanted(home: Home, text: str) -> None:
    assert load(home, HOTLINE_TRUNK__PASSWORD=text).trunk.password == text


def test_a_variable_may_change_one_key_of_a_named_table(home: Home) -> None:
    settings = load(home, HOTLINE_LINES__MAIN__NUMBER="+864007654321")
    assert settings.lines["main"].number == "+864007654321"
    assert settings.lines["main"].menu == "main"


def test_variables_that_are_no_settings_are_left_alone(home: Home) -> None:
    load(home, HOTLINE_HOME="/x", HOTLINE_VENV="/y", PATH="/bin", DUTY__RING_SECONDS="1")


def test_tabs_a_mark_and_windows_line_ends_do_no_harm(home: Home) -> None:
    settings = load(home, b"\xef\xbb\xbf[duty]\r\n\tring_seconds\t=\t25\t# \xe7\xa7\x92\r\n")
    assert settings.duty.ring_seconds == 25


def test_a_period_may_end_with_the_day(home: Home) -> None:
    [period] = load(home, '[hours]\nsat = ["18:00-24:00"]').hours.sat
    assert (period.start, period.end) == (time(18), time.min)


def test_times_without_a_zone_are_of_shanghai(home: Home) -> None:
    [entry] = load(
        home,
        """
        [[roster]]
        person = "李四"
        numbers = ["138 0000 0001"]
        starts_at = 2026-11-01T00:00:00
        ends_at = 2026-11-02T00:00:00Z
    """,
    ).roster
    assert entry.starts_at == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert entry.ends_at == datetime(2026, 11, 2, tzinfo=UTC)
    assert entry.numbers == ("13800000001",)


def test_a_roster_that_is_over_is_no_reason_not_to_start(home: Home) -> None:
    settings = load(
        home,
        """
        [[roster]]
        person = "李四"
        numbers = ["13800000001"]
        starts_at = 2020-01-01T00:00:00
        ends_at = 2020-02-01T00:00:00
    """,
    )
    assert settings.roster[0].person == "李四"


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("[duty\nring_seconds = 25", "hotline.toml: TOML was expected: "),
        ("[duty]\nring_seconds = 25\nring_seconds = 26", "hotline.toml: TOML was expected: Cannot overwrite a value"),
        ('[site]\ncompany = "a\tb\x07"', "hotline.toml: TOML was expected: "),
        ('[site]\ncompany = "长城"'.encode("gb18030"), "hotline.toml: UTF-8 text was expected: "),
        ("duty = 5", "hotline.toml: duty: A table was expected. Got: 5"),
        (
            "[duty]\nring_second = 25",
            "hotline.toml: duty.ring_second: This key is not known; config/hotline.toml lists",
        ),
        ("[dutty]\nring_seconds = 25", "hotline.toml: dutty: This key is not known; "),
        ('[duty]\nring_seconds = "long"', "hotline.toml: duty.ring_seconds: A whole number was expected. Got: "),
        ("[duty]\nring_seconds = true", "hotline.toml: duty.ring_seconds: A whole number was expected, not true."),
        ("[duty]\nring_seconds = 20.5", "hotline.toml: duty.ring_seconds: A whole number was expected. Got: "),
        ("[duty]\nring_seconds = 0", "hotline.toml: duty.ring_seconds: At least 1 was expected. Got: 0"),
        ('[duty]\nconfirm_key = "12"', "hotline.toml: duty.confirm_key: Another form was expected: "),
        (
            '[duty]\nalways = [{ person = "张三", number = "one" }]',
            "hotline.toml: duty.always.0.number: A telephone number of 3 to 20 digits was expected, not “one”.",
        ),
        ("[site]\ncompany = 5", "hotline.toml: site.company: Text was expected. Got: 5"),
        ('[site]\ncompany = ""', "hotline.toml: site.company: At least 1 characters were expected."),
        ('[site]\ncompany = "a\\nb"', "hotline.toml: site.company: Text without line breaks and control characters"),
        ('[site]\nnode = "Node 1"', "hotline.toml: site.node: Another form was expected: "),
        ('[trunk]\nmatch = ["10.0.0.1\\nallow=all"]', "hotline.toml: trunk.match: Text without line breaks"),
        ('[trunk]\nkind = "registration"', "hotline.toml: trunk: A trunk by registration needs username and password"),
        ('[trunk]\nhost = ""', "hotline.toml: trunk.host: An address, a network such as 203.0.113.0/28 or a host name"),
        ('[trunk]\nmatch = ["10.0.0.1; x"]', "hotline.toml: trunk.match: An address, a network such as"),
        ('[trunk]\nmatch = ["0.0.0.0/0"]', "hotline.toml: trunk.match: The carrier's own addresses were expected"),
        ('[trunk]\nmatch = ["::/0"]', "hotline.toml: trunk.match: The carrier's own addresses were expected"),
        ('[trunk]\nknown_by = "registration"', 'hotline.toml: trunk: known_by = "registration" needs kind'),
        (
            '[trunk]\ninbound_username = "x"',
            "hotline.toml: trunk: inbound_username and inbound_password belong together",
        ),
        (
            '[trunk]\nmatch = ["192.0.2.0/24"]\n[operators.1001]\nname = "x"\ncontact = "sip:1@192.0.2.9:5060"',
            "hotline.toml: operators.1001.contact: Another address was expected",
        ),
        ('[trunk]\nusername = "a;b"', "hotline.toml: trunk.username: A user name of at most 200 characters"),
        ("[trunk]\ncodecs = []", "hotline.toml: trunk.codecs: At least 1 entries were expected."),
        (
            '[trunk]\ncodecs = ["g722", "alaw"]',
            "hotline.toml: trunk.codecs: One of alaw, ulaw was expected: calls by g722 cannot be recorded",
        ),
        (
            '[trunk]\ncodecs = ["opus"]',
            "hotline.toml: trunk.codecs: One of alaw, ulaw was expected: calls by opus cannot",
        ),
        ("[listen]\nhttp_port = 5060", "hotline.toml: listen: Each service needs a port of its own"),
        ("[listen]\nhttp_port = 70000", "hotline.toml: listen.http_port: At most 65535 was expected."),
        ("[listen]\nrtp_end = 10001", "hotline.toml: listen: rtp_end must be at least 20 above rtp_start"),
        ("[listen]\nsip_port = 10500", "hotline.toml: listen: sip_port must be outside the calls' ports 10000-12000"),
        ('[listen]\nhost = "everywhere"', "hotline.toml: listen.host: An IP address was expected."),
        ('[database]\nurl = "mysql://u:secret@h/d"', 'hotline.toml: database.url: "" or postgresql+psycopg://'),
        ('[hours]\nmon = ["12:00-09:00"]', "hotline.toml: hours.mon.0: A period must end after it starts"),
        ('[hours]\nmon = ["09:00 to 12:00"]', 'hotline.toml: hours.mon.0: A period like "09:00-12:00" was expected'),
        ('[hours]\nmon = ["25:00-26:00"]', "hotline.toml: hours.mon.0.start: "),
        ('[hours]\nmon = ["09:00-12:00", "11:00-13:00"]', "hotline.toml: hours.mon: Periods overlap"),
        ('[hours]\nmon = ["09:00-24:00", "11:00-13:00"]', "hotline.toml: hours.mon: Periods overlap"),
        (
            "[calendar]\nclosed = [2026-12-31]\nopen = [2026-12-31]",
            "hotline.toml: calendar: These days stand in more than one of closed, open and makeup: 2026-12-31",
        ),
        (
            "[lines.main.calendar]\nclosed = [2026-12-31]\nmakeup = [2026-12-31]",
            "hotline.toml: lines.main.calendar: These days stand in more than one of closed, open and makeup",
        ),
        ('[lines.main.hours]\nmon = ["12:00-09:00"]', "hotline.toml: lines.main.hours.mon.0: "),
        (
            '[lines.main.hours]\nmonday = ["09:00-12:00"]',
            "hotline.toml: lines.main.hours.monday: This key is not known",
        ),
        ("[lines.main.duty]\nring_seconds = 0", "hotline.toml: lines.main.duty.ring_seconds: At least 1 was expected."),
        (
            '[lines.main.duty]\nalways = [{ person = "张三", number = "x" }]',
            "hotline.toml: lines.main.duty.always.0.number: ",
        ),
        (
            (
                '[[roster]]\nperson = "李四"\nnumbers = ["13800000001"]\nstarts_at = 2026-11-01T00:00:00\n'
                'ends_at = 2026-12-01T00:00:00\nlines = ["gone"]'
            ),
            "hotline.toml: roster.0.lines: One of the lines (main) was expected, not “gone”.",
        ),
        ('[calendar]\nclosed = ["2026-02-30"]', "hotline.toml: calendar.closed.0: A day like 2026-11-22 was expected."),
        ("[retention]\nyears = 0", "hotline.toml: retention.years: Recordings are kept for at least 3 years (E2)"),
        ("[retention]\nyears = -3", "hotline.toml: retention.years: Recordings are kept for at least 3 years (E2)"),
        ("[retention]\nyears = ''", "hotline.toml: retention.years: A whole number was expected."),
        (
            "[retention.categories]\ncomplaint = 0",
            "hotline.toml: retention.categories.complaint: Recordings are kept for at least 3 years",
        ),
        (
            "[retention.categories]\ncomplaint = ''",
            "hotline.toml: retention.categories.complaint: A whole number was expected.",
        ),
        ("[retention.categories]\nnone = 5", "hotline.toml: retention.categories.none: One of the categories ("),
        ("[retention]\ndelete = 'all'", "hotline.toml: retention.delete: One of these was expected: by_hand, nightly."),
        ("[retention]\nyears = 2", "hotline.toml: retention.years: Recordings are kept for at least 3 years (E2)"),
        ('[queues.voicemail]\nname = "x"', "hotline.toml: queues.voicemail: Another name was expected"),
        ("[web]\npublic_url = 'http://['", "hotline.toml: web.public_url: A whole address such as "),
        ("[web]\npublic_url = 'https://h.example:99999'", "hotline.toml: web.public_url: A whole address such as "),
        ("[sms]\nurl = 'https://['", "hotline.toml: sms.url: A whole address such as "),
        ("[sign_in.oidc]\nissuer = 'https://['", "hotline.toml: sign_in.oidc.issuer: A whole address such as "),
        ('[operators.12]\nname = "赵敏"', "hotline.toml: operators.12: Another form was expected: "),
    ],
)
def test_what_is_wrong_is_refused_with_file_key_and_expectation(home: Home, site: str | bytes, expected: str) -> None:
    said = problems(home, site)
    assert any(problem.startswith(expected) for problem in said), said


ROSTER = """
[[roster]]
person = "{person}"
numbers = {numbers}
starts_at = {start}
ends_at = {end}
"""


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"end": "2026-10-31T00:00:00"}, "roster.0: A shift must end after it starts: 李四"),
        ({"end": "2026-11-01T00:00:00"}, "roster.0: A shift must end after it starts: 李四"),
        ({"start": '"soon"'}, "roster.0.starts_at: A time like 2026-11-22T"),
        ({"numbers": "[]"}, "roster.0.numbers: At least 1 entries were expected."),
        ({"numbers": '["none"]'}, "roster.0.numbers.0: A telephone number of 3 to 20 digits was expected"),
        ({"person": ""}, "roster.0.person: At least 1 characters were expected."),
    ],
)
def test_a2_a_wrong_shift_is_refused_by_its_place(home: Home, entry: dict[str, str], expected: str) -> None:
    right = {"person": "李四", "numbers": '["13800000001"]', "start": "2026-11-01T00:00:00", "end": "2026-12-01"}
    said = problems(home, ROSTER.format(**{**right, **entry}))
    assert said[0].startswith(f"hotline.toml: {expected}"), said


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (
            '[lines.main]\nnumber = "4001234567"\nmenu = "gone"',
            "lines.main.menu: One of the menus (main) was expected, not “gone”.",
        ),
        (
            '[lines.a]\nnumber = "4001234567"\nmenu = "main"\n[lines.b]\nnumber = "400-123-4567"\nmenu = "main"',
            "lines.b.number: 4001234567 is line a already",
        ),
        (
            '[menus.main]\nprompt = "menu-main"\noperator_queue = "gone"\nkeys = {}',
            "menus.main.operator_queue: One of the queues (service) was expected, not “gone”.",
        ),
        (
            '[menus.main]\nprompt = "menu-main"\noperator_queue = "service"\nkeys.1 = "queue:gone"',
            "menus.main.keys.1: One of the queues (service) was expected, not “gone”.",
        ),
        (
            '[menus.main]\nprompt = "menu-main"\noperator_queue = "service"\nkeys.1 = "menu:gone"',
            "menus.main.keys.1: One of the menus (main) was expected, not “gone”.",
        ),
        (
            '[menus.main]\nprompt = "menu-main"\noperator_queue = "service"\nkeys.1 = "hangup"',
            (
                "menus.main.keys.1.to: One of queue:<id>, menu:<id>, announcement:<prompt>, voicemail, repeat, "
                "operator, case was expected, not “hangup”."
            ),
        ),
        (
            '[menus.main]\nprompt = "menu-main"\noperator_queue = "service"\nkeys.12 = "voicemail"',
            "menus.main.keys.12: ",
        ),
        (
            '[queues.service]\nname = "客服"\nmembers = ["1001"]',
            "queues.service.members: One of the operators (–) was expected, not “1001”.",
        ),
        (
            '[operators.1001]\nname = "赵敏"\nqueues = ["gone"]',
            "operators.1001.queues: One of the queues (service) was expected, not “gone”.",
        ),
        ("lines = {}", "lines: At least 1 entries were expected."),
    ],
)
def test_what_points_to_nothing_stops_the_start_with_its_name(home: Home, site: str, expected: str) -> None:
    [said] = problems(home, site)
    assert said.startswith(f"hotline.toml: {expected}"), said


def test_everything_wrong_is_said_at_once(home: Home) -> None:
    said = problems(home, "[duty]\nring_seconds = 0\nring_second = 1\n[web]\nthreads = 1\n")
    assert len(said) == 3


def test_a_wrong_variable_is_named_and_not_the_file(home: Home) -> None:
    [said] = problems(home, "[duty]\nring_seconds = 25", HOTLINE_DUTY__RING_SECONDS="long")
    assert said.startswith("HOTLINE_DUTY__RING_SECONDS: duty.ring_seconds: ")
    [short] = problems(home, HOTLINE_HTTP_PORT="http")
    assert short.startswith("HOTLINE_HTTP_PORT: listen.http_port: ")
    [unknown] = problems(home, HOTLINE_DUTY__RINGS="3")
    assert unknown.startswith("HOTLINE_DUTY__RINGS: duty.rings: This key is not known")


def test_a_reference_broken_by_a_default_names_the_default_file(home: Home) -> None:
    said = problems(home, '[queues.sales]\nname = "销售"')
    assert any(problem.startswith(f"{DEFAULTS}: menus.main.operator_queue: ") for problem in said), said


def test_a_wrong_password_or_database_address_is_not_repeated(home: Home) -> None:
    said = problems(home, '[trunk]\npassword = ["s3cret"]\n[database]\nurl = ["postgresql://u:s3cret@h/d"]')
    assert len(said) == 2
    assert not any("s3cret" in problem for problem in said)
    assert not any("s3cret" in problem for problem in problems(home, '[database]\nurl = "oracle://u:s3cret@h/d"'))


def test_a_settings_file_that_cannot_be_read_is_said(home: Home) -> None:
    home.settings_file.mkdir()
    with pytest.raises(SettingsError, match=r"settings.file_unreadable why="):
        load_settings(home, {})
