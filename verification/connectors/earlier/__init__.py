"""Earlier fact checks as others published or kept them: ClaimReview in its wrappings, and tables. Pure."""
