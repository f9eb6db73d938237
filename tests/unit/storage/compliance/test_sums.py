"""What the database adds up is what the verdicts' own tallies say, on both databases (F5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hotline.domain.time import midnight
from hotline.domain.verdicts.tally import TallyAxis, Window
from hotline.services.verdicts.tallies import tallies
from hotline.storage.compliance.sums import TallySums
from hotline.storage.transaction import Storage
from tests.support.kept_rules import judge

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 12)


@pytest.fixture
def judged(storage: Storage) -> Storage:
    for place in range(12):
        judge(
            storage,
            ("A8", "C1", "C10")[place % 3],
            FIRST + timedelta(days=place % 5 - 1),
            kept=place,
            broken=place % 4,
            not_applicable=place % 2,
            not_judged=1,
            line=("main", "spare", "")[place % 3],
            person_id=(None, 3, 4)[place % 3],
        )
    return storage


@pytest.mark.parametrize("axis", [TallyAxis.DAY, TallyAxis.LINE, TallyAxis.PERSON])
@pytest.mark.parametrize("whose", [{}, {"line": "spare"}, {"line": ""}, {"person_id": 4}, {"person_id": 5}])
@pytest.mark.parametrize("rule", ["", "C10", "C1"])
def test_as_the_tallies_say(judged: Storage, axis: TallyAxis, whose: dict[str, str | int], rule: str) -> None:
    window = Window(midnight(FIRST), midnight(LAST), **whose)  # type: ignore[arg-type]
    with judged.reading() as tx:
        found = TallySums(tx).of(FIRST, LAST, window, axis, rule)
        wanted = [each for each in tallies(tx, window, axis) if rule in ("", each.rule)]
    assert sorted(found, key=lambda each: (each.rule, each.key)) == sorted(
        wanted, key=lambda each: (each.rule, each.key)
    )
    assert bool(found) is not (whose == {"person_id": 5}) or rule
