"""Who may see a number whole, hear a side of a call, and do what to a record: each asked in one place (A14, E4, F5).

Everything here is pure: what it goes by is looked up by the services and handed in. None of it can be written by whom
it is asked about: it follows from the calls, and from what somebody has taken in plain view.
"""
