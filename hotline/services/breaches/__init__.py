"""F12: the register of breaches of our own people."""
