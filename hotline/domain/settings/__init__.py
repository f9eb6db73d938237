"""Settings that are decided while the hotline runs: what was decided, by whom, from when."""
