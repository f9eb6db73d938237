"""F3: each person's and each team's month is scored, signed, closed and objected to."""
