"""What the API tells, as serializers: one for each kind of thing, which writes it and describes it."""
