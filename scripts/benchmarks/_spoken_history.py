"""A year of calls with what was said in them: words of the script cards and of a vocabulary in which, as in any
language, few words are common and most are rare; names, numbers, order codes."""

from __future__ import annotations

import itertools
import random
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.domain.numbers import Number
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState
from hotline.settings.home import TREE
from hotline.storage.forms.search_entry import form_entry
from hotline.storage.recordings.search_entry import transcript_entry
from hotline.storage.search_index import Entry, SearchIndex
from hotline.storage.transaction import Storage

_AT_ONCE = 1000
_WORDS = 20_000
_SEED = 400


def fill(storage: Storage, calls: int, now: datetime) -> None:
    """The index alone, by the way that a worker's and a form's writing go: calls and sound have no part in it."""
    rng = random.Random(_SEED)
    begin = now - timedelta(days=365)
    for first in range(0, calls, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, calls))
        entries = [each for n in some for each in _entries(rng, n, begin + timedelta(days=365) * (n / calls))]
        with storage.engine.begin() as connection:
            SearchIndex(connection).keep(entries)


def _entries(rng: random.Random, number: int, at: datetime) -> Iterator[Entry]:
    said = speech(rng)
    half = rng.randrange(len(said) // 4, len(said) * 3 // 4)
    for side, text in ((Side.CALLER, said[:half]), (Side.OURS, said[half:])):
        row = Transcript(number, side, at, TranscriptState.DONE, text=text, id=2 * number + int(side) + 1)
        yield transcript_entry(row, None, at)
    if number % 2:
        yield form_entry(
            CallForm(
                "node1",
                str(number),
                "main",
                Number(f"+86139{rng.randrange(10**8):08d}"),
                at,
                Origin.OPERATOR,
                str(1001 + number % 40),
                "赵敏",
                at,
                at,
                "zhao",
                FormState.DONE,
                content=said[:120],
                handling=said[-60:],
                id=number,
            )
        )


def speech(rng: random.Random) -> str:
    """200 to 600 characters."""
    parts: list[str] = []
    wanted = rng.randint(200, 600)
    while sum(map(len, parts)) < wanted:
        parts.append(_sentence(rng))
    return "".join(parts)


def questions(rng: random.Random) -> dict[str, list[str]]:
    """By kind, of what is there and what is not."""
    there = random.Random(_SEED)
    said = [speech(there) for _ in range(200)]

    def piece(length: int) -> str:
        whole = rng.choice(said)
        start = rng.randrange(len(whole) - length)
        return whole[start : start + length]

    numbers = [found[0] for each in said if (found := re.search(r"[0-9]{4,}", each))]
    latin = [found[0] for each in said if (found := re.search(r"[A-Z]{2}[0-9]{3,}", each))]
    return {
        "1 character": [piece(1) for _ in range(20)],
        "2 characters, common": ["您好", "投诉", "发票", "什么", "服务"] * 4,
        "2 characters": [piece(2) for _ in range(40)],
        "2 characters, rare": [rng.choice(_VOCABULARY[_WORDS * 3 // 4 :])[:2] for _ in range(20)],
        "3 characters": [piece(3) for _ in range(40)],
        "5 characters": [piece(5) for _ in range(40)],
        "numbers": numbers[:20],
        "order codes": latin[:20],
        "two words": [f"{piece(2)} {piece(2)}" for _ in range(20)],
        "not there": ["饕餮", "龘靐", "量子力学课", "QQ99999999", "00000000000"] * 4,
    }


def _sentence(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(_CARDS)
    if kind < 0.94:
        return "".join(rng.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=rng.randint(3, 8)))
    if kind < 0.97:
        return "".join(rng.choices("零一二三四五六七八九", k=rng.randint(3, 11)))
    if kind < 0.99:
        return str(rng.randint(1000, 99_999_999_999))
    return rng.choice("ABCDEF") + rng.choice("XYZ") + str(rng.randint(100, 99_999))


def _cards() -> list[str]:
    found: list[str] = []
    for file in sorted((TREE / "config" / "cards").glob("*.toml")):
        for card in tomllib.loads(file.read_text("utf-8"))["card"]:
            words = re.sub(r"\{.*?\}", "", card.get("words", ""))
            found += [part for part in re.split(r"[。？！，；：“”…、]", words) if len(part) > 2]
    return found


def _characters() -> list[str]:
    """The 3,755 of GB 2312's first level."""
    pairs = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [each for pair in pairs if (each := pair.decode("gb2312", errors="ignore"))]


def _vocabulary() -> list[str]:
    rng, characters = random.Random(1), _characters()
    return ["".join(rng.choices(characters, k=rng.choice([2, 2, 2, 3, 4]))) for _ in range(_WORDS)]


_CARDS = _cards()
_VOCABULARY = _vocabulary()
_WEIGHTS = list(itertools.accumulate(1 / (place + 10) for place in range(_WORDS)))
