"""How people prove who they are: a second factor, and accounts of the company outside."""
