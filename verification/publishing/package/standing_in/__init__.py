"""What the verifier's single file brings in place of compiled libraries: the same answers, slower, in plain Python."""
