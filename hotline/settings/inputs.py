"""What pydantic finds wrong with a value, as a reason with words of ours instead of pydantic's English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from hotline.domain.reasons import Coded, Reason, because

Context = Mapping[str, Any]


def _choices(context: Context) -> Reason:
    """Of a list like 'zh' or 'en'."""
    found = re.findall(r"'([^']*)'|(-?[0-9]+)", str(context["expected"]))
    return because("input.choice", choices=tuple(text or number for text, number in found))


def _value(context: Context) -> Reason:
    """What a validator raised: ours with a code, or another library's."""
    error = context.get("error")
    return error.reason if isinstance(error, Coded) else because("input.said", text=str(error))


_TEXT, _WHOLE, _NUMBER = because("input.text"), because("input.whole_number"), because("input.number")
_BOOLEAN, _DATE, _TIME = because("input.boolean"), because("input.date"), because("input.time")
_LIST, _TABLE = because("input.list"), because("input.table")
_OF_DAY, _ADDRESS = because("input.time_of_day"), because("input.address")

#: pydantic's `type` of a problem -> what is said of it. A test walks the schemas for types that are not here.
REASONS: dict[str, Reason | Callable[[Context], Reason]] = {
    "missing": because("input.missing"),
    "extra_forbidden": because("input.unknown"),
    "value_error": _value,
    "literal_error": _choices,
    "enum": _choices,
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": lambda c: because("input.longer", least=c["min_length"]),
    "string_too_long": lambda c: because("input.shorter", most=c["max_length"]),
    "string_pattern_mismatch": lambda c: because("input.pattern", pattern=c["pattern"]),
    "too_short": lambda c: because("input.more_entries", least=c["min_length"]),
    "too_long": lambda c: because("input.fewer_entries", most=c["max_length"]),
    "greater_than": lambda c: because("input.more", more=str(c["gt"])),
    "greater_than_equal": lambda c: because("input.least", least=str(c["ge"])),
    "less_than": lambda c: because("input.less", less=str(c["lt"])),
    "less_than_equal": lambda c: because("input.most", most=str(c["le"])),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "datetime_object_invalid": _TIME,
    "timezone_naive": _TIME,
    "time_type": _OF_DAY,
    "time_parsing": _OF_DAY,
    "ip_any_address": _ADDRESS,
    "ip_v4_address": _ADDRESS,
    "ip_v6_address": _ADDRESS,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "mapping_type": _TABLE,
    "json_invalid": because("input.bad_json"),
    "json_type": because("input.bad_json"),
}


def reason_of(detail: Mapping[str, Any]) -> Reason:
    """Of one of a ValidationError's `errors()`. A type that nobody has thought of is told by its name."""
    found = REASONS.get(detail["type"])
    if found is None:
        return because("input.other", kind=str(detail["type"]))
    return found if isinstance(found, Reason) else found(detail.get("ctx", {}))
