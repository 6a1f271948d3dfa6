"""WebSub: what hubs are told, that they are told until they take it, and a real hub that delivers."""
