"""Webhooks: what is told, how it is signed, and that every event arrives once under one id."""
