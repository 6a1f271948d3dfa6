"""Why Readout does not start, in one sentence."""


class StartError(Exception):
    """Readout cannot start; the text is one sentence that says what to do."""
