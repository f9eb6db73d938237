"""How operators say their own name (C1): in full, or as 小李 and 姓李."""

from __future__ import annotations

from collections.abc import Sequence

_NAME = "{name}"
_COMPOUND = frozenset(("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯"))


def with_name(phrases: Sequence[str], name: str) -> tuple[str, ...]:
    """The phrases with {name} as each way of saying it. Without a Chinese name nobody can say what is to be heard, so
    that a phrase with it is left out."""
    ways = "|".join(ways_of(name))
    return tuple(phrase.replace(_NAME, ways) for phrase in phrases if ways or _NAME not in phrase)


def ways_of(name: str) -> tuple[str, ...]:
    """() for a name that is not Chinese."""
    plain = name.strip()
    if len(plain) < 2 or not all("一" <= character <= "鿿" for character in plain):
        return ()
    surname = plain[:2] if plain[:2] in _COMPOUND else plain[0]
    return (plain, f"小{surname}", f"姓{surname}")
