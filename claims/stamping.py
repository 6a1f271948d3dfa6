"""Time stamps (RFC 3161) of what was archived."""
