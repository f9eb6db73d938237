"""Pages of long lists."""

from __future__ import annotations

import re
from collections.abc import Mapping

PAGE_SIZE = 50
#: Pages beyond are refused: the way to an old call is a date, and the database would count through all before it.
MAX_PAGE = 2000


def page_asked(args: Mapping[str, str], most: int) -> int:
    """?page=, from 1 to `most`; anything else is the first."""
    value = args.get("page", "")
    return min(max(int(value), 1), most) if re.fullmatch(r"[0-9]{1,6}", value) else 1
