"""Each rule has what judges it, or is people's to work."""

from __future__ import annotations

import pytest

from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Kind
from hotline.services.verdicts.maker import makers
from hotline.services.verdicts.tallies import kinds_of_verdicts


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_judged_or_is_peoples_to_work(rule: str) -> None:
    assert rule in kinds_of_verdicts() or RULES[rule].kinds == {Kind.WORKED}


def test_each_maker_judges_rules_that_there_are() -> None:
    assert set(kinds_of_verdicts()) <= set(RULES)
    assert all(maker.name and maker.rules for maker in makers())
