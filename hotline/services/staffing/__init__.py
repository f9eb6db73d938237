"""How many calls will come, and how many people they need."""
