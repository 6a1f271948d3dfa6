"""What outlets publish, followed on a schedule."""
