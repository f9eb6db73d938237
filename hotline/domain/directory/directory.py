"""The directory: who is responsible for which subject in which region (A6, B9), and who fits a caller best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from hotline.domain import pinyin
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.places import Place, read_place
from hotline.domain.text import one_line

MAX_NAME = 40
MAX_FIELD = 200
MAX_ENTRIES = 50
MAX_MESSAGE = 4000

#: How a region that is the whole country is written; no region at all means the same.
NATIONAL = frozenset({"全国", "中国", "国内", "all", "national"})


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """Somebody whom callers are passed on to. Operators never see `number` (A14).
    `subjects` and `regions`: what they answer for; none means every one. Not `active`: nobody is passed on.
    `department_id`: the department that `department` names, where there is one."""

    name: str
    number: Number
    department: str = ""
    job_title: str = ""
    mail: str = ""
    subjects: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    note: str = ""
    active: bool = True
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class DirectoryMessage:
    """What a caller left for a person (A14). `passed_on_at` None: they do not have it yet."""

    person_id: int
    text: str
    left_by: str
    left_at: datetime
    node: str = ""
    linkedid: str = ""
    caller_name: str = ""
    caller_number: Number = NO_NUMBER
    passed_on_at: datetime | None = None
    passed_on_by: str = ""
    passed_on_note: str = ""
    id: int | None = None


class RegionFit(IntEnum):
    """How well somebody's regions fit where the caller is."""

    ELSEWHERE = 0
    SAME_PROVINCE = 1  # answers for another city of it
    NATIONAL = 2
    PROVINCE = 3
    CITY = 4


@dataclass(frozen=True, slots=True)
class DirectoryMatch:
    """A person, and why they stand where they stand. `fit` is None when no region was asked for."""

    person: DirectoryPerson
    fit: RegionFit | None
    subject_fits: bool


def search(
    people: Iterable[DirectoryPerson], text: str = "", subject: str = "", region: str = ""
) -> list[DirectoryMatch]:
    """Who fits, best first: the subject, then the region (A6), then how well the words fit.

    `text` is looked for in name, department, title, subjects, regions and note, names also by pinyin and its initials.
    With `subject` those of other subjects are left out; who is elsewhere stays, at the end: somebody must be reachable.
    """
    where = read_place(region)
    words = one_line(text).casefold().split()
    matches = []
    for person in people:
        score = sum(_word_score(person, word) for word in words) if all(_word_score(person, w) for w in words) else 0
        fits = subject_fits(person, subject)
        if (words and not score) or (subject and not fits):
            continue
        fit = region_fit(person.regions, where) if region.strip() else None
        matches.append(
            (
                not person.active,
                not _named(person, subject),
                -(fit or 0),
                -score,
                person.name,
                DirectoryMatch(person, fit, fits),
            )
        )
    matches.sort(key=lambda entry: (*entry[:5], entry[5].person.id or 0))
    return [entry[5] for entry in matches]


def subject_fits(person: DirectoryPerson, subject: str) -> bool:
    """Whether they answer for it: one of their subjects contains it or is contained in it, or they have none."""
    wanted = subject.strip().casefold()
    return not wanted or not person.subjects or any(_alike(wanted, own.casefold()) for own in person.subjects)


def region_fit(regions: Sequence[str], where: Place) -> RegionFit:
    if not regions:
        return RegionFit.NATIONAL
    return max(_fit(region, where) for region in regions)


def _fit(region: str, where: Place) -> RegionFit:
    if region.strip().casefold() in NATIONAL:
        return RegionFit.NATIONAL
    own = read_place(region)
    if own.city:
        if own.city == where.city and (own.province == where.province or not (own.province and where.province)):
            return RegionFit.CITY
        return RegionFit.SAME_PROVINCE if own.province and own.province == where.province else RegionFit.ELSEWHERE
    return RegionFit.PROVINCE if own.province and own.province == where.province else RegionFit.ELSEWHERE


def _named(person: DirectoryPerson, subject: str) -> bool:
    """Whether the subject is expressly theirs: such a one comes before those who answer for everything."""
    return not subject.strip() or bool(person.subjects)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def _word_score(person: DirectoryPerson, word: str) -> int:
    if person.name.casefold() == word:
        return 6
    if word in person.name.casefold():
        return 5
    if pinyin.fit(person.name, word):
        return 4
    if any(word in text.casefold() for text in (*person.subjects, person.department, person.job_title)):
        return 3
    if any(pinyin.fit(text, word) for text in (*person.subjects, person.department)):
        return 2
    return int(any(word in text.casefold() for text in (*person.regions, person.note)))


def parts(text: str) -> tuple[str, ...]:
    """Subjects or regions written in one field, parted by ; 、 or commas or line breaks."""
    return tuple(dict.fromkeys(part for each in re.split(r"[;；、,，\n]", text) if (part := one_line(each))))
