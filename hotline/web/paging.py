"""Pages of long lists."""

from __future__ import annotations

import re
from collections.abc import Mapping


def page_asked(args: Mapping[str, str], most: int) -> int:
    """?page=, from 1 to `most`; anything else is the first."""
    value = args.get("page", "")
    return min(max(int(value), 1), most) if re.fullmatch(r"[0-9]{1,6}", value) else 1
