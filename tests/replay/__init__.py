"""A briefing-room site for tests and benchmarks: it serves documents that are handed in, under a clock one can move."""
