"""A 400-number call centre on Asterisk: every call logged, recorded and measured against the service rules."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("hotline")
except PackageNotFoundError:  # run from a tree that was never installed
    __version__ = "0.0.0"
