"""`hotline check`: is everything there and as it should be? Each finding says what to do."""

from hotline.checks.run import run_checks
from hotline.services.check import CheckResult, Level

__all__ = ["CheckResult", "Level", "run_checks"]
