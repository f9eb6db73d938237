"""Numbers of rows on the command line."""

from __future__ import annotations

import click

from hotline.domain.ids import MAX_ID, parse_id


class IdType(click.ParamType):  # type: ignore[type-arg]  # generic in the newest click alone
    name = "id"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = parse_id(str(value))
        if found is None:
            self.fail(f"a number from 1 to {MAX_ID} was expected, got {str(value)[:40]!r}", param, ctx)
        return found


#: The type of an argument that is the id of a row.
ID = IdType()
