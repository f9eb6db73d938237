"""One table of a definition of a kind: what is read of it is typed, and what nobody reads is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from hotline.domain.cases.kind import Words
from hotline.domain.cases.wrong_kind import WrongKind

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LONGEST = 200


class Part:
    """`place`: where in the file it stands. Every method that reads raises WrongKind."""

    def __init__(self, content: Any, source: str, place: str = "") -> None:
        self._source, self._place, self._read = source, place, set[str]()
        if not isinstance(content, Mapping):
            raise self.wrong("", "a table")
        self._content = content

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def wrong(self, key: str, expected: str) -> WrongKind:
        return WrongKind(self._source, ".".join(each for each in (self._place, key) if each) or "the file", expected)

    def name(self, key: str) -> str:
        found = self._get(key, None)
        if not isinstance(found, str) or not _NAME.fullmatch(found):
            raise self.wrong(key, "a name of a-z, 0-9 and _ that begins with a letter, at most 32 long")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        found = self._get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, str) and _NAME.fullmatch(each) for each in found):
            raise self.wrong(key, "a list of names of a-z, 0-9 and _")
        return tuple(found)

    def lists(self) -> dict[str, tuple[str, ...]]:
        """Of this table itself: each key with its list of names."""
        return {key: self.names(key) for key in self._content}

    def text(self, key: str, otherwise: str | None = None) -> str:
        found = self._get(key, otherwise)
        if not isinstance(found, str) or len(found) > _LONGEST or (found and not found.isprintable()):
            raise self.wrong(key, f"a text of one line, at most {_LONGEST} long")
        return found

    def number(self, key: str, otherwise: int) -> int:
        found = self._get(key, otherwise)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= 10_000:
            raise self.wrong(key, "a whole number from 0 to 10000")
        return found

    def decimal(self, key: str) -> float:
        found = self._get(key, None)
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 10_000:
            raise self.wrong(key, "a number from 0 to 10000")
        return float(found)

    def codes(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        found = self._get(key, [])
        if not isinstance(found, list) or any(each not in known for each in found):
            raise self.wrong(key, f"a list of {', '.join(known)}")
        return tuple(found)

    def truth(self, key: str) -> bool:
        found = self._get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false")
        return found

    def one_of(self, key: str, known: Collection[str]) -> str:
        found = self._get(key, None)
        if not isinstance(found, str) or found not in known:
            raise self.wrong(key, f"one of {', '.join(known)}")
        return found

    def some_of(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        found = self.names(key)
        if any(each not in known for each in found):
            raise self.wrong(key, f"some of {', '.join(known)}")
        return found

    def words(self, key: str = "") -> Words:
        """Of this table itself, or of the one that `key` names."""
        if key:
            return self.part(key).words()
        found = Words(self.text("zh"), self.text("en"))
        if not (found.zh.strip() and found.en.strip()):
            raise self.wrong("", "words in Chinese (zh) and English (en)")
        self.require_known()
        return found

    def part(self, key: str) -> Part:
        return Part(self._get(key, None), self._source, self._below(key))

    def parts(self, key: str) -> Iterator[Part]:
        """Of a list of tables."""
        found = self._get(key, [])
        if not isinstance(found, list):
            raise self.wrong(key, "a list of tables")
        for place, each in enumerate(found, 1):
            yield Part(each, self._source, f"{self._below(key)}[{place}]")

    def require_known(self) -> None:
        """Nothing stands here that was not read."""
        if unknown := sorted(set(self._content) - self._read):
            raise self.wrong(unknown[0], f"one of {', '.join(sorted(self._read))}")

    def _get(self, key: str, otherwise: Any) -> Any:
        self._read.add(key)
        if key not in self._content and otherwise is None:
            raise self.wrong(key, "it to be given")
        return self._content.get(key, otherwise)

    def _below(self, key: str) -> str:
        return ".".join(each for each in (self._place, key) if each)
