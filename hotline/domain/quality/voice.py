"""When each side speaks, by how loud it is."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.quality.material import JudgedTalk, Levels, Stretch

#: Speech is not over in a pause as short as this.
_BRIDGED_SECONDS = 0.25


def stretches(levels: Sequence[float], step: float, above: float, bridged: float = _BRIDGED_SECONDS) -> list[Stretch]:
    """Where it is louder than `above`, with short pauses bridged over."""
    found: list[Stretch] = []
    for index, level in enumerate(levels):
        if level <= above:
            continue
        start, end = index * step, (index + 1) * step
        if found and start - found[-1].end <= bridged + step / 1000:
            found[-1] = Stretch(found[-1].start, end)
        else:
            found.append(Stretch(start, end))
    return found


def within(found: Sequence[Stretch], stretch: Stretch) -> list[Stretch]:
    """The parts of `found` that lie in `stretch`."""
    cut = [Stretch(max(each.start, stretch.start), min(each.end, stretch.end)) for each in found]
    return [each for each in cut if each.end > each.start]


def without(found: Sequence[Stretch], left_out: Sequence[Stretch]) -> list[Stretch]:
    """`found` with every part of `left_out` taken away."""
    rest = list(found)
    for out in left_out:
        rest = [
            part
            for each in rest
            for part in (Stretch(each.start, min(each.end, out.start)), Stretch(max(each.start, out.end), each.end))
            if part.end > part.start
        ]
    return rest


def common(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """Where both are."""
    return [part for each in one for part in within(other, each)]


def speech(talk: JudgedTalk, ours: bool, above: float) -> list[Stretch]:
    """Where that side speaks in the talk; music, prompts and pauses of the recording are left out."""
    levels = talk.levels
    if levels is None:
        return []
    found = stretches(levels.ours if ours else levels.caller, levels.step, above)
    return without(within(found, talk.span), [*talk.holds, *talk.pauses])


def spoken_seconds(talk: JudgedTalk, stretch: Stretch, above: float) -> float:
    """For how long our side speaks there; 0 without sound."""
    return sum(each.seconds for each in within(speech(talk, True, above), stretch))


def frames(levels: Levels, ours: bool, where: Sequence[Stretch]) -> list[float]:
    """The levels of that side there."""
    side = levels.ours if ours else levels.caller
    return [level for each in where for level in side[round(each.start / levels.step) : round(each.end / levels.step)]]
