"""What the desk did, counted."""
