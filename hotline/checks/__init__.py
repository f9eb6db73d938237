"""`hotline check`: is everything there and as it should be? Each finding says what to do."""

from hotline.checks.result import CheckResult, Level
from hotline.checks.run import run_checks

__all__ = ["CheckResult", "Level", "run_checks"]
