"""The verifier. It knows no Django, no database and no network, and goes into the file that strangers run."""
