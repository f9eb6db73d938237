"""Any call that the domain can hold, for hypothesis: also what a fold would never make."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from enum import EnumType
from typing import Any

from hypothesis import strategies as st

from hotline.domain.calls.call import Call
from hotline.domain.numbers import Number, normalise

moments = st.datetimes(
    min_value=dt.datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis wants the bounds naive
    max_value=dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)

_PLAIN: dict[type, st.SearchStrategy[Any]] = {
    dt.datetime: moments,
    # Everything but NUL and half surrogate pairs, which no database holds.
    str: st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20),
    Number: st.from_regex(r"\A(1[3-9][0-9]{9}|010[2-8][0-9]{7}|95588|)\Z").map(normalise),
    float: st.floats(min_value=0, max_value=1e6).map(lambda seconds: round(seconds, 3)),
    int: st.integers(min_value=-(2**31), max_value=2**31),
    bool: st.booleans(),
    types.NoneType: st.none(),
}


def calls() -> st.SearchStrategy[Call]:
    """Every field drawn by its annotation."""
    return _of(Call)


def _of(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, EnumType):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        fields = typing.get_type_hints(kind)
        return st.builds(kind, **{name: _of(hint) for name, hint in fields.items()})
    if typing.get_origin(kind) is tuple:
        return st.lists(_of(typing.get_args(kind)[0]), max_size=3).map(tuple)
    if typing.get_origin(kind) is types.UnionType:
        return st.one_of([_of(one) for one in typing.get_args(kind)])
    raise TypeError(f"no strategy for {kind}")
