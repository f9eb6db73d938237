"""What was said: opening and closing words (C1, C2), announcing (C6), the hold prompt (A13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hotline.domain.quality.material import Finding, JudgedTalk, Stretch
from hotline.domain.quality.own_name import with_name
from hotline.domain.quality.pinyin import Match, all_matches, best_match, syllables
from hotline.domain.quality.rules import Announced, Closing, HoldPrompt, Opening, Rules
from hotline.domain.quality.said import Said, said_in

#: Whoever leaves so soon after our last word did not wait for the closing words.
_LEFT_AT_ONCE_SECONDS = 1.0
#: A prompt that begins so much late is not late.
_PROMPT_LATE_SECONDS = 10.0


def opening(talk: JudgedTalk, rule: Opening, rules: Rules) -> Iterator[Finding]:
    """C1, of the one who has the customer first; who takes them over need not say it again."""
    if talk.our_words is None or talk.transferred_in:
        return
    said = said_in(talk, Stretch(talk.span.start, min(talk.span.start + rule.within_seconds, talk.span.end)), rules)
    phrases = with_name(rule.dialled, talk.name) if talk.dialled else rule.phrases
    yield _all_said("C1", "opening", said, phrases, rule.similarity, rules)


def closing(talk: JudgedTalk, rule: Closing, rules: Rules) -> Iterator[Finding]:
    """C2. A caller who leaves in the middle of our words leaves no time for it: that is to be checked."""
    if talk.our_words is None or not talk.last:
        return
    said = said_in(talk, Stretch(max(talk.span.end - rule.within_seconds, talk.span.start), talk.span.end), rules)
    phrases = with_name(rule.dialled, talk.name) if talk.dialled else rule.phrases
    finding = _all_said("C2", "closing", said, phrases, rule.similarity, rules)
    if finding.breach and _caller_left_at_once(talk):
        finding = replace(finding, counts=False)
    yield finding


def announced(talk: JudgedTalk, rule: Announced, rules: Rules) -> Iterator[Finding]:
    """C6: a finding for each hold and transfer that was not announced, and for each return without thanks. Whoever is
    passed on after a consultation waits meanwhile: one announcement before it is enough for both."""
    if talk.our_words is None:
        return
    for hold in talk.holds:
        before = _until(hold.start, talk, rule)
        yield _one_said("hold_announced", said_in(talk, before, rules), f"{rule.hold}|{rule.transfer}", rule, rules)
        after = Stretch(hold.end, min(hold.end + rule.within_seconds, talk.span.end))
        if after.seconds >= 1:  # else nobody came back to the caller
            yield _one_said("hold_thanked", said_in(talk, after, rules), rule.thanks, rule, rules)
    if talk.transferred_at is not None:
        said = said_in(talk, _until(_talked_until(talk, talk.transferred_at), talk, rule), rules)
        yield _one_said("transfer_announced", said, rule.transfer, rule, rules)


def _until(end: float, talk: JudgedTalk, rule: Announced) -> Stretch:
    return Stretch(max(end - rule.within_seconds, talk.span.start), end + 1)


def _talked_until(talk: JudgedTalk, transferred_at: float) -> float:
    """When the caller last heard this operator: before the consultation in which they were passed on, if there was
    one."""
    consulted = (hold.start for hold in talk.holds if hold.start < transferred_at <= hold.end + 1)
    return min(consulted, default=transferred_at)


def hold_prompt(talk: JudgedTalk, rule: HoldPrompt, rules: Rules) -> Iterator[Finding]:
    """A13: a finding for each hold that lasted long enough for a prompt."""
    for hold in talk.holds:
        due = int((hold.seconds - min(_PROMPT_LATE_SECONDS, rule.every_seconds / 2)) // rule.every_seconds)
        if due < 1 or talk.our_words is None:
            continue
        heard = syllables(w for w in talk.our_words if hold.covers(w.start))
        prompts = all_matches(heard, rule.prompt, rule.similarity)
        confidence = _mean(prompts) if prompts else 0.0
        yield Finding(
            "A13",
            "hold_prompt",
            len(prompts) < due,
            len(prompts) >= due or confidence >= rules.least_confidence,
            float(len(prompts)),
            float(due),
            hold.start,
            hold.end,
            round(confidence, 3),
            prompts[0].words if prompts else "",
        )


def _all_said(rule: str, kind: str, said: Said, phrases: Sequence[str], similarity: float, rules: Rules) -> Finding:
    matches = [(phrase, best_match(said.syllables, phrase)) for phrase in phrases]
    missing = [phrase for phrase, match in matches if match is None or match.similarity < similarity]
    return Finding(
        rule,
        kind,
        bool(missing),
        not missing or said.tells_what_is_missing(rules.least_confidence),
        float(len(phrases) - len(missing)),
        float(len(phrases)),
        *said.evidence,
        round(said.confidence, 3),
        said.words,
        " / ".join(missing),
    )


def _one_said(kind: str, said: Said, phrase: str, rule: Announced, rules: Rules) -> Finding:
    match = best_match(said.syllables, phrase)
    found = match is not None and match.similarity >= rule.similarity
    return Finding(
        "C6",
        kind,
        not found,
        found or said.tells_what_is_missing(rules.least_confidence),
        match.similarity if match else 0.0,
        rule.similarity,
        *said.evidence,
        round(said.confidence, 3),
        said.words,
        "" if found else phrase,
    )


def _caller_left_at_once(talk: JudgedTalk) -> bool:
    if talk.we_hung_up is not False or talk.hung_up_at is None or not talk.our_words:
        return False
    return talk.hung_up_at - talk.our_words[-1].end < _LEFT_AT_ONCE_SECONDS


def _mean(matches: Sequence[Match]) -> float:
    return sum(match.confidence for match in matches) / len(matches)
