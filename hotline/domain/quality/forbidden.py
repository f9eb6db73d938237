"""What must not be said: forbidden words and a bare opening (C4), what promises too much (C14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.domain.quality.material import Finding, JudgedTalk
from hotline.domain.quality.pinyin import Match, Syllable, all_matches, characters, syllables
from hotline.domain.quality.rules import ForbiddenWords, OverPromising, Rules

#: Words as short as this sound like others: what was heard with other characters is to be checked.
_SHORT = 2


def forbidden(talk: JudgedTalk, rule: ForbiddenWords, rules: Rules) -> Iterator[Finding]:
    """C4: a finding for each time that one of them is said."""
    said = _ours(talk)
    for phrase, match in _each(said, rule.phrases, rule.unless, rule.similarity):
        counts = match.confidence >= rules.least_confidence and _is_sure(match, phrase)
        yield _said("C4", "forbidden", phrase, match, rule.similarity, counts)
    for phrase, match in _each(said, rule.hints, rule.unless, rule.similarity):
        yield _said("C4", "forbidden_hint", phrase, match, rule.similarity, counts=False)
    yield from _bare_opening(talk, said, rule, rules)


def over_promising(talk: JudgedTalk, rule: OverPromising, _rules: Rules) -> Iterator[Finding]:
    """C14: a finding for each time. Whether it promises too much, a person decides: none counts."""
    for phrase, match in _each(_ours(talk), rule.phrases, rule.unless, rule.similarity):
        yield _said("C14", "over_promising", phrase, match, rule.similarity, counts=False)


def _ours(talk: JudgedTalk) -> tuple[Syllable, ...]:
    return syllables(word for word in talk.our_words or () if talk.span.covers(word.start))


def _each(
    said: Sequence[Syllable], phrases: Sequence[str], unless: Sequence[str], similarity: float
) -> Iterator[tuple[str, Match]]:
    """Every place where one of the phrases is said and none of `unless`."""
    found = [(phrase, match) for phrase in phrases for match in all_matches(said, phrase, similarity)]
    if not found:
        return
    excused = [match for phrase in unless for match in all_matches(said, phrase, similarity)]
    for phrase, match in found:
        if not any(other.start < match.end and match.start < other.end for other in excused):
            yield phrase, match


def _is_sure(match: Match, phrase: str) -> bool:
    return len(match.syllables) > _SHORT or match.words in [characters(each) for each in phrase.split("|")]


def _said(rule: str, kind: str, phrase: str, match: Match, similarity: float, counts: bool) -> Finding:
    return Finding(
        rule,
        kind,
        True,
        counts,
        match.similarity,
        similarity,
        match.start,
        match.end,
        round(match.confidence, 3),
        match.words,
        phrase,
    )


def _bare_opening(talk: JudgedTalk, said: Sequence[Syllable], rule: ForbiddenWords, rules: Rules) -> Iterator[Finding]:
    """Of the one who answers first: up to our first pause nothing but such words."""
    first = _until_pause(said, rule.alone_seconds)
    left = "".join(syllable.character for syllable in first)
    bare = [each for phrase in rule.alone for each in phrase.split("|")]
    for each in sorted(bare, key=len, reverse=True):
        left = left.replace(characters(each), "")
    if talk.transferred_in or not first or left:
        return
    match = Match(1.0, tuple(first))
    counts = match.confidence >= rules.least_confidence
    yield _said("C4", "bare_opening", match.words, match, rule.similarity, counts)


def _until_pause(said: Sequence[Syllable], pause: float) -> list[Syllable]:
    found: list[Syllable] = []
    for syllable in said:
        if found and syllable.start - found[-1].end >= pause:
            break
        found.append(syllable)
    return found
