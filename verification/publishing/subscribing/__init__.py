"""Corrections by mail: readers who subscribe without an account, and what is sent to them."""
