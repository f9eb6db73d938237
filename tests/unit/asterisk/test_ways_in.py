"""Every endpoint of the generated configuration, and every way in which Asterisk could take a request for its (A3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotline.asterisk.modules import MODULES
from tests.support.rendered import Sections, rendered, sections_of

OPERATORS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
phone = "webrtc"
[operators.1003]
name = "孙芳"
contact = "sip:1003@192.0.2.30:5060"
"""
REGISTERING = 'kind = "registration"\nhost = "sip.example.net"\nusername = "u"\npassword = "p"\n'
TRUNKS = {
    "address": 'host = "192.0.2.1"\n',
    "networks": 'host = "sip.example.net"\nmatch = ["192.0.2.0/28", "sip.example.net", "2001:db8::/64"]\n',
    "registration": REGISTERING,
    "token": REGISTERING + 'known_by = "registration"\n',
    "login": 'host = "192.0.2.1"\ninbound_username = "carrier"\ninbound_password = "p;w"\n',
}


@pytest.fixture(params=TRUNKS)
def sections(request: pytest.FixtureRequest, tmp_path: Path) -> Sections:
    site = f"{OPERATORS}[trunk]\n{TRUNKS[request.param]}"
    return sections_of(rendered(tmp_path, site)["pjsip.conf"])


def test_each_endpoint_is_known_in_the_one_way_that_is_meant(sections: Sections) -> None:
    """The carrier by its addresses, a phone by its name; `refused` by what is refused."""
    known = {name: each["identify_by"] for name, each in sections.of("endpoint").items()}
    assert known == {
        "trunk": ["ip"],
        "1001": ["username"],
        "1002": ["username"],
        "1003": ["username"],
        "caller": ["username"],
        "refused": ["header"],
    }
    order = sections.of("global")["global"]["endpoint_identifier_order"]
    assert order == ["header,ip,username"]


def test_whoever_is_known_by_a_name_has_a_password_of_their_own(sections: Sections) -> None:
    endpoints, logins = sections.of("endpoint"), sections.of("auth")
    named = [name for name, each in endpoints.items() if each["identify_by"] != ["ip"] and name != "refused"]
    passwords = [logins[endpoints[name]["auth"][0]]["password"][0] for name in named]
    assert len(set(passwords)) == len(named) == 4
    assert all(len(password) >= 24 for password in passwords)
    assert all(logins[endpoints[name]["auth"][0]]["username"] == [name] for name in named)


def test_only_the_carriers_addresses_lead_to_the_trunk(sections: Sections) -> None:
    identifies = sections.of("identify")
    assert set(identifies) == {"trunk", "refused"}
    assert "match" not in identifies["refused"] and identifies["refused"]["match_header"] == ["Replaces: /.*/"]
    assert set(identifies["trunk"]) == {"type", "endpoint", "match"}
    assert set(identifies["trunk"]["match"]) <= {"192.0.2.1", "sip.example.net", "192.0.2.0/28", "2001:db8::/64"}


def test_identity_is_believed_and_callers_come_from_the_trunk_alone(sections: Sections) -> None:
    endpoints = sections.of("endpoint")
    assert {name: each["context"] for name, each in endpoints.items()} == {
        "trunk": ["from-trunk"],
        "refused": ["refused"],
        "caller": ["from-caller"],
        **{key: ["from-phone"] for key in ("1001", "1002", "1003")},
    }
    assert [name for name, each in endpoints.items() if each.get("trust_id_inbound") == ["yes"]] == ["trunk"]


def test_only_our_phones_transfer_and_nobody_subscribes(sections: Sections) -> None:
    endpoints = sections.of("endpoint")
    assert {name for name, each in endpoints.items() if each.get("allow_transfer", ["yes"]) == ["yes"]} == {
        "1001",
        "1002",
        "1003",
    }
    assert all(each["allow_subscribe"] == ["no"] for each in endpoints.values())


#: Nobody is called there: what is refused, and whoever tries the line from a browser.
NO_WAY_IN = ("refused", "caller")


def test_nobody_registers_but_a_phone_for_itself(sections: Sections) -> None:
    """Asterisk lets an endpoint register its own AORs: so each has its own, and fixed ones take no registration."""
    endpoints, aors = sections.of("endpoint"), sections.of("aor")
    assert all(each["aors"] == [name] for name, each in endpoints.items() if name not in NO_WAY_IN)
    assert not [name for name in NO_WAY_IN if "aors" in endpoints[name]]
    assert {name for name, each in aors.items() if each.get("max_contacts", ["0"]) != ["0"]} == {"1001", "1002"}


def test_the_carrier_may_have_to_log_in_too(tmp_path: Path) -> None:
    found = sections_of(rendered(tmp_path, f"{OPERATORS}[trunk]\n{TRUNKS['login']}")["pjsip.conf"])
    assert found.of("endpoint")["trunk"]["auth"] == ["trunk-inbound"]
    assert found.of("auth")["trunk-inbound"]["password"] == [r"p\;w"]


def test_the_token_of_the_registration_leads_to_the_trunk_only_where_it_is_wanted(tmp_path: Path) -> None:
    for kind, lines in (("token", ["yes"]), ("registration", None)):
        found = sections_of(rendered(tmp_path, f"{OPERATORS}[trunk]\n{TRUNKS[kind]}")["pjsip.conf"])
        assert found.of("registration")["trunk"].get("line") == lines


def test_no_module_gives_strangers_a_name() -> None:
    assert not {
        "res_pjsip_endpoint_identifier_anonymous",
        "res_pjsip_phoneprov_provider",
        "res_pjsip_config_wizard",
        "res_hep_pjsip",
    } & set(MODULES)


def test_no_context_but_ours_is_reached_from_outside(tmp_path: Path) -> None:
    """`refused` has no extension, and nothing is called `default`, where Asterisk sends what has no context."""
    dialplan = rendered(tmp_path, OPERATORS)["extensions.conf"]
    contexts = re.findall(r"^\[([^\]]+)\]", dialplan, re.MULTILINE)
    assert not {"default", "refused", "public"} & set(contexts)
