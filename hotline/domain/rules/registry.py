"""All rules in one place; whatever names a rule names one of these."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.rules import cases, line, norms, people, records, speech, visits
from hotline.domain.rules.rule import Rule

#: By id, in order.
RULES: Mapping[str, Rule] = {
    each.id: each for chapter in (line, records, speech, cases, visits, people, norms) for each in chapter.RULES
}
