"""Why a verb on speakers does nothing."""

from claims.translation import say
from claims.wording import Words


class SpeakerRefused(Exception):
    """A verb on speakers changed nothing; `sentence` says why, and what to do instead."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence, and say it in the active language."""
        self.sentence = sentence
        super().__init__(say(sentence))
