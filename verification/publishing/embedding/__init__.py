"""A check's card for other people's pages, and oEmbed, by which their programs find it."""
