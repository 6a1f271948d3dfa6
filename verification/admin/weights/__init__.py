"""What is worth checking: the weights of features and topics, what other ones would change, and who set them."""
