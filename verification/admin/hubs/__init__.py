"""The page of hubs: which are told that feeds changed, how each stands, and what an administrator can do about it."""
