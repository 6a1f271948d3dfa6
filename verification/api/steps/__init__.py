"""The steps of a case that a token may do: a file for each part of a case's life, one list of them in `every`."""
