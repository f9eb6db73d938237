"""Definitions are given new versions."""
