"""Wires the two apps together: settings, servers, broker, addresses."""
