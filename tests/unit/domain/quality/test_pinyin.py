"""Words are found by their sound, wherever they are said, and not where they are not."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.quality.pinyin import all_matches, best_match, sounds, syllables
from tests.support.speech import say

SPOKEN = "您好 很 高兴 为 您 服务 请问 有 什么 可以 帮 您 这个 不 归 我 管 你 找 别人"
some_words = st.lists(st.sampled_from(SPOKEN.split()), max_size=30).map(" ".join)


def test_a_phrase_is_found_across_words_with_its_time() -> None:
    match = best_match(syllables(say(SPOKEN, 1.0, 0.5)), "不归我管")
    assert match is not None
    assert (match.similarity, match.words) == (1.0, "不归我管")
    assert (match.start, match.end) == (1.0 + 20 * 0.5, 1.0 + 24 * 0.5)


def test_a_wrong_character_of_the_right_sound_does_no_harm() -> None:
    match = best_match(syllables(say("很 高性 围 您 服务", 0)), "很高兴为您服务")
    assert match is not None and match.similarity == 1.0


def test_a_neighbouring_sound_is_nearly_right() -> None:
    match = best_match(syllables(say("请 扫 等", 0)), "请稍等")  # sao for shao
    assert match is not None and 0.85 < match.similarity < 1.0


def test_a_missed_syllable_costs_its_share() -> None:
    match = best_match(syllables(say("感谢 来电", 0)), "感谢您的来电")
    assert match is not None and match.similarity == round(1 - 2 / 6, 4)


def test_the_better_alternative_counts() -> None:
    match = best_match(syllables(say("谢谢 您 的 来电 再见", 0)), "感谢您的来电|谢谢您的来电")
    assert match is not None and (match.similarity, match.words) == (1.0, "谢谢您的来电")


def test_nothing_is_found_in_silence_and_of_nothing() -> None:
    assert best_match((), "再见") is None
    assert best_match(syllables(say("您好", 0)), "") is None
    assert best_match(syllables(say("您好", 0)), "！？") is None


def test_every_time_it_is_said_is_found_once() -> None:
    said = syllables(say("我 不知道 真的 不知道 他 也 不知道", 0))
    assert [match.words for match in all_matches(said, "不知道", 0.95)] == ["不知道"] * 3


def test_latin_letters_digits_and_marks_are_sounds_of_their_own() -> None:
    assert sounds("ABC公司，12号！") == ("a", "b", "c", "gong", "si", "1", "2", "hao")


@given(before=some_words, after=some_words)
def test_what_was_said_is_found_wherever_it_stands(before: str, after: str) -> None:
    match = best_match(syllables(say(f"{before} 还有 其他 问题 吗 {after}", 0)), "还有其他问题")
    assert match is not None and match.similarity == 1.0 and match.words == "还有其他问题"


@given(text=st.text(max_size=40), phrase=st.text(max_size=12))
def test_any_text_gives_a_similarity_between_nothing_and_one(text: str, phrase: str) -> None:
    match = best_match(syllables(say(text, 0)), phrase)
    assert match is None or 0 <= match.similarity <= 1
    assert match is None or match.start <= match.end


@given(text=some_words, phrase=st.sampled_from(["不归我管", "您", "可以帮您"]))
def test_matches_lie_in_order_and_apart(text: str, phrase: str) -> None:
    found = all_matches(syllables(say(text, 0)), phrase, 0.7)
    assert all(one.end <= other.start + 1e-9 for one, other in itertools.pairwise(found))
