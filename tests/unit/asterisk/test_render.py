"""Asterisk's generated configuration: what it shares with Python, what it must never allow."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from hotline.asterisk import render
from hotline.settings.secrets import Secrets
from ivr.names import RouteExtension, UserEvent, Variable
from tests.support import rendered as of_settings
from tests.support.rendered import SECRETS

TREE = Path(__file__).parents[3]
OPERATORS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
phone = "webrtc"
queues = ["service"]
"""


def rendered(tmp_path: Path, settings: str = OPERATORS, lacks: str = "") -> dict[str, str]:
    return of_settings.rendered(tmp_path, settings, lacks)


def code_of(dialplan: str) -> str:
    return "\n".join(line for line in dialplan.splitlines() if not line.startswith(";"))


CALLBACK_TRUNK = f'{OPERATORS}[callback_trunk]\nhost = "192.0.2.7"\nnumber = "01088886666"\n'


def test_user_events_are_those_that_python_knows(tmp_path: Path) -> None:
    dialplan = code_of(rendered(tmp_path, CALLBACK_TRUNK)["extensions.conf"])
    used = set(re.findall(r"CELGenUserEvent\((\w+)", dialplan))
    assert used <= set(UserEvent)
    ivr = "".join(path.read_text("utf-8") for path in sorted((TREE / "ivr").glob("*.py")))
    said_by_the_ivr = set(re.findall(r"UserEvent\.(\w+)", ivr))
    assert {event.name for event in UserEvent if event.value not in used} <= said_by_the_ivr


def test_variables_and_routes_of_the_ivr_are_those_that_the_dialplan_reads(tmp_path: Path) -> None:
    dialplan = code_of(rendered(tmp_path)["extensions.conf"])
    read = set(re.findall(r"\$\{(HL_[A-Z_]+)", dialplan))
    assert {Variable.ROUTE, Variable.QUEUE, Variable.DUTY, Variable.PREFERRED, Variable.NO_OPERATOR} <= read
    taken = set(re.findall(r"^exten => (\w+),1,", dialplan.split("[hl-route]")[1].split("\n[")[0], re.MULTILINE))
    assert set(RouteExtension) <= taken


def test_nothing_but_the_duty_mobile_and_the_directory_is_dialled_over_the_trunk(tmp_path: Path) -> None:
    """A3, A6: and a number of the directory comes from Asterisk's own database alone."""
    dialplan = code_of(rendered(tmp_path)["extensions.conf"])
    dialled = re.findall(r"Dial\((\S*?)@trunk", dialplan)
    assert sorted(dialled) == ["PJSIP/${HL_MOBILE}", "PJSIP/${HL_NUMBER}", "PJSIP/${HL_NUMBER}"]
    assert re.findall(r"Set\(HL_NUMBER=(.*)\)", dialplan) == [
        "${FILTER(0-9+,${DB(hotline-directory/${FILTER(0-9,${ARG1})})})}"
    ]
    phones = dialplan.split("[from-phone]")[1].split("\n[")[0]
    assert re.findall(r"(\S*)Dial\((.*)\)", phones) == [("n(colleague),", "PJSIP/${HL_TO},30,ib(hl-invite^s^1)")]
    assert re.findall(r".*colleague\)$", phones, re.MULTILINE) == [
        " same => n,GotoIf($[${DIALPLAN_EXISTS(hl-operators,${HL_TO},1)}]?colleague)"
    ]


def test_who_is_an_operator_changes_three_contexts_and_no_step_of_a_call_on_its_way(tmp_path: Path) -> None:
    """A reload of the dialplan while calls are talked must not take their next step away."""
    one, two = (
        re.split(r"^\[", code_of(rendered(tmp_path, site)["extensions.conf"]), flags=re.MULTILINE)
        for site in (OPERATORS, OPERATORS + '[operators.1009]\nname = "新人"\n')
    )
    changed = {new.split("]")[0] for old, new in zip(one, two, strict=True) if old != new}
    assert changed == {"hl-operators", "hl-sign-in", "hl-sign-out"}
    listed = next(each for each in two if each.startswith("hl-operators]"))
    assert set(re.findall(r"^exten => (.*)$", listed, re.MULTILINE)) == {
        f"{extension},1,NoOp()" for extension in (*re.findall(r"operators\.(\d+)", OPERATORS), "1009")
    }


