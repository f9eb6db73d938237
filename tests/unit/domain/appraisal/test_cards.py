"""Score cards (F3): points, weights, what is left out, and what follows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.appraisal.card import Decided, Material, card_of, points_of, together, value_of
from hotline.domain.appraisal.consequences import Band, Consequence, Follows, Lines, Standing, band, of_team, standings
from hotline.domain.appraisal.month import canonical, differences, sha256
from hotline.domain.appraisal.scheme import Measure, Scheme, ScoredItem, read_scheme
from hotline.domain.cases.kind import Words
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.rules.registry import RULES
from hotline.settings.home import TREE

SHIPPED = TREE / "config" / "appraisal" / "operator.toml"
#: As the regulation has them (《DCC KPI考核方案》).
LINES = Lines(90, (500, 300, 200), 80, 3, 500, 70, 800, 60, 1000, 3)

WORDS = Words("项", "item")
EXAMINED = ScoredItem("examined", WORDS, "F7", Measure.EXAMINATION, 60, 100, 0)
TALK = ScoredItem("talk", WORDS, "C8", Measure.AVERAGE_TALK, 30, 300, 600)
RATED = ScoredItem("rated", WORDS, "E9", Measure.SATISFACTION, 10, 4.5, 3)
SCHEME = Scheme("operator", WORDS, (EXAMINED, TALK, RATED), version=1)

items = st.builds(
    ScoredItem,
    id=st.just("one"),
    words=st.just(WORDS),
    rule=st.just("F3"),
    measure=st.sampled_from(Measure),
    weight=st.integers(1, 100),
    full=st.floats(0, 50),
    zero=st.floats(51, 100),
) | st.builds(
    ScoredItem,
    id=st.just("one"),
    words=st.just(WORDS),
    rule=st.just("F3"),
    measure=st.sampled_from(Measure),
    weight=st.integers(1, 100),
    full=st.floats(51, 100),
    zero=st.floats(0, 50),
)
values = st.floats(0, 1000)
materials = st.builds(Material, total=st.floats(0, 10_000), of=st.integers(0, 500).map(float))


def test_a_card_counted_by_hand() -> None:
    """F3: 8 examined calls with 680 points: 85 of 100, weight 60. 10 calls of 3750 s: 375 s each, a quarter of the way
    from 300 to 600: 75 points, weight 30. 4 ratings with 15 stars: 3.75, half of the way from 3 to 4.5: 50 points,
    weight 10. (60 × 85 + 30 × 75 + 10 × 50) ÷ 100 = 78.5."""
    card = card_of(SCHEME, {"examined": Material(680, 8), "talk": Material(3750, 10), "rated": Material(15, 4)})
    assert [(each.value, each.points) for each in card.items] == [(85.0, 85.0), (375.0, 75.0), (3.75, 50.0)]
    assert (card.score, card.weight, card.left_out) == (78.5, 100, ())


def test_what_has_nothing_to_measure_is_left_out_and_the_rest_scaled_up() -> None:
    """F3: without ratings (60 × 85 + 30 × 75) ÷ 90 = 81.7; nothing at all is no score, neither 0 nor 100."""
    card = card_of(SCHEME, {"examined": Material(680, 8), "talk": Material(3750, 10)})
    assert (card.score, card.weight) == (81.7, 90)
    assert [each.item.id for each in card.left_out] == ["rated"]
    assert card_of(SCHEME, {}).score is None and card_of(SCHEME, {}).weight == 0


def test_a_struck_item_is_left_out_and_falsified_data_scores_nothing() -> None:
    """F3."""
    whole = {"examined": Material(680, 8), "talk": Material(3750, 10)}
    struck = card_of(SCHEME, whole, Decided(frozenset({"talk"})))
    assert struck.score == 85.0 and struck.items[1].value == 375.0 and struck.items[1].struck
    false = card_of(SCHEME, whole, Decided(falsified=True))
    assert false.score == 0.0 and false.items[0].points == 85.0


def test_a_team_is_its_peoples_calls_together() -> None:
    """F3: 1 examined call of 100 and 9 of 80 are 82 on average, not 90."""
    team = together([{"examined": Material(100, 1)}, {"examined": Material(720, 9)}], ["examined", "talk"])
    assert value_of(EXAMINED, team["examined"]) == 82.0 and value_of(TALK, team["talk"]) is None


@given(items, values, values)
def test_points_never_fall_where_a_value_is_better(item: ScoredItem, one: float, other: float) -> None:
    """F3."""
    worse, better = sorted((one, other))
    if item.full < item.zero:
        better, worse = worse, better
    assert 0 <= points_of(item, worse) <= points_of(item, better) <= 100
    assert (points_of(item, item.full), points_of(item, item.zero)) == (100, 0)


@given(st.dictionaries(st.sampled_from(["examined", "talk", "rated"]), materials))
def test_a_score_lies_between_the_lowest_and_the_highest_points(made_of: dict[str, Material]) -> None:
    """F3: whatever is left out."""
    card = card_of(SCHEME, made_of)
    points = [each.points for each in card.items if each.points is not None]
    assert (card.score is None) == (not points)
    if card.score is not None:
        assert min(points) - 0.05 <= card.score <= max(points) + 0.05
        assert card.weight == sum(each.item.weight for each in card.items if each.points is not None) > 0


@given(st.lists(materials, max_size=6), st.randoms())
def test_a_team_is_the_same_in_any_order(each: list[Material], random: Any) -> None:
    """F3."""
    people = [{"talk": one} for one in each]
    shuffled = random.sample(people, len(people))
    one, other = together(people, ["talk"])["talk"], together(shuffled, ["talk"])["talk"]
    assert one.of == other.of and one.total == pytest.approx(other.total)


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (90.0, Band.AWARD),
        (89.9, Band.USUAL),
        (80.1, Band.USUAL),
        (80.0, Band.LOW),
        (70.1, Band.LOW),
        (70.0, Band.BAD),
        (60.1, Band.BAD),
        (60.0, Band.WORST),
        (0.0, Band.WORST),
    ],
)
def test_the_lines_are_those_of_the_regulation(score: float, found: Band) -> None:
    """F3: ≧ 90, ≦ 80, ≦ 70, ≦ 60."""
    assert band(score, LINES) is found


def _months(*scores: float | None) -> list[Standing]:
    return [Standing(each, 2, 3) for each in scores]


def test_the_amounts_are_those_of_the_regulation() -> None:
    """F3: 500, 300 and 200 for the first three of those with 90; 800 at 70, 1000 at 60; three months at 80: the leader
    is changed and fined 500."""
    first = [of_team([Standing(95, place, 4)], LINES) for place in (1, 2, 3, 4)]
    assert first == [[Consequence(Follows.AWARD, yuan)] for yuan in (500, 300, 200)] + [[]]
    assert of_team([Standing(89.9, 1, 4)], LINES) == []
    assert of_team(_months(70), LINES) == [Consequence(Follows.FINE_BAD, 800)]
    assert of_team(_months(60), LINES) == [Consequence(Follows.FINE_WORST, 1000)]
    assert of_team(_months(80, 80, 80), LINES) == [Consequence(Follows.LEADER_CHANGED, 500)]
    assert of_team(_months(80, 80.1, 80), LINES) == [] == of_team(_months(80, None, 80), LINES)
    assert of_team(_months(80, 80), LINES) == [] == of_team(_months(None), LINES)
    last = [Standing(85, 3, 3)] * 3
    assert of_team(last, LINES) == [Consequence(Follows.LASTING_LAST)] and of_team(last[1:], LINES) == []
    false = of_team([Standing(0.0, 3, 3, falsified=True)], LINES)
    assert false == [Consequence(Follows.FALSIFIED), Consequence(Follows.FINE_WORST, 1000)]


def test_teams_with_equal_scores_share_a_place_and_who_has_none_has_no_place() -> None:
    """F3."""
    found = standings({1: 90.0, 2: 95.0, 3: 90.0, 4: None})
    assert {team: each.place for team, each in found.items()} == {1: 2, 2: 1, 3: 2, 4: 0}
    assert not standings({1: 50.0})[1].is_last and standings({1: 50.0, 2: 60.0})[1].is_last


def _content() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text("utf-8"))


def test_what_is_shipped_can_be_used() -> None:
    """F3."""
    scheme = read_scheme(_content(), str(SHIPPED), RULES)
    assert sum(each.weight for each in scheme.items) == 100
    assert {each.measure for each in scheme.items} == set(Measure)


def _without(content: dict[str, Any], place: int, key: str) -> dict[str, Any]:
    del content["item"][place][key]
    return content


def _with(content: dict[str, Any], place: int, **changed: object) -> dict[str, Any]:
    content["item"][place] |= changed
    return content


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        (lambda content: _with(content, 0, weight=24), "item"),
        (lambda content: _with(content, 0, weight=0), "item[1].weight"),
        (lambda content: _with(content, 0, weight=-1), "item[1].weight"),
        (lambda content: _with(content, 0, weight=True), "item[1].weight"),
        (lambda content: _with(content, 0, measure="charm"), "item[1].measure"),
        (lambda content: _with(content, 0, rule="Z9"), "item[1].rule"),
        (lambda content: _with(content, 1, rules=["B1", "Z9"]), "item[2].rules"),
        (lambda content: _with(content, 1, rules=[]), "item[2].rules"),
        (lambda content: _with(content, 0, rules=["B1"]), "item[1].rules"),
        (lambda content: _with(content, 0, zero=100), "item[1].zero"),
        (lambda content: _with(content, 0, full="hundred"), "item[1].full"),
        (lambda content: _with(content, 0, full=float("nan")), "item[1].full"),
        (lambda content: _with(content, 0, id="falsified"), "item[1].id"),
        (lambda content: _with(content, 1, id="examination"), "item[2].id"),
        (lambda content: _with(content, 0, note="?"), "item[1].note"),
        (lambda content: _without(content, 0, "full"), "item[1].full"),
        (lambda content: {**content, "item": []}, "item"),
        (lambda content: {**content, "colour": 1}, "colour"),
    ],
)
def test_a_wrong_definition_is_refused_by_file_key_and_expectation(changed: Any, key: str) -> None:
    """F3."""
    with pytest.raises(WrongKind) as refused:
        read_scheme(changed(_content()), "site.toml", RULES)
    assert (refused.value.values["source"], refused.value.values["key"]) == ("site.toml", key)
    assert refused.value.values["expected"]


def test_the_hash_is_of_the_figures_and_of_nothing_else(tmp_path: Path) -> None:
    """F3: whatever the order in which cards come; one figure more or less is another hash."""
    one, other = card_of(SCHEME, {"talk": Material(300, 1)}), card_of(SCHEME, {"talk": Material(301, 1)})
    signed = canonical("2026-10", 3, SCHEME, LINES, {0: one, 7: one, 12: other})
    assert signed == canonical("2026-10", 3, SCHEME, LINES, {12: other, 7: one, 0: one})
    changed = canonical("2026-10", 3, SCHEME, LINES, {0: one, 7: other, 12: other})
    assert sha256(signed) != sha256(changed) and len(sha256(signed)) == 64
    found = [(each.person_id, each.item, each.signed, each.now) for each in differences(signed, changed)]
    assert found == [(7, "", 100.0, 99.7), (7, "talk", 300.0, 301.0)]
    assert differences(signed, signed) == []
    gone = differences(signed, canonical("2026-10", 3, SCHEME, LINES, {0: one, 7: one}))
    assert {each.person_id for each in gone} == {12} and gone[0].now is None
