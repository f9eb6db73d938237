"""A feature that is not there: what it tells of itself is found all the same (tests/unit/test_made_up_feature.py)."""
