"""What the declarations of features say of the columns of tables, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Table

from hotline.storage.personal import PersonalTable, can_hold_words

_WHERE = "in COLUMNS of hotline/storage/<its feature>/person.py"


def mistakes(tables: Iterable[Table], told: Iterable[PersonalTable], parts: Collection[str]) -> list[str]:
    """Each in words that say what to write where; none when every column that can hold words of a person is given out
    and deleted by exactly one part, or says why not. `parts`: the names of those in hotline.services."""
    by_table: dict[str, list[PersonalTable]] = {}
    for each in told:
        by_table.setdefault(each.table.name, []).append(each)
    return [mistake for table in tables for mistake in _of_table(table, by_table.get(table.name, []), parts)]


def _of_table(table: Table, told: list[PersonalTable], parts: Collection[str]) -> Iterator[str]:
    if len(told) != 1:
        yield f"{table.name}: {len(told)} features tell of it; one PersonalTable was expected, {_WHERE}"
        return
    [one] = told
    if one.part and list(parts).count(one.part) != 1:
        yield f"{table.name}: PARTS of hotline/services/<its feature>/personal.py must have one part named {one.part!r}"
    copies = Counter([*one.copied.split(), *one.not_copied, *one.repeats.split()])
    erasures = Counter([*one.erased.split(), *one.kept, *one.repeats.split()])
    nothing = Counter(name for names in one.nothing.values() for name in names.split())
    if (one.copied or one.erased) and not one.part:
        yield f"{table.name}: part must name who copies and erases, {_WHERE}"
    columns = {column.name for column in table.columns if can_hold_words(column)}
    for name in sorted({*copies, *erasures, *nothing} - columns):
        yield f"{table.name}.{name}: there is no such column that can hold words; take it away, {_WHERE}"
    for name in sorted(columns):
        how = (copies[name], erasures[name], nothing[name])
        if how == (0, 0, 0):
            yield (
                f"{table.name}.{name}: nobody tells whether it holds a person's number, name or words. Name it "
                f"{_WHERE}: under copied and erased, or under not_copied or kept with the reason, or under nothing if "
                "it never does"
            )
        elif how not in ((1, 1, 0), (0, 0, 1)):
            yield (
                f"{table.name}.{name}: it must stand once in copied or not_copied and once in erased or kept (or once "
                f"in repeats), or else once in nothing, {_WHERE}; it stands in {how[0]}, {how[1]} and {how[2]} of these"
            )
