"""How dates and times are written where the admin writes them, by language."""
