"""Whether a claim was made before: reads posts as well as prose, scores known claims, and says what speaks against."""
