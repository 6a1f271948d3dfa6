"""How much the archive holds, and when that is too much."""
