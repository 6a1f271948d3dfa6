"""One file per family of issuers: what their lists, feeds, searches and pages look like.."""
