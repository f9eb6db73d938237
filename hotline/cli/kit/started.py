"""How one of our processes starts another."""

from __future__ import annotations

import sys


def command_of(*arguments: str) -> list[str]:
    """How a process of ours is started."""
    # -P: whatever the folder we were called from holds, the program is this one.
    return [sys.executable, "-P", "-m", "hotline.cli", *arguments]
