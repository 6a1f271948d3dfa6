"""From two judgments to what goes out: adjudication, drafting, sign-off, publication, correction."""
