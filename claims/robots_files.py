"""What the robots.txt of each origin says, kept for a day at most."""
