"""A carrier, callers, an operator's phone and a duty mobile, played by a second private Asterisk.

They talk SIP to the real one, so a newcomer without trunk or phone sees the whole way of a call. The simulation
has a home of its own (HOTLINE_HOME/simulation): the site's settings, ledger and recordings are not touched.
"""
