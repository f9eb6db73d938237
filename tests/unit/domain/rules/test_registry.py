"""The registry of rules: whole, in order, and the only one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind, Regulation, Rule
from hotline.settings import Settings

TREE = Path(__file__).parents[4]
#: How many each chapter of the regulations' digest has.
CHAPTERS = {"A": 17, "B": 9, "C": 14, "D": 12, "E": 11, "F": 12, "G": 5, "Q": 3}

#: Where rules are named.
FOLDERS = ("hotline", "ivr", "recordings", "greetings", "config", "docs", "tests", "scripts")
_TEXTS = ("*.py", "*.html", "*.md", "*.toml", "*.js", "*.po")
_ID = re.compile(r"(?<![\w#.+/-])([A-GQ][1-9][0-9]?)(?![\w.%/-])")


def test_the_registry_is_whole() -> None:
    assert Counter(rule.chapter for rule in RULES.values()) == CHAPTERS
    assert list(RULES) == [f"{letter}{n}" for letter, count in CHAPTERS.items() for n in range(1, count + 1)]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_each_rule_says_what_it_is_in_both_languages_and_where_it_stands(rule: Rule) -> None:
    assert rule.kinds
    for text in (rule.title, *([rule.figure] if rule.figure else [])):
        assert re.search("[\u4e00-\u9fff]|[0-9]", text.zh) and not re.search("[\u4e00-\u9fff]", text.en)
    own = [source.regulation for source in rule.sources]
    from_outside = not own or own[0] in (
        Regulation.PIPL,
        Regulation.PCI_DSS,
        Regulation.GOVERNMENT_HOTLINES,
        Regulation.CUSTOM,
    )
    assert bool(rule.sentence) is not from_outside
    assert not rule.ours or rule.figure
    for source in rule.sources:
        assert source.clause or source.regulation in (Regulation.CUSTOM, Regulation.GOVERNMENT_HOTLINES, Regulation.KPI)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_what_decides_a_rule_and_the_settings_of_its_figure_are_there(rule: Rule) -> None:
    for name in rule.decided_by:
        module, function = name.rsplit(".", 1)
        assert callable(getattr(import_module(module), function))
    for setting in rule.settings:
        section: Any = Settings
        for name in setting.split("."):
            section = section.model_fields[name].annotation


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_each_rule_has_a_check_or_is_peoples_to_work(rule: Rule) -> None:
    assert rule.decided_by or rule.kinds == {Kind.WORKED}


def test_each_rule_that_is_named_anywhere_is_in_the_registry() -> None:
    named = {id for file in _files() for id in _ID.findall(file.read_text("utf-8"))}
    assert len(named) > 50
    assert named <= set(RULES)


def _files() -> Iterator[Path]:
    for pattern in _TEXTS:
        yield from TREE.glob(pattern)
        for folder in FOLDERS:
            yield from (file for file in (TREE / folder).rglob(pattern) if not {"vendor", "made"} & set(file.parts))
