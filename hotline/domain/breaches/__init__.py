"""F12: breaches of our own people, listed with evidence, their own word and what follows."""
