"""The verdict package: a verdict with all it rests on, as one file that a stranger can verify (`docs/package.md`)."""