def test_every_phone_of_ours_is_told_which_call_it_is_rung_for(tmp_path: Path) -> None:
    """The page matches the phone's call with the form it has open."""
    dialplan = code_of(rendered(tmp_path)["extensions.conf"])
    rung = re.findall(r"Dial\(PJSIP/\$\{(?:EXTEN|HL_TO|HL_PREFERRED)\},.*|Queue\(.*", dialplan)
    assert len(rung) == 7 and all("b(hl-invite^s^1" in line for line in rung), rung


def test_whoever_is_rung_sends_the_caller_nowhere_else(tmp_path: Path) -> None:
    """A3: what a phone, a mobile or the carrier answers with 302 Moved is not followed, whatever rings them."""
    site = OPERATORS + '[trunk]\ncaller_id = "{}"\n'
    for shown in ("line", "caller"):
        dialplan = code_of(rendered(tmp_path, site.format(shown))["extensions.conf"])
        dials = re.findall(r"(?:Dial\([^,]*,[^,]*|Queue\([^,]*),([a-zA-Z]*)", dialplan)
        assert len(dials) == dialplan.count("Dial(") + dialplan.count("Queue(") == 10
        assert all("i" in options for options in dials), dials


def test_a_transferred_caller_stays_inside(tmp_path: Path) -> None:
    """A3, A12: whoever dials or transfers, the context is one that leads to our phones and the directory only."""
    files = rendered(tmp_path)
    assert files["pjsip.conf"].count("set_var = TRANSFER_CONTEXT=hl-transfer") == 1
    transfer = code_of(files["extensions.conf"]).split("[hl-transfer]")[1].split("\n[")[0]
    assert re.findall(r"Dial\((\S*?)@trunk", transfer) == ["PJSIP/${HL_NUMBER}"]


@pytest.mark.parametrize("name", ["${SHELL(id)}", "a,b)", "x;y", 'q" <sip:1@evil>', "[main]", "a\\b", "$[1+1]", "=>"])
def test_a_name_is_nothing_but_a_name_to_asterisk(tmp_path: Path, name: str) -> None:
    """Who hires in the browser writes it."""
    hired = f"[operators.1009]\nname = {json.dumps('孙 ' + name)}\n"
    member = '[queues.service]\nname = "x"\nmembers = ["1009"]\n'
    files = rendered(tmp_path, OPERATORS + hired + member)
    told = [
        re.search(r"^callerid = (孙.*) <1009>$", files["pjsip.conf"], re.MULTILINE),
        re.search(
            r"AddQueueMember\(service,PJSIP/1009,0,,(孙.*),PJSIP/1009\)$", files["extensions.conf"], re.MULTILINE
        ),
        re.search(r"^member => PJSIP/1009,0,(孙.*),PJSIP/1009$", files["queues.conf"], re.MULTILINE),
    ]
    assert all(found and re.fullmatch(r"[\w .'·（）-]+", found[1]) for found in told), told


def test_passwords_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    render.write(rendered(tmp_path), tmp_path / "etc")
    for file in (tmp_path / "etc").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_asterisks_http_server_is_the_pages_alone_wherever_all_else_listens(tmp_path: Path, host: str) -> None:
    """It asks nobody for their Origin."""
    files = rendered(tmp_path, f'[listen]\nhost = "{host}"\n' + OPERATORS)
    assert "\nbindaddr = 127.0.0.1\n" in files["http.conf"]
    assert f"\nprefix = {SECRETS.asterisk_http_prefix}\n" in files["http.conf"]
    assert "bind = 127.0.0.1:8088" in files["pjsip.conf"]
    assert len(SECRETS.asterisk_http_prefix) == 32
    assert SECRETS.asterisk_http_prefix != Secrets("ami-secret", "web-secret", "other").asterisk_http_prefix


def test_trunk_by_registration(tmp_path: Path) -> None:
    site = OPERATORS + '[trunk]\nkind = "registration"\nhost = "sip.example.net"\nusername = "u"\npassword = "p;w"\n'
    pjsip = rendered(tmp_path, site)["pjsip.conf"]
    assert "server_uri = sip:sip.example.net:5060" in pjsip and "match = sip.example.net" in pjsip
    assert r"password = p\;w" in pjsip


def test_behind_nat_the_outer_address_is_told(tmp_path: Path) -> None:
    pjsip = rendered(tmp_path, OPERATORS + '[listen]\nexternal_address = "203.0.113.7"\n')["pjsip.conf"]
    assert "external_media_address = 203.0.113.7" in pjsip and "local_net = 192.168.0.0/16" in pjsip
    assert "external_media_address" not in rendered(tmp_path)["pjsip.conf"]


