"""Fact checks from before this desk: looked through, and handed in as a file."""
