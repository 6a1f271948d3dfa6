"""Whom the desk takes documents and articles from: sources, outlets, hosts, and what the shipped catalogue offers."""
