"""A time is judged anew beside what was judged before, and counts once it is whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.errors import Refused
from hotline.domain.verdicts.generations import FIRST, GenerationState
from hotline.domain.verdicts.tally import Tally
from hotline.services.verdicts import evaluating
from hotline.services.verdicts.evaluating import evaluate, generations
from hotline.services.verdicts.recounting import recount
from hotline.services.verdicts.tallies import tallies
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tallies import TallyStore
from tests.support.instance import an_instance, clock_of, run, run_json
from tests.support.judged import FINE, a_measured_call, all_time, judged, measure, verdicts, with_breach
from tests.support.killed import killed_at
from tests.support.sample_calls import MONDAY_TEN, answered_call

NOW = MONDAY_TEN + timedelta(hours=1)
MONDAY = date(2026, 11, 16)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def calls(hotline: Hotline, many: int = 5) -> None:
    """One a day, the first with a breach of C4."""
    for number in range(many):
        found = FINE if number else with_breach("C4", "forbidden")
        a_measured_call(hotline, found, answered_call(f"node1-{number}.1", MONDAY_TEN + timedelta(days=number)))
    clock_of(hotline).advance(days=many)
    judged(hotline)


def anew(hotline: Hotline, since: date | None = None, until: date | None = None, rules: tuple[str, ...] = ()) -> int:
    return evaluate(hotline.storage, hotline.in_force, since, until, rules, "test", hotline.clock()).id


def counted(hotline: Hotline, generation: int | None = None) -> list[Tally]:
    with hotline.storage.reading() as tx:
        return list(tallies(tx, all_time(NOW), generation=generation))


def sums(hotline: Hotline) -> dict[tuple[str, str, int, str, int, str, str], int]:
    with hotline.storage.reading() as tx:
        return TallyStore(tx).all()


def test_a_new_generation_says_the_same_of_the_same_and_the_old_one_stays(hotline: Hotline) -> None:
    calls(hotline)
    before, rows = counted(hotline), verdicts(hotline.storage)
    generation = anew(hotline)
    assert counted(hotline) == before
    assert counted(hotline, FIRST) == before
    assert len(verdicts(hotline.storage)) == 2 * len(rows)
    assert [(each.id, each.state) for each in generations(hotline.storage)] == [(generation, GenerationState.IN_FORCE)]


def test_a_generation_of_some_days_and_rules_counts_for_these_alone(hotline: Hotline) -> None:
    calls(hotline)
    before = counted(hotline)
    anew(hotline, MONDAY, MONDAY + timedelta(days=1), ("C4",))
    assert counted(hotline) == before
    of_it = {each.rule: each for each in counted(hotline, 2)}
    assert set(of_it) == {"C4"} and of_it["C4"].broken == 1 and of_it["C4"].kept == 0


def test_what_becomes_otherwise_later_takes_its_place_in_the_generation_that_counts(hotline: Hotline) -> None:
    calls(hotline)
    anew(hotline, rules=("C4",))
    clock_of(hotline).advance(hours=1)
    measure(hotline, answered_call("node1-0.1"), FINE)
    judged(hotline)
    (c4,) = [each for each in counted(hotline) if each.rule == "C4"]
    (first,) = [each for each in counted(hotline, FIRST) if each.rule == "C4"]
    assert (c4.kept, c4.broken) == (5, 0)
    assert (first.kept, first.broken) == (4, 1)


def test_one_that_is_killed_half_way_goes_on_and_counts_only_when_it_is_whole(hotline: Hotline) -> None:
    calls(hotline)
    before = counted(hotline)
    hotline.storage.close()
    killed_at(evaluating, "_carry_over", False, lambda: anew(hotline))
    assert [each.state for each in generations(hotline.storage)] == [GenerationState.BUILDING]
    assert counted(hotline) == before
    clock_of(hotline).advance(hours=1)
    measure(hotline, answered_call("node1-0.1"), FINE)  # changes while it is being made
    judged(hotline)
    assert anew(hotline) == 2
    (c4,) = [each for each in counted(hotline) if each.rule == "C4"]
    assert (c4.kept, c4.broken) == (5, 0)
    keys = [(each.rule, each.subject, each.subject_id, each.part) for each in verdicts(hotline.storage)]
    assert max(keys.count(each) for each in keys) == 2  # once a generation


def test_another_question_abandons_what_was_begun(hotline: Hotline) -> None:
    calls(hotline, 2)
    hotline.storage.close()
    killed_at(evaluating, "_carry_over", False, lambda: anew(hotline))
    anew(hotline, rules=("C4",))
    assert [each.state for each in generations(hotline.storage)] == [
        GenerationState.IN_FORCE,
        GenerationState.ABANDONED,
    ]


def test_the_sums_are_what_the_verdicts_add_up_to(hotline: Hotline) -> None:
    calls(hotline)
    measure(hotline, answered_call("node1-0.1"), FINE)
    clock_of(hotline).advance(hours=1)
    judged(hotline)
    anew(hotline, MONDAY, None, ("C4", "A8"))
    kept = sums(hotline)
    assert kept and all(kept.values())
    recount(hotline.storage)
    assert sums(hotline) == kept


@pytest.mark.parametrize(("since", "until"), [(MONDAY, MONDAY), (MONDAY, date(2026, 1, 1))])
def test_no_days_are_refused(hotline: Hotline, since: date, until: date) -> None:
    with pytest.raises(Refused):
        anew(hotline, since, until)


def test_on_the_command_line(hotline: Hotline) -> None:
    calls(hotline, 2)
    made = run_json(hotline, "rules", "evaluate", "--since", "2026-11-16", "--until", "2026-11-17", "--rule", "c4")
    assert (made["id"], made["rules"], made["since"], made["state"]) == (2, ["C4"], "2026-11-16", "in_force")
    assert [each["id"] for each in run_json(hotline, "rules", "generations")] == [2]
    assert "in_force" in run(hotline, "rules", "generations").stdout
    assert run(hotline, "rules", "recount").exit_code == 0
    assert run(hotline, "rules", "evaluate", "--since", "2026-11-17", "--until", "2026-11-16").exit_code == 1
