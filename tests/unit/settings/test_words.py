"""Whatever pydantic can find wrong with the settings, or with what the API is sent, has words of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import core_schema

from hotline.domain.reasons import because
from hotline.services.cards.files import CardEntry
from hotline.settings.inputs import REASONS, reason_of
from hotline.settings.schema import Settings
from hotline.web.kit.refusals.registry import refusal_words, say
from hotline.web.kit.told.web_feature import features

#: Kind of a schema -> the types of what can be wrong with a value, beside its bounds.
TYPES: dict[str, set[str]] = {
    "str": {"string_type", "string_unicode"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "float": {"float_type", "float_parsing", "finite_number"},
    "bool": {"bool_type", "bool_parsing"},
    "date": {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "datetime": {"datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"},
    "time": {"time_type", "time_parsing"},
    "literal": {"literal_error"},
    "enum": {"enum"},
    "list": {"list_type"},
    "tuple": {"tuple_type"},
    "dict": {"dict_type"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden", "model_attributes_type"},
}
BOUNDS = {
    "ge": "greater_than_equal",
    "gt": "greater_than",
    "le": "less_than_equal",
    "lt": "less_than",
    "pattern": "string_pattern_mismatch",
}
#: Schemas that only wrap others, or take everything.
WRAPPERS = {
    "any",
    "chain",
    "custom-error",
    "dataclass",
    "dataclass-args",
    "dataclass-field",
    "default",
    "definition-ref",
    "definitions",
    "function-after",
    "function-before",
    "function-plain",
    "function-wrap",
    "is-instance",
    "json-or-python",
    "lax-or-strict",
    "model-field",
    "no-info",
    "none",
    "nullable",
    "tagged-union",
    "union",
    "with-info",
}


def models() -> list[type[BaseModel]]:
    assert features()
    found: list[type[BaseModel]] = [Settings, CardEntry]
    waiting: list[type[BaseModel]] = [BaseModel]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("hotline."):
                found.append(each)
    return found


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        for key, value in node.items():
            if key != "serialization":
                yield from schemas(value)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from schemas(each)


def types_of(schema: dict[str, Any]) -> set[str]:
    kind = schema["type"]
    found = set(TYPES.get(kind, set()))
    found |= {error for bound, error in BOUNDS.items() if schema.get(bound) is not None and kind != "literal"}
    if kind == "str":
        found |= {"string_too_short"} if schema.get("min_length") else set()
        found |= {"string_too_long"} if schema.get("max_length") is not None else set()
    elif kind in ("list", "tuple", "dict"):
        found |= {"too_short"} if schema.get("min_length") else set()
        found |= {"too_long"} if schema.get("max_length") is not None else set()
    return found


def test_each_kind_of_schema_is_known_here() -> None:
    kinds = {schema["type"] for model in models() for schema in schemas(model.__pydantic_core_schema__)}
    assert kinds - set(TYPES) - WRAPPERS == set()


def test_whatever_a_schema_can_find_wrong_has_words() -> None:
    wanted = {
        found for model in models() for schema in schemas(model.__pydantic_core_schema__) for found in types_of(schema)
    }
    assert len(wanted) > 25
    assert (wanted | {"value_error"}) - set(REASONS) == set()


def test_each_type_is_one_of_pydantics() -> None:
    assert (
        set(REASONS) - set(get_args(core_schema.ErrorType)) - {"ip_any_address", "ip_v4_address", "ip_v6_address"}
        == set()
    )


@pytest.mark.parametrize(("context", "words"), [("'zh' or 'en'", "zh, en"), ("'a', 'b' or 'c'", "a, b, c"), ("0", "0")])
def test_choices_are_listed_without_english(context: str, words: str) -> None:
    told = reason_of({"type": "literal_error", "ctx": {"expected": context}})
    assert say(told, str) == f"One of these was expected: {words}."


def test_bounds_are_named() -> None:
    class Bounded(BaseModel):
        short: str = ""
        many: tuple[int, ...] = ()

    assert say(reason_of({"type": "string_too_long", "ctx": {"max_length": 5}}), str).startswith("At most 5 characters")
    assert say(reason_of({"type": "too_short", "ctx": {"min_length": 2}}), str).startswith("At least 2 entries")
    with pytest.raises(ValidationError) as wrong:
        Bounded.model_validate({"short": 5, "many": ["x"]})
    assert [reason_of(each).code for each in wrong.value.errors()] == ["input.text", "input.whole_number"]


def test_a_type_that_nobody_thought_of_is_told_by_its_name() -> None:
    assert reason_of({"type": "complex_type"}) == because("input.other", kind="complex_type")
    assert "input.other" in refusal_words()
