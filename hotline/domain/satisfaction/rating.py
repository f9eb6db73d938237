"""What a caller says of the call: one answer on a scale from 1 to 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.numbers import Number

#: As the index of search names its comments.
SEARCHED_AS = "rating"

WORST, BEST = 1, 5

#: An answer up to here is followed by somebody of ours, where that is set.
LOW = 2

#: Characters of a comment.
MOST_COMMENT = 1000


class RatingWay(StrEnum):
    """How the caller is asked."""

    KEY = "key"  # by a key, at the end of the call
    SMS = "sms"  # by a link in a text message


class Follow(StrEnum):
    """What a low answer still has to open."""

    NOTHING = ""
    CASE = "case"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Rating:
    """That the caller of a call was asked, and what they said. One a call. `extension`: whose talk was the last, at
    `offered_at`. `handed_by`: how they came to be asked at the end of the call, "" by text message. `case_id`: what a
    low answer has opened."""

    node: str
    linkedid: str
    line: str
    extension: str
    number: Number
    offered_at: datetime
    way: RatingWay
    handed_by: str = ""
    answer: int | None = None
    answered_at: datetime | None = None
    comment: str = ""
    follow: Follow = Follow.NOTHING
    case_id: int | None = None
    id: int | None = None


def is_low(answer: int | None) -> bool:
    return answer is not None and answer <= LOW
