"""Questionnaires: read from files, kept as versions, answered and summed up (001-3 10.1.2)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.errors import Forbidden, NotFound, Refused, WrongFields
from hotline.domain.people import Actor, Role
from hotline.domain.satisfaction.questionnaire import ReplyWay
from hotline.services.satisfaction.questionnaires import ask, record_questionnaires, store_reply
from hotline.services.satisfaction.typing_in import TypedIn, see_questionnaires, see_results, type_in
from hotline.services.satisfaction.visit_questions import VISIT_QUESTIONS
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN

ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
BOSS = Actor("boss", (Role.SUPERVISOR,), "李主管")
CLERK = Actor("clerk", (Role.DEPARTMENT,), "文员")
OWN = """
code = "delivery"
words = {{ zh = "配送", en = "Delivery" }}
[[item]]
id = "speed"
words = {{ zh = "{zh}", en = "Speed" }}
kind = "scale"
required = true
[[item]]
id = "wishes"
words = {{ zh = "意见", en = "Wishes" }}
kind = "text"
"""


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MONDAY_TEN, storage=storage)


def own(hotline: Hotline, text: str, name: str = "delivery.toml") -> None:
    folder = hotline.home.root / "questionnaires"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def test_those_that_are_shipped_are_recorded_once(hotline: Hotline) -> None:
    codes = ["after_sales", "installation", "monthly", "running", "training"]
    assert sorted(record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)) == codes
    assert record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN) == []
    assert [each.code for each in see_questionnaires(hotline.storage, ZHAO, MONDAY_TEN)] == codes
    with pytest.raises(Forbidden):
        see_questionnaires(hotline.storage, CLERK, MONDAY_TEN)


def test_a_version_in_use_never_changes(hotline: Hotline) -> None:
    own(hotline, OWN.format(zh="快吗"))
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    own(hotline, OWN.format(zh="准时吗"))
    later = MONDAY_TEN + timedelta(days=1)
    assert record_questionnaires(hotline.storage, hotline.home, later) == ["delivery"]
    with hotline.storage.reading() as tx:
        first, now = ask(tx, "delivery", later, 1), ask(tx, "delivery", later)
    assert (first.version, first.items[0].words.zh) == (1, "快吗")
    assert (now.version, now.items[0].words.zh) == (2, "准时吗")
    (hotline.home.root / "questionnaires" / "delivery.toml").unlink()
    record_questionnaires(hotline.storage, hotline.home, later + timedelta(hours=1))
    with hotline.storage.reading() as tx:
        assert ask(tx, "delivery", later + timedelta(hours=2), 1) == first
        with pytest.raises(NotFound):
            ask(tx, "delivery", later + timedelta(hours=2))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (OWN.format(zh="快吗").replace('kind = "scale"', 'kind = "stars"'), "item[1].kind"),
        (OWN.format(zh="快吗").replace('id = "wishes"', 'id = "speed"'), "item[2].id"),
        (OWN.format(zh="快吗").replace('kind = "text"', 'kind = "choice"'), "item[2].choice"),
        ('code = "delivery"\nwords = { zh = "配送", en = "Delivery" }\n', "item"),
        (OWN.format(zh="快吗").replace("required", "needed"), "item[1].needed"),
        ("code =", "the file"),
    ],
)
def test_a_wrong_one_is_refused_by_file_and_key(hotline: Hotline, wrong: str, key: str) -> None:
    own(hotline, wrong)
    with pytest.raises(WrongKind) as refused:
        record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    assert refused.value.values["key"] == key and "delivery.toml" in str(refused.value)


def test_answers_are_kept_under_their_version_with_a_score(hotline: Hotline) -> None:
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    given = {"satisfied": "so_so", "attitude": "4", "speed": "1", "solved": "no", "wishes": " 太慢 "}
    with hotline.storage.writing() as tx:
        asked = ask(tx, "after_sales", MONDAY_TEN)
        store_reply(tx, asked, given, ReplyWay.LINK, "link", MONDAY_TEN, object="visit:7")
    with hotline.storage.reading() as tx:
        [kept] = ReplyStore(tx).of_object("visit:7")
    assert (kept.version, kept.score, kept.answers["wishes"]) == (1, 2.5, "太慢")


def test_what_does_not_fit_is_told_by_item(hotline: Hotline) -> None:
    given = {"attitude": "6", "speed": "3", "nothing": "x", "wishes": "长" * 1001}
    with pytest.raises(WrongFields) as refused:
        type_in(hotline.storage, hotline.settings, TypedIn("after_sales", 1, ReplyWay.PAPER, given), ZHAO, MONDAY_TEN)
    assert refused.value.problems == {
        "satisfied": "required",
        "attitude": "unknown",
        "wishes": "too_long",
        "nothing": "unknown",
    }
    with pytest.raises(Refused):
        type_in(
            hotline.storage, hotline.settings, TypedIn("training", 1, ReplyWay.PAPER, {}, None, "abc"), ZHAO, MONDAY_TEN
        )


def test_results_count_each_answer(hotline: Hotline) -> None:
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    for score, word in (("5", "satisfied"), ("2", "not_satisfied")):
        given = {"satisfied": word, "understood": score}
        typed = TypedIn("training", 1, ReplyWay.PHONE, given, None, "13912345678")
        type_in(hotline.storage, hotline.settings, typed, ZHAO, MONDAY_TEN)
    until = MONDAY_TEN + timedelta(days=1)
    seen = see_results(hotline.storage, "training", MONDAY_TEN, until, BOSS, until)
    assert (len(seen.replies), seen.mean, seen.items[1].mean) == (2, 3.5, 3.5)
    assert seen.items[0].counts == {"satisfied": 1, "so_so": 0, "not_satisfied": 1}
    assert seen.replies[0].number == "+8613912345678"
    assert not see_results(hotline.storage, "training", until, until + timedelta(1), BOSS, until).replies
    with pytest.raises(Forbidden):
        see_results(hotline.storage, "training", MONDAY_TEN, until, ZHAO, until)


def test_a_visit_asks_a_questionnaire_by_its_name(hotline: Hotline) -> None:
    own(hotline, OWN.format(zh="快吗"))
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN)
    own(hotline, OWN.format(zh="准时吗"))
    record_questionnaires(hotline.storage, hotline.home, MONDAY_TEN + timedelta(days=1))
    with hotline.storage.reading() as tx:
        names = ("delivery", "delivery:1", "after_sales", "nothing", "delivery:9")
        found = [VISIT_QUESTIONS.find(tx, name) for name in names]
    asked = [script.questions[0].text.zh if script else None for script in found]
    assert asked == ["准时吗", "快吗", "您对本次服务满意吗？", None, None]
    assert found[2] is not None and found[2].questions[0].id == "satisfied"
