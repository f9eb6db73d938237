"""Every setting stands in config/hotline.toml, with a comment that says what it is."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from hotline.settings.hours import HoursPeriod
from hotline.settings.layers import DEFAULTS
from hotline.settings.schema import Settings

TEXT = DEFAULTS.read_text("utf-8")
#: Example tables that stand in the file as comments: what they show is read too.
_EXAMPLE = re.compile(r"^# (?=\[|[a-z_]+ = )", re.MULTILINE)
_KEY = re.compile(r"^(?:# )?([a-z_]+) = ")


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The sections that a key of this type holds: itself, or as entries of a table or list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [] if annotation is HoursPeriod else [annotation]
    if typing.get_origin(annotation) in (dict, tuple, list, typing.Annotated, typing.Union, types.UnionType):
        return [model for part in typing.get_args(annotation) for model in _models(part)]
    return []


def _keys(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Dotted keys of the schema; a name that the site gives itself is `*`."""
    for name, field in model.model_fields.items():
        inner = _models(field.annotation)
        named = typing.get_origin(field.annotation) is dict
        yield f"{above}{name}"
        for each in inner:
            yield from _keys(each, f"{above}{name}.*." if named else f"{above}{name}.")


def _written(table: dict[str, Any], model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Dotted keys of the file, spelt as `_keys` spells them."""
    for name, value in table.items():
        field = model.model_fields.get(name)
        yield f"{above}{name}"
        inner = _models(field.annotation) if field else []
        named = field is not None and typing.get_origin(field.annotation) is dict
        entries = list(value.values()) if named else value if isinstance(value, list) else [value]
        for entry in entries:
            for each in inner:
                if isinstance(entry, dict):
                    yield from _written(entry, each, f"{above}{name}.*." if named else f"{above}{name}.")


WITH_EXAMPLES = tomllib.loads(_EXAMPLE.sub("", TEXT))
#: Read from the comment of `always` and `backups`, which show an entry.
SHOWN_IN_COMMENTS = {"duty.always.person", "duty.always.number"}
#: Tables whose default is that they have nothing: the examples show what they may have.
EMPTY_TABLES = {"hours", "calendar", "duty", "satisfaction"}


def test_every_key_of_the_schema_stands_in_the_file() -> None:
    assert set(_keys(Settings)) - set(_written(WITH_EXAMPLES, Settings)) - SHOWN_IN_COMMENTS == set()


def test_the_keys_below_tables_and_lists_are_looked_at_too() -> None:
    wanted = {"roster.starts_at", "roster.backups.number", "queues.*.no_operator", "menus.*.keys.*.subject"}
    assert wanted <= set(_keys(Settings))
    assert wanted <= set(_written(WITH_EXAMPLES, Settings))


def test_every_key_of_the_file_stands_in_the_schema() -> None:
    assert set(_written(WITH_EXAMPLES, Settings)) - set(_keys(Settings)) == set()


def test_the_examples_in_the_file_are_valid() -> None:
    Settings.model_validate(WITH_EXAMPLES)


def _first_of_each() -> list[str]:
    """The lines with a key; of the categories, which are many, the first line with each key."""
    table, seen, found = "", set(), []
    for line in TEXT.splitlines():
        if line.startswith(("[", "# [")):
            table = re.sub(r"^(# )?\[(categories)\.\w+\].*", r"\2", line)
        key = _KEY.match(line)
        if key and (table != "categories" or (table, key[1]) not in seen):
            seen.add((table, key[1]))
            found.append(line)
    return found


@pytest.mark.parametrize("line", _first_of_each())
def test_every_key_has_a_comment(line: str) -> None:
    value = line.removeprefix("# ")
    assert re.search(r"\s# ?\S.*$", re.sub(r'"[^"]*"', '""', value)), f"no comment: {line}"


def test_the_defaults_written_twice_agree() -> None:
    """Entries that the site names itself have defaults in the schema; the file shows the same ones."""
    for table, model in (("queues", "service"), ("menus", "main"), ("lines", "main"), ("operators", "1001")):
        entry = WITH_EXAMPLES[table][model]
        [schema] = _models(Settings.model_fields[table].annotation)
        defaults = {
            name: field.get_default(call_default_factory=True)
            for name, field in schema.model_fields.items()
            if not field.is_required()
        }
        for name, default in defaults.items():
            if table == "lines" and name in EMPTY_TABLES:
                assert default.model_dump(exclude_unset=True) == {} and entry[name], f"{table}.{model}.{name}"
                continue
            assert entry[name] == (list(default) if isinstance(default, tuple) else default), f"{table}.{model}.{name}"
