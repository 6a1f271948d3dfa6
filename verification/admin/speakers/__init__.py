"""Speakers: who claims are attributed to, described, joined and parted."""
