"""Articles handed in, and how far the machine is with them."""
