"""Examination of calls: score forms, which calls are examined by whom, and how far examiners agree. Pure."""
