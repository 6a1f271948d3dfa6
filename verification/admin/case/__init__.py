"""One case: its page, its sources, its judgment, its timeline, and the steps that a button does."""
