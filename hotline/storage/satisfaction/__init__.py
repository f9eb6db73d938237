"""How satisfied customers are: what they say after a call, and in questionnaires."""
