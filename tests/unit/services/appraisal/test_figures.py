"""F3: each item of the appraisal is a figure of the catalogue, or how far rules are kept; and says the same as it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.appraisal.figures import FIGURE_OF, figure_of
from hotline.domain.appraisal.scheme import Measure
from hotline.domain.months import month_span
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.verdicts.tally import TallyAxis, Window
from hotline.services.appraisal.cards import MonthCards, month_cards
from hotline.services.reports.facts import rebuild
from hotline.services.reports.figures import values
from hotline.services.verdicts.tallies import tallies
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, OCTOBER, ZHAO_ITEMS, Month


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    made = Month(storage, tmp_path)
    rebuild(storage, made.settings, NOW)
    return made


def cards(month: Month) -> MonthCards:
    with month.storage.reading() as tx:
        return month_cards(tx, month.settings, OCTOBER, NOW)


def test_f3_each_measure_is_a_figure_of_a_person_or_taken_from_verdicts() -> None:
    assert set(FIGURE_OF) == set(Measure) - {Measure.RULES}
    assert all(Axis.PERSON in FIGURES[name].axes for name in FIGURE_OF.values())


def test_f3_each_item_says_what_the_figure_says_of_the_person_and_the_month(month: Month) -> None:
    seen = cards(month)
    start, end = month_span(OCTOBER)
    compared = set()
    for person_id, card in seen.cards.items():
        scope = Scope(start, end, people=(person_id,))
        for scored in card.items:
            name = figure_of(scored.item)
            if not name or scored.value is None:
                continue
            with month.storage.reading() as tx:
                found = values(tx, scope, [name], month.settings, NOW)[name].value
            assert found == pytest.approx(scored.value, abs=0.005), (person_id, scored.item.id)
            if person_id == month.zhao_id:
                compared.add(scored.item.id)
    assert (
        compared
        == {scored.item.id for scored in seen.cards[month.zhao_id].items if figure_of(scored.item)}
        == {"examination", "satisfaction", "adherence", "talk", "complaints"}
    )


def test_f3_items_taken_from_verdicts_say_how_far_their_rules_are_kept(month: Month) -> None:
    start, end = month_span(OCTOBER)
    with month.storage.reading() as tx:
        window = Window(start, end, person_id=month.zhao_id)
        kept = {each.rule: each for each in tallies(tx, window, TallyAxis.PERSON)}
    for scored in cards(month).cards[month.zhao_id].items:
        if scored.item.rules and scored.value is not None:
            theirs = [kept[rule] for rule in scored.item.rules if rule in kept]
            share = 100 * sum(each.kept for each in theirs) / sum(each.applied for each in theirs)
            assert scored.value == pytest.approx(share, abs=0.005) == ZHAO_ITEMS[scored.item.id][0]
