"""The version of the order: stored with every search, raised whenever the same documents may come in another order."""

RANKING_VERSION = "2"
