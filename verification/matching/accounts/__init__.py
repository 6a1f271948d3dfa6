"""Two accounts of one event, laid side by side."""
