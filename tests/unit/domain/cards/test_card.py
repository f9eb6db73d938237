"""Script cards (C9–C11): what is in them, how they are found and filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.domain.cards.card import GAP, Card, Stage, fill, search, wrong_placeholders
from hotline.services.cards.files import load_cards

CARDS = load_cards(Path("/nonexistent"))


def found(written: str, **query: str) -> list[str]:
    return [card.id for card in search(CARDS, written, **query)]


def test_there_are_words_for_every_stage_and_forty_and_more() -> None:
    assert len(CARDS) >= 40
    for stage in Stage:
        assert len([card for card in CARDS if card.stage is stage]) >= 5


def test_c10_there_are_words_for_every_special_case_of_the_rules() -> None:
    cases = {card.case for card in CARDS}
    assert {
        "no-sound",
        "cannot-hear-us",
        "noise",
        "too-quiet",
        "wrong-number",
        "unclear",
        "thanks",
        "long-wait",
        "complaint",
        "suggestion",
        "apology",
        "bad-temper",
        "harassment",
        "dialect",
        "foreign-language",
        "after-hours",
    } <= cases


def test_c9_and_c11_longer_information_in_pieces_and_plain_language() -> None:
    rules = {card.rule for card in CARDS}
    assert {"C1", "C2", "C3", "C6", "C9", "C10", "C11", "A12", "A13", "A14", "B5", "B6", "B9"} <= rules


def test_every_card_is_in_both_languages() -> None:
    assert [card.id for card in CARDS if not (card.title_en and card.words_en)] == []
    assert [card.id for card in CARDS if bool(card.hint) != bool(card.hint_en)] == []


def test_c4_no_card_says_what_must_not_be_said() -> None:
    """Hints may name it, as what not to say; words may not."""
    forbidden = ("我不知道", "不归我管", "不是我负责", "没办法", "你找别人", "不行")
    assert [card.id for card in CARDS if any(word in card.words for word in forbidden)] == []


def test_the_greeting_has_the_company_and_the_goodbye_thanks() -> None:
    """C1, C2."""
    by_id = {card.id: card for card in CARDS}
    assert "{company}" in by_id["greeting-standard"].words
    assert "感谢您的来电" in by_id["closing-standard"].words


@pytest.mark.parametrize("written", ["投诉", "tousu", "complaint"])
def test_a_card_is_found_in_chinese_by_pinyin_and_in_english(written: str) -> None:
    assert "complaint" in found(written)


def test_initials_find_and_what_fits_best_comes_first() -> None:
    assert found("投诉")[0] == "complaint"
    assert found("dcdh") == ["wrong-number"]
    assert "complaint" in found("ts")[:5]


def test_stage_and_case_narrow_and_every_word_must_fit() -> None:
    assert all(card.stage is Stage.HOLD for card in search(CARDS, "", stage="hold"))
    assert found("", case="noise") == ["noise"]
    assert found("杂音 投诉") == []


@pytest.mark.parametrize("hostile", ["(", "[a", "\\", "*" * 60, "😀", "\u202e", "a" * 64, "{", "'\""])
def test_nothing_that_is_typed_stops_the_search(hostile: str) -> None:
    found(hostile)


def test_placeholders_are_filled_and_a_missing_value_is_a_gap() -> None:
    assert fill("{name}，这里是{company}，{minutes}分钟", name="张先生", company="甲") == f"张先生，这里是甲，{GAP}分钟"
    assert fill("{name}", name="{company}", company="x") == "{company}"


def test_other_braces_are_told() -> None:
    assert wrong_placeholders("{company}{name}{minutes}") == []
    assert wrong_placeholders("{firm} {") == ["firm", "{"]
    assert wrong_placeholders("{0.__class__}") == ["0.__class__"]


def test_the_version_changes_with_every_change() -> None:
    one = Card("a", Stage.HOLD, "t", "", "w", "")
    assert one.version != Card("a", Stage.HOLD, "t", "", "w2", "").version
    assert one.version == Card("a", Stage.HOLD, "t", "", "w", "").version
