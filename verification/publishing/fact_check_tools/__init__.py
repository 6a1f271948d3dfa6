"""`claims:search`, asked and answered as Google's Fact Check Tools API is, so that its own clients work here."""