def test_phones_and_trunk_share_their_codecs(tmp_path: Path) -> None:
    """docs/decisions/0002: a change of codec on the way could leave the caller without sound after a transfer."""
    pjsip = rendered(tmp_path, OPERATORS + '[trunk]\ncodecs = ["ulaw"]\n')["pjsip.conf"]
    allowed = re.findall(r"^allow = (.*)$", pjsip, re.MULTILINE)
    assert set(allowed) == {"ulaw"}


def test_an_older_asterisk_gets_the_cel_file_it_understands(tmp_path: Path) -> None:
    assert "fields = " in rendered(tmp_path)["cel_sqlite3_custom.conf"]
    assert "values => " in rendered(tmp_path, lacks="res_cdrel_custom")["cel_sqlite3_custom.conf"]


@pytest.mark.parametrize(
    ("host", "reached"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.1.2.3", "10.1.2.3")]
)
def test_where_a_service_is_reached(host: str, reached: str) -> None:
    assert render.reachable(host) == reached


def test_the_callback_trunk_is_dialled_over_by_permission_alone_but_for_the_duty_mobile(tmp_path: Path) -> None:
    """A3, A17: only where our own process has written down what it permits, once; no phone comes there by dialling."""
    dialplan = code_of(rendered(tmp_path, CALLBACK_TRUNK)["extensions.conf"])
    dialled = [f"Dial(PJSIP/${{{number}}}@callback_trunk" for number in ("HL_MOBILE", "HL_TO")]
    assert re.findall(r"Dial\(\S*?@callback_trunk", dialplan) == dialled
    begun = dialplan.split("[hl-dial]")[1].split("Dial(PJSIP")[0]
    assert "${DB_DELETE(hotline-dial/${UNIQUEID})}" in begun and begun.count("?refused)") == 3
    reached = [line for line in dialplan.splitlines() if re.search(r"Go(to|sub)(If)?\(.*\bhl-dial,", line)]
    assert reached == []


def test_without_a_callback_trunk_there_is_nothing_of_it(tmp_path: Path) -> None:
    files = rendered(tmp_path)
    assert "callback_trunk" not in files["pjsip.conf"]
    assert not re.search(r"@callback_trunk|\[hl-dial", code_of(files["extensions.conf"]))


def test_a_carrier_of_both_trunks_is_known_once(tmp_path: Path) -> None:
    """Asterisk takes the first section that fits: which one must not be left to chance."""
    site = CALLBACK_TRUNK.replace("192.0.2.7", "127.0.0.2")
    assert rendered(tmp_path, site)["pjsip.conf"].count("match = 127.0.0.2") == 1


def test_a_draft_is_tried_in_the_language_that_callers_hear(tmp_path: Path) -> None:
    """A1: no endpoint gives a Local channel its language."""
    tried = code_of(rendered(tmp_path)["extensions.conf"]).split("[hl-menu-trial]")[1].split("AGI(")[0]
    assert "Set(CHANNEL(language)=zh)" in tried


LEVELS = f"""{OPERATORS}[operators.1002.levels]
service = 3
[queues.service]
name = "客户服务"
level_seconds = 12
members = ["1002"]
"""


def test_a5_levels_are_penalties_that_are_raised_in_turn(tmp_path: Path) -> None:
    files = rendered(tmp_path, LEVELS)
    rules = [line for line in files["queuerules.conf"].splitlines() if line and not line.startswith(";")]
    assert rules == ["[service]", "penaltychange => 12,1,,1", "penaltychange => 24,2,,2"]
    queue = files["queues.conf"]
    assert "member => PJSIP/1002,2," in queue and "timeout = 12\n" in queue and "defaultrule = service\n" in queue
    assert "AddQueueMember(service,PJSIP/1002,2,," in files["extensions.conf"]
    assert "HL_LEVELS_service = 3\n" in files["extensions.conf"]
    # A queue of which the first level is away is not empty while another can be reached.
    empty = re.findall(r"^(?:joinempty|leavewhenempty) = (.*)$", queue, re.MULTILINE)
    assert [each.split(",") for each in empty] == [["unavailable", "invalid"]] * 2


def test_a5_without_levels_a_queue_rings_as_it_always_did(tmp_path: Path) -> None:
    files = rendered(tmp_path)
    assert "penaltychange" not in files["queuerules.conf"] and "[service]" in files["queuerules.conf"]
    assert "timeout = 20\n" in files["queues.conf"] and "HL_LEVELS_service = 1\n" in files["extensions.conf"]
