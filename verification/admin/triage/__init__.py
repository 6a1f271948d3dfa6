"""An article with its claims marked in place, and what is decided about each."""
