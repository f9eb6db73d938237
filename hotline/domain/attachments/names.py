"""Names of attached files. They come from anywhere: none leads into a folder, turns its order round, or ends as what
the file is not."""

from __future__ import annotations

import re
import unicodedata

from hotline.domain.attachments.types import TYPES

_LONGEST = 120

#: What no file name may hold, on any system.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')


def clean_name(given: str) -> str:
    """The name without folders and without what is not seen or turns the order of letters round (RTLO); "" for none."""
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(" " if unicodedata.category(each) in ("Zs", "Cc") else each for each in last if _is_seen(each))
    name = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    if len(name) <= _LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 8 else name[:_LONGEST]


def name_for_download(name: str, type: str) -> str:
    """The name with an ending of its type: of what ends otherwise the usual one is added."""
    known = TYPES.get(type, ("bin",))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return name if ending in known else f"{name or 'file'}.{known[0]}"


def _is_seen(each: str) -> bool:
    """Not: marks of direction and other signs without a shape (Cf), halves of signs (Cs), signs that nobody defined."""
    return unicodedata.category(each) not in ("Cf", "Cs", "Cn", "Co", "Zl", "Zp")
