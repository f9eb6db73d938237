"""Reports: the figures of the hotline, what each one means, and what they are counted from."""
