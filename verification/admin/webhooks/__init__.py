"""The pages of webhooks: who is told what was published, how each stands, and what became of every message."""
