"""A9: a talk of which the words say that it broke off: somebody was speaking, nobody had said goodbye."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.quality.material import JudgedTalk
from hotline.domain.quality.pinyin import all_matches, syllables
from hotline.domain.recordings.transcript import Word

#: What is said before is no goodbye of this talk.
_GOODBYE_WITHIN_SECONDS = 30.0


def ended_without_goodbye(talks: Sequence[JudgedTalk], within_seconds: float, goodbyes: str) -> bool:
    """Of the last of a call's talks, whose customer's side went: one of the two spoke within so many seconds of the
    end, and neither had said one of `goodbyes` (divided by |). Without a transcript of both sides nobody knows."""
    talk = talks[-1] if talks else None
    if talk is None or not talk.last or talk.we_hung_up is not False or talk.hung_up_at is None:
        return False
    if talk.caller_words is None or talk.our_words is None:
        return False
    end = talk.hung_up_at
    late = [[word for word in side if end - word.end <= _GOODBYE_WITHIN_SECONDS] for side in _sides(talk)]
    speaking = any(end - word.end <= within_seconds for side in late for word in side)
    return speaking and not any(_said(side, goodbyes) for side in late)


def _sides(talk: JudgedTalk) -> tuple[Sequence[Word], Sequence[Word]]:
    return talk.caller_words or (), talk.our_words or ()


def _said(words: Sequence[Word], goodbyes: str) -> bool:
    return bool(all_matches(syllables(words), goodbyes, 1.0))
