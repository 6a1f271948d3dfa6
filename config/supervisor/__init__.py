"""What `make run` runs: web, worker and beat as children, and the embedded servers below them, until Ctrl-C."""
