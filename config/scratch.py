"""Moved: use `benchmarks.scratch.scratch_database` (same signature)."""

from benchmarks.scratch import scratch_database as scratch_database
