"""Who works here: everybody's own settings, the list of people, invitations, and what people are told."""
