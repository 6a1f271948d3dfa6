"""Hubs told that feeds changed, as publishers do by WebSub (W3C); hubs tell whoever subscribes to a feed."""
