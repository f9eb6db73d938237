"""What must be done by when: one way to count for every promise, callback, case and visit."""
