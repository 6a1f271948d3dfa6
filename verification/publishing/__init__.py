"""The public side: what was published as pages, feeds and data; where it goes, who took it, what readers report."""
