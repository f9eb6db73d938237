"""F9: what is shown of a call tells neither numbers nor the customer's name."""

from __future__ import annotations

import pytest

from hotline.domain.examination.masking import masked, names_of
from hotline.domain.recordings.transcript import Word

NAME = names_of("王建国")


def said(text: str) -> list[Word]:
    return [Word(each, at, at + 0.4, 0.9) for at, each in enumerate(text.split())]


def shown(text: str, *secrets: str) -> str:
    return " ".join(word.text for word in masked(said(text), secrets))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("号码 是 13800138000", "号码 是 ＊＊＊＊＊＊＊＊＊＊＊"),
        ("一三 八 零零 一", "＊＊ ＊ ＊＊ ＊"),
        ("单号 幺幺二", "单号 ＊＊＊"),
        ("等 一下 第一 次", "等 一下 第一 次"),
        ("1 号", "＊ 号"),
        ("٣٤ 号", "＊＊ 号"),
        ("A3-100 型", "A＊-＊＊＊ 型"),
    ],
)
def test_digits_are_hidden_however_they_are_said(text: str, hidden: str) -> None:
    assert shown(text) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我 叫 王建国", "我 叫 ＊＊＊"),
        ("我 叫 王 建 国 的", "我 叫 ＊ ＊ ＊ 的"),
        ("我 叫 汪健国", "我 叫 ＊＊＊"),
        ("王先生 您好", "＊＊＊ 您好"),
        ("王 女士", "＊ ＊＊"),
        ("国王 建设", "国王 建设"),
    ],
)
def test_the_name_is_hidden_also_in_other_characters_of_the_same_sound(text: str, hidden: str) -> None:
    assert shown(text, *NAME) == hidden


def test_an_address_is_hidden_and_a_single_character_is_no_secret() -> None:
    assert shown("在 朝阳路 那边", "朝阳路", "在", "") == "在 ＊＊＊ 那边"
    assert names_of("王") == names_of("") == ()


def test_times_stay_and_hostile_words_do_no_harm() -> None:
    words = said("王建国 <script>1</script> 👩‍👩‍👧 \u202e反 İstanbul " + "长" * 10_000)
    found = masked(words, NAME)
    assert [(w.start, w.end) for w in found] == [(w.start, w.end) for w in words]
    assert [w.text for w in found][:3] == ["＊＊＊", "<script>＊</script>", "👩‍👩‍👧"]
    assert [len(w.text) for w in found] == [len(w.text) for w in words]
    assert masked([], NAME) == ()
