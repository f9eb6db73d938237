"""Which settings may be decided, what each takes, and that each has an input."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.services.settings.figures import value_of
from hotline.settings import Home
from hotline.settings.decidable import FILE_ALONE, SECRET, annotation_of, is_entry, keys, refusal
from hotline.settings.load import read_layers
from hotline.settings.takes import TAKES, Takes, takes
from hotline.web.settings.fields import read, setting_field, shown
from hotline.web.settings.labels import KEYS
from hotline.web.settings.labels import TAKES as WORDS


@pytest.mark.parametrize("listed", [FILE_ALONE, TAKES, KEYS, dict.fromkeys(SECRET)])
def test_what_is_listed_is_a_key_or_a_section(listed: dict[str, object]) -> None:
    assert [key for key in listed if annotation_of(key) is None] == []


def test_what_a_key_takes_is_that_of_the_longest_that_fits() -> None:
    assert takes("trunk.max_channels", private=False) is Takes.NOTHING
    assert takes("trunk.host", private=False) is takes("operators.1003.name", private=False) is Takes.RELOAD
    assert takes("rules.hold_prompt.every_seconds", private=False) is Takes.NOTHING
    assert set(WORDS) == set(Takes)


def test_entries_are_those_of_tables_that_the_site_names() -> None:
    entries = ("operators.1003", "menus.main.keys.1", "console.pause_reasons.tea", "retention.categories.consult")
    assert all(is_entry(key) for key in entries)
    assert not any(is_entry(key) for key in ("operators", "rules.answered", "rules.answered.enabled", "operators."))


def test_each_setting_that_may_be_decided_is_shown_and_read_as_the_same(tmp_path: Path) -> None:
    layers = read_layers(Home(tmp_path), {})
    settings = layers.settings()
    decidable = [key for key in keys() if refusal(key) is None]
    assert len(decidable) > 100
    typed = {key: read(key, shown(key, value_of(settings, key))) for key in decidable}
    assert layers.settings(typed) == settings


@pytest.mark.parametrize(
    ("key", "kind", "typed", "value"),
    [
        ("rules.opening.phrases", "lines", "您好\n\n 欢迎 ", ["您好", "欢迎"]),
        ("rules.length.warn_minutes", "lines", "5\n10", [5, 10]),
        ("hours.mon", "periods", "09:00-12:00、13:00-17:30", ["09:00-12:00", "13:00-17:30"]),
        ("hours.mon", "periods", "", []),
        ("rules.silence.most_seconds", "number", "2.5", 2.5),
        ("rules.answered.most_rings", "number", "three", "three"),
        ("queues.service.strategy", "choice", "random", "random"),
        ("recording.enabled", "boolean", "false", False),
        ("form.duty_due", "time", "11:30", "11:30"),
        ("operators.1003", "table", '{"name": "孙丽"}', {"name": "孙丽"}),
        ("operators.1003", "table", "{", "{"),
        ("site.company", "text", " 某公司 ", "某公司"),
        ("rule_limits.A8.yellow", "number", "97.5", 97.5),
        ("rule_limits.A8.yellow", "number", " ", None),
        ("rule_limits.A8.off", "text", "", ""),
        ("rule_limits.A8.off_since", "date", "2026-12-01", "2026-12-01"),
        ("rule_limits.A8.off_since", "date", "", None),
    ],
)
def test_what_is_typed_is_read_by_the_settings_type(key: str, kind: str, typed: str, value: object) -> None:
    assert setting_field(key).kind == kind
    assert read(key, typed) == value


def test_bounds_and_choices_are_those_of_the_type() -> None:
    field = setting_field("rules.hold_prompt.every_seconds")
    assert (field.least, field.most, field.step) == ("2", "600", "1")
    assert "ringall" in setting_field("queues.service.strategy").choices
    with pytest.raises(KeyError):
        setting_field("no.such")
