"""`hotline check`: is everything there and as it should be? Each finding says what to do."""

from hotline.checks.finding import Finding, Level
from hotline.checks.run import run_checks

__all__ = ["Finding", "Level", "run_checks"]
