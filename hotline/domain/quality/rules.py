"""The rules of speech and handling with their limits, as the settings give them ([rules.…] in config/hotline.toml).

A phrase may hold alternatives, "谢谢|感谢", {company}, and {name}, the operator's own. Levels are dBFS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

Seconds = Annotated[float, Ge(0), Le(3600)]
Share = Annotated[float, Ge(0), Le(1)]
Phrase = Annotated[str, MinLen(1), MaxLen(200)]
Level = Annotated[float, Ge(-120), Le(0)]


@dataclass(frozen=True, slots=True)
class Opening:
    """C1: each of `phrases` is said within so many seconds of the talk's begin; on a call that we dial each of
    `dialled`."""

    enabled: bool
    phrases: tuple[Phrase, ...]
    dialled: tuple[Phrase, ...]
    within_seconds: Seconds
    similarity: Share


@dataclass(frozen=True, slots=True)
class Closing:
    """C2: each of `phrases` is said in the last so many seconds; on a call that we dial each of `dialled`."""

    enabled: bool
    phrases: tuple[Phrase, ...]
    dialled: tuple[Phrase, ...]
    within_seconds: Seconds
    similarity: Share


@dataclass(frozen=True, slots=True)
class HangUpFirst:
    """C3: the caller hangs up first, or we wait so long after the goodbye."""

    enabled: bool
    wait_seconds: Annotated[int, Ge(0), Le(60)]
    goodbye: Phrase


@dataclass(frozen=True, slots=True)
class ForbiddenWords:
    """C4: none of `phrases` is said, but within one of `unless`; `hints` are to be looked at. Nobody opens with one of
    `alone` and then says nothing for so many seconds."""

    enabled: bool
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    hints: tuple[Phrase, ...]
    alone: tuple[Phrase, ...]
    alone_seconds: Seconds
    similarity: Share


@dataclass(frozen=True, slots=True)
class SpeechRate:
    """C5: characters a minute while speaking; pauses longer than `pause_seconds` do not count as speaking."""

    enabled: bool
    lowest: Annotated[int, Ge(1), Le(1000)]
    highest: Annotated[int, Ge(1), Le(1000)]
    tolerance: Annotated[int, Ge(0), Le(500)]
    pause_seconds: Seconds
    least_seconds: Seconds


@dataclass(frozen=True, slots=True)
class Announced:
    """C6: holding and transferring are announced before, and the return is thanked for after, within so many
    seconds."""

    enabled: bool
    hold: Phrase
    thanks: Phrase
    transfer: Phrase
    within_seconds: Seconds
    similarity: Share


@dataclass(frozen=True, slots=True)
class TalkingOver:
    """C7: seconds in which we talk although the caller was talking; shorter ones than `shortest_seconds` are assent."""

    enabled: bool
    most_seconds: Seconds
    shortest_seconds: Seconds


@dataclass(frozen=True, slots=True)
class Length:
    """C8: minutes a call lasts on average; A10: minutes of talk at which the operator is warned; after the last of them
    it should have gone on as a callback."""

    enabled: bool
    average_minutes: Annotated[float, Ge(0.1), Le(600)]
    warn_minutes: Annotated[tuple[Annotated[int, Ge(1), Le(600)], ...], MaxLen(5)]

    @property
    def longest_minutes(self) -> int | None:
        """None: as long as it takes."""
        return self.warn_minutes[-1] if self.warn_minutes else None


@dataclass(frozen=True, slots=True)
class Answered:
    """A8: seconds that the caller waits, rings of the operator's phone, seconds from pick-up to our first words."""

    enabled: bool
    most_seconds: Annotated[int, Ge(1), Le(600)]
    most_rings: Annotated[int, Ge(1), Le(100)]
    first_words_seconds: Annotated[int, Ge(1), Le(600)]


@dataclass(frozen=True, slots=True)
class HoldPrompt:
    """A13: on hold the caller hears every so many seconds that it is still being worked on."""

    enabled: bool
    every_seconds: Annotated[int, Ge(2), Le(600)]
    prompt: Phrase
    similarity: Share


@dataclass(frozen=True, slots=True)
class Silence:
    """Q1: nobody says anything for so long."""

    enabled: bool
    most_seconds: Seconds


@dataclass(frozen=True, slots=True)
class Loudness:
    """Q2: our speech is between these levels."""

    enabled: bool
    quietest: Level
    loudest: Level


@dataclass(frozen=True, slots=True)
class OneWay:
    """Q3: in a talk of so many seconds both sides are heard."""

    enabled: bool
    least_seconds: Seconds


@dataclass(frozen=True, slots=True)
class Apology:
    """C12: on a call that is a complaint one of `phrases` is said."""

    enabled: bool
    phrases: tuple[Phrase, ...]
    similarity: Share


@dataclass(frozen=True, slots=True)
class Surname:
    """C13: in a talk of so many seconds the surname is asked for, and then said with one of `titles`."""

    enabled: bool
    asked: Phrase
    titles: tuple[Phrase, ...]
    least_seconds: Seconds
    similarity: Share


@dataclass(frozen=True, slots=True)
class OverPromising:
    """C14: where one of `phrases` is said, but within one of `unless`, somebody has to look at it."""

    enabled: bool
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    similarity: Share


@dataclass(frozen=True, slots=True)
class Rules:
    """All of them. Below `least_confidence` a finding does not count but is to be checked by a person; a level above
    `speech_level` is speech. `fillers`: words of the recogniser that are no words of anybody (嗯 …): noise of the line
    is often heard as one, so that no rule counts them, nor looks at them."""

    least_confidence: Share
    speech_level: Level
    fillers: tuple[str, ...]
    opening: Opening
    closing: Closing
    hang_up_first: HangUpFirst
    forbidden: ForbiddenWords
    speech_rate: SpeechRate
    announced: Announced
    talking_over: TalkingOver
    length: Length
    answered: Answered
    hold_prompt: HoldPrompt
    silence: Silence
    loudness: Loudness
    one_way: OneWay
    apology: Apology
    surname: Surname
    over_promising: OverPromising
