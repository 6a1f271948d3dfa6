"""The picture that networks show beside a link to a check: what it says (`serving`), and how that is drawn."""
