"""The commands that run the hotline: one a process, `up` for all, `simulate` for callers."""
