"""Where verdicts went: who polls, who embeds, which hubs and subscribers were told."""
