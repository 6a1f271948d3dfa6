"""Who works here: invitations, settings, what they are told."""
