"""What is said of each setting that it takes is so: found by changing it, and looking which of Asterisk's files do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hotline.asterisk import render
from hotline.asterisk.locate import AsteriskInstall
from hotline.services.settings.figures import value_of
from hotline.settings import Home, Settings
from hotline.settings.decidable import keys, refusal
from hotline.settings.errors import SettingsError
from hotline.settings.load import read_layers
from hotline.settings.takes import Takes, takes
from hotline.web.settings.fields import InputKind, read, setting_field, shown
from tests.support.certificates import Authority
from tests.support.rendered import SECRETS

#: With all that Asterisk's files can have.
SITE = """
[trunk]
kind = "registration"
host = "192.0.2.5"
transport = "tls"
username = "hotline"
password = "secret-of-the-line"
inbound_username = "carrier"
inbound_password = "secret-of-the-carrier"
[callback_trunk]
kind = "registration"
username = "hotline"
password = "secret-of-the-line"
host = "192.0.2.7"
number = "01088886666"
transport = "tls"
inbound_username = "carrier"
inbound_password = "secret-of-the-carrier"
[phones]
transport = "tls"
[operators.1001]
name = "赵敏"
phone = "sip"
[operators.1002]
name = "钱伟"
phone = "webrtc"
queues = ["service"]
"""

#: Entries of tables that the site names, and what is another in each.
ENTRIES: Mapping[str, Mapping[str, Any]] = {
    "operators.1001": {"name": "赵小敏"},
    "operators.1003": {"name": "孙丽"},
    "queues.service": {"name": "客户服务", "ring_seconds": 17},
    "lines.main": {"number": "4007654321"},
}


class Site:
    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home")
        self.home.create()
        pair = Authority(folder / "tls").issue("hotline.example")
        tls = f'[tls]\ncertificate = "{pair.certificate}"\nkey = "{pair.key}"\n'
        self.home.settings_file.write_text(SITE + tls, "utf-8")
        self.layers = read_layers(self.home, {})
        self.install = AsteriskInstall(folder / "asterisk", folder, (22, 10, 1), folder)

    def files(self, settings: Settings) -> dict[str, str]:
        return render.render(settings, self.home, SECRETS, self.install)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("takes"))


def others(key: str, value: Any) -> Iterator[Any]:
    """Values that it might have instead, as they are typed."""
    field, text = setting_field(key), shown(key, value)
    match field.kind:
        case InputKind.BOOLEAN:
            yield not value
        case InputKind.NUMBER:
            yield from ((value or 0) + each for each in (1, -1, 60, 100, -5, -(value or 0)))
        case InputKind.CHOICE:
            yield from (each for each in field.choices if each != text)
        case InputKind.TIME:
            yield "11:31"
        case InputKind.PERIODS:
            yield ["09:00-11:31"]
        case InputKind.LINES:
            lines = (
                "alaw",
                "2026-03-17",
                "13",
                "192.0.2.9",
                "supervisor",
                "service",
                "您好",
                "mailto://a",
                "image/png",
            )
            yield from (read(key, guess) for guess in lines)
            yield []
        case InputKind.TABLE:
            yield from ({}, {"main": "01088886667"}, [{"person": "张三", "number": "13800000000"}])
        case InputKind.TEXT:
            guesses = (
                "192.0.2.9",
                "13800138000",
                "300",
                "other",
                "https://h.example",
                "#",
                "9",
                "en",
                "h@example.com",
                "/tmp",
            )
            yield from (each for each in (*guesses, f"{text} x") if each != text)


def changed(site: Site, key: str, usual: Settings) -> set[str] | None:
    """The files that follow it; None where none of its other values fits."""
    found: set[str] | None = None
    before = site.files(usual)
    for value in others(key, value_of(usual, key)):
        try:
            settings = site.layers.settings({key: value})
        except SettingsError:
            continue
        if settings != usual:
            found = (found or set()) | different(before, site.files(settings))
    return found


def different(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def test_what_is_said_of_asterisk_is_so(site: Site) -> None:
    usual = site.layers.settings()
    tried = {key: changed(site, key, usual) for key in keys() if refusal(key) is None}
    for key, change in ENTRIES.items():
        table, _, name = key.partition(".")
        settings = site.layers.settings({key: {**site.layers.below[table].get(name, {}), **change}})
        tried[key] = different(site.files(usual), site.files(settings))
    wrong = {}
    for key, files in tried.items():
        expected = {Takes.RELOAD} if files else set(Takes) - {Takes.RELOAD}
        if takes(key, private=False) not in expected or not (files or set()) <= render.LIVE_FILES.keys():
            wrong[key] = (takes(key, private=False).value, sorted(files or ()))
    assert wrong == {}, "no setting that is decided waits for another start of Asterisk"
    asked = "".join(file.read_text("utf-8") for file in render.TEMPLATES.glob("*.j2"))
    untried = [key for key, files in tried.items() if files is None and key in asked]
    assert untried == [], "none of the guesses fits"


def test_our_own_asterisk_follows_by_itself() -> None:
    assert takes("trunk.host", private=False) is Takes.RELOAD
    assert takes("trunk.host", private=True) is takes("operators.1003.name", private=True) is Takes.NOTHING
