"""The sound of a prompt as it was chosen: for all lines or one, for good or some days. The newest of a place holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hotline.domain.errors import Refused
from hotline.domain.text import several_lines

MAX_WORDS = 500
#: Who spoke before there was a choice.
FIRST_VOICE = "espeak-ng"
MAX_SECONDS = 180
#: A period that is longer is a slip of the pen.
LONGEST_PERIOD_DAYS = 366


class SoundOrigin(StrEnum):
    """Where a sound comes from. `DELIVERED`: none was chosen, the prompt sounds as it did before any was."""

    UPLOADED = "uploaded"
    RECORDED = "recorded"
    SPOKEN = "spoken"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Place:
    """What a sound was chosen for. `line`: "" for all lines. `from_day`, `to_day`: both days belong to it, in Shanghai;
    None for both: for good."""

    prompt: str
    language: str
    line: str = ""
    from_day: date | None = None
    to_day: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_day is None or self.to_day is None or self.from_day <= day <= self.to_day

    @property
    def is_period(self) -> bool:
        return self.from_day is not None


@dataclass(frozen=True, slots=True)
class PromptVersion:
    """`words`: what is said, for readers. `sha256` names the sound, "" where it is the delivered one. `loudness` in
    LUFS. `voice`: who spoke it, where a machine did; "" where nobody wrote that down, which was espeak-ng."""

    place: Place
    origin: SoundOrigin
    words: str
    sha256: str
    seconds: float
    loudness: float
    made_by: str
    made_at: datetime
    id: int = 0
    voice: str = ""


def spoken_otherwise(versions: Iterable[PromptVersion], voice: str, language: str, today: date) -> list[PromptVersion]:
    """What stands and was spoken by another voice than the one that speaks this language now: what people typed.
    Uploads and recordings are none of a machine's."""
    return [
        each
        for each in standing(versions).values()
        if each.origin is SoundOrigin.SPOKEN
        and each.place.language == language
        and (each.place.to_day is None or each.place.to_day >= today)
        and (each.voice or FIRST_VOICE) != voice
    ]


def standing(versions: Iterable[PromptVersion]) -> dict[Place, PromptVersion]:
    """The newest of each place."""
    return {each.place: each for each in sorted(versions, key=lambda version: version.id)}


def heard(versions: Iterable[PromptVersion], day: date) -> dict[tuple[str, str, str], PromptVersion]:
    """What holds on that day, by prompt, line and language. A period goes before what is for good, of two periods the
    one that was chosen later. Whether a line without a sound of its own has that of all lines, `for_line` says."""
    found: dict[tuple[str, str, str], PromptVersion] = {}
    for each in sorted(standing(versions).values(), key=lambda version: (version.place.is_period, version.id)):
        if each.sha256 and each.place.covers(day):
            found[each.place.prompt, each.place.line, each.place.language] = each
    return found


def for_line(
    chosen: dict[tuple[str, str, str], PromptVersion], prompt: str, line: str, language: str
) -> PromptVersion | None:
    """What a caller of this line hears: a period of all lines goes before what the line has for good."""
    own, common = chosen.get((prompt, line, language)), chosen.get((prompt, "", language))
    if own is None or common is None:
        return own or common
    return common if common.place.is_period and not own.place.is_period else own


def periods(versions: Iterable[PromptVersion], today: date) -> Iterator[PromptVersion]:
    """Those that stand and are not over, by their first day."""
    there = [each for each in standing(versions).values() if each.sha256 and each.place.is_period]
    yield from sorted(
        (each for each in there if each.place.to_day is not None and each.place.to_day >= today),
        key=lambda version: (version.place.from_day or today, version.id),
    )


def require_period(from_day: date | None, to_day: date | None, today: date) -> None:
    """Raises Refused for half a period, one that is over, ends before it begins or is longer than a year."""
    if from_day is None and to_day is None:
        return
    if from_day is None or to_day is None:
        raise Refused("prompts.half_a_period", field="from_day" if from_day is None else "to_day")
    if to_day < from_day:
        raise Refused("prompts.period_backwards", field="to_day")
    if to_day < today:
        raise Refused("prompts.period_over", field="to_day")
    if (to_day - from_day).days >= LONGEST_PERIOD_DAYS:
        raise Refused("prompts.period_too_long", field="to_day", days=LONGEST_PERIOD_DAYS)


def checked_words(typed: str, field: str = "words") -> str:
    """Raises Refused for none, or too many."""
    words = several_lines(typed)
    if not words:
        raise Refused("prompts.words_missing", field=field)
    if len(words) > MAX_WORDS:
        raise Refused("prompts.words_too_long", field=field, most=MAX_WORDS)
    return words
