"""Articles read again, for what was changed in them afterwards."""
