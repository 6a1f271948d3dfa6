"""Figures and dates of a claim held against a passage of a source, with the arithmetic line by line."""
