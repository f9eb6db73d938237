"""How the jobs ran: each stretch of runs that came to the same."""
