"""The desk's settings: a page that says what is set and what it does, each with a way to try it, and their forms."""
