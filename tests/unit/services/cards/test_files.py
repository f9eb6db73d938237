"""Script cards as files: the site's win, wrong ones are told with file, key and what was expected."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from hotline.domain.cards.card import Stage
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.people import Actor, Role
from hotline.services.cards.cards import CardBox
from hotline.services.cards.files import load_cards
from hotline.settings import SettingsError
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from hotline.web.kit.refusals.registry import say
from tests.support.rows import MORNING, a_storage

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")

GOOD = '[[card]]\nid = "own"\nstage = "hold"\ntitle = "自己的"\nwords = "请稍等，{company}"\n'
VALUES = {
    "stage": "hold",
    "title": "稍等",
    "words": "请稍等。\n马上回来。",
    "keywords": ["等", '引号"和\\'],
    "rule": "C6",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    return folder


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return a_storage(tmp_path)


def test_the_site_adds_replaces_and_takes_out(site: Path) -> None:
    (site / "ours.toml").write_text(
        'stage = "special"\n[[card]]\nid = "noise"\ncase = "noise"\ntitle = "吵"\nwords = "太吵了"\n'
        '[[card]]\nid = "minor"\nremoved = true\n[[card]]\nid = "own"\ntitle = "自己的"\nwords = "w"\n',
        "utf-8-sig",
    )
    cards = {card.id: card for card in load_cards(site)}
    assert cards["noise"].title == "吵"
    assert cards["own"].stage is Stage.SPECIAL
    assert "minor" not in cards
    assert "complaint" in cards


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("no toml", "", "TOML"),
        (GOOD.replace('id = "own"\n', ""), "card 1.id", "This is needed."),
        (GOOD.replace("hold", "nowhere"), "own.stage", "greeting"),
        (GOOD.replace("{company}", "{firm}"), "own.words", "{company}, {name}, {minutes}"),
        (GOOD.replace("{company}", "{"), "own.words", "{company}"),
        (GOOD.replace('"own"', '"Own Card"'), "Own Card.id", "Another form"),
        (GOOD + "colour = 1\n", "own.colour", "not known"),
        (GOOD.replace("自己的", "长" * 61), "own.title", "60"),
        (GOOD.replace("自己的", "\\u0007"), "own.title", "control characters"),
        (GOOD + 'rule = "X1"\n', "own.rule", "Another form"),
        ("card = 3\n", "card", "[[card]]"),
        ('stages = "hold"\n' + GOOD, "stages", "not known"),
        (GOOD + GOOD, "own", "An id of its own"),
        ('[[card]]\nid = "minor"\nremoved = "perhaps"\n', "minor.removed", "true or false"),
    ],
)
def test_a_wrong_file_is_told_with_file_key_and_expectation(site: Path, text: str, key: str, expected: str) -> None:
    (site / "wrong.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        load_cards(site)
    [problem] = error.value.problems
    assert problem.source == str(site / "wrong.toml")
    assert problem.key == key
    assert expected in say(problem.expected, str)


def test_a_file_in_another_encoding_is_told(site: Path) -> None:
    (site / "wrong.toml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(SettingsError):
        load_cards(site)


def test_an_edited_card_is_a_file_that_people_can_read_and_wins(site: Path, storage: Storage) -> None:
    (site / "ours.toml").write_text(GOOD, "utf-8")
    box = CardBox(site)
    changed = box.change(storage, "own", box.get("own").version, VALUES, BOSS, MORNING)
    assert CardBox(site).get("own") == changed
    assert changed.words == "请稍等。\n马上回来。"
    assert changed.keywords == ("等", '引号"和\\')
    assert "马上回来" in (site / "edited-own.toml").read_text("utf-8")
    assert (site / "ours.toml").read_text("utf-8") == GOOD
    with storage.reading() as tx:
        assert AuditLog(tx).latest(1)[0]["object"] == "card:own"


def test_a_default_card_that_is_edited_or_taken_out_stays_so(site: Path, storage: Storage) -> None:
    box = CardBox(site)
    box.change(storage, "noise", box.get("noise").version, {"title": "太吵"}, BOSS, MORNING)
    assert CardBox(site).get("noise").title == "太吵"
    box.remove(storage, "noise", BOSS, MORNING)
    with pytest.raises(NotFound):
        CardBox(site).get("noise")
    box.add(storage, {"id": "noise", **VALUES}, BOSS, MORNING)
    assert CardBox(site).get("noise").title == "稍等"


def test_who_saves_on_top_of_a_newer_card_gets_the_newer_one(site: Path, storage: Storage) -> None:
    box = CardBox(site)
    old = box.get("noise").version
    newer = CardBox(site).change(storage, "noise", old, {"title": "别人改的"}, BOSS, MORNING)
    with pytest.raises(Outdated) as error:
        box.change(storage, "noise", old, {"title": "我改的"}, BOSS, MORNING)
    assert error.value.current == {**error.value.current, "title": "别人改的", "version": newer.version}  # type: ignore[dict-item]


def test_saving_what_is_so_already_writes_nothing(site: Path, storage: Storage) -> None:
    box = CardBox(site)
    box.change(storage, "noise", box.get("noise").version, {"title": box.get("noise").title}, BOSS, MORNING)
    assert list(site.iterdir()) == []


@pytest.mark.parametrize(
    "values", [{"words": "{x}"}, {"words": ""}, {"title": "a\nb\x00"}, {"stage": "x"}, {"id": "../x"}]
)
def test_what_makes_no_card_is_refused_and_nothing_is_written(
    site: Path, storage: Storage, values: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        CardBox(site).add(storage, {"id": "new", **VALUES, **values}, BOSS, MORNING)
    assert list(site.iterdir()) == []


def test_an_id_is_given_once(site: Path, storage: Storage) -> None:
    with pytest.raises(Conflict):
        CardBox(site).add(storage, {"id": "noise", **VALUES}, BOSS, MORNING)


def test_a_file_that_is_changed_by_hand_is_read_anew(site: Path) -> None:
    box = CardBox(site)
    assert "own" not in [card.id for card in box.all()]
    (site / "ours.toml").write_text(GOOD, "utf-8")
    assert next(card.id for card in box.find("自己的")) == "own"


def test_readers_never_see_half_a_card(site: Path, storage: Storage) -> None:
    """The file is put in place in one step."""
    box, troubles = CardBox(site), []

    def read() -> None:
        for _ in range(60):
            try:
                load_cards(site)
            except (SettingsError, OSError) as error:
                troubles.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(20):
        box.change(storage, "noise", box.get("noise").version, {"words": f"{n}" * 500}, BOSS, MORNING)
    reader.join()
    assert troubles == []
