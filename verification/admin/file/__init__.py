"""What belongs to a case beside its judgment."""
