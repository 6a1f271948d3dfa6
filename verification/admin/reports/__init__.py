"""What readers say is wrong with published checks: an editor takes it up, or sets it aside with a reason."""
