"""What each role finds when it logs in."""
