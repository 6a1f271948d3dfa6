"""The sample desk: invented articles and primary sources, and the local site that serves them to the first start."""
