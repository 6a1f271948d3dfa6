"""One question to the web and its answer, as those who think about answers see them: no network, no database.

A connector is handed a `Fetch`. Behind it stand the host's lane, robots.txt, the door and the archive; the connector
sees only what it asked and what came back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.capture.outcome import Outcome
from claims.wording import Words, words


@dataclass(frozen=True, slots=True)
class Secret:
    """A header that carries a key: `header` and its value, where `{key}` stands for the key called `name`.

    The key itself is put in at the very last moment, and is never part of what is archived or shown.
    """

    name: str
    header: str
    value: str = "{key}"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `conditional`: send the validators of the last answer that was stored whole, if there is one.

    `invited`: the service is there to be asked like this, and the operator set it up. Its robots.txt, which speaks to
    crawlers (RFC 9309 §1), is not asked for; neither is that of a service that gave us a key.
    """

    url: str
    method: str = "GET"
    accept: str | None = None
    content_type: str | None = None
    body: bytes | None = None
    secret: Secret | None = None
    conditional: bool = False
    invited: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, or why nothing did (`sentence`, and no status).

    `body` is the entity, its content coding undone; `snapshot` is the id of the exchange's row, None where none was
    made (a page that is only tried). `headers` are those that are kept, names in lower case.
    """

    ask: Ask
    outcome: Outcome
    url: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None
    charset: str | None = None
    body: bytes = b""
    sentence: Words | None = None
    snapshot: int | None = None
    taken_at: datetime | None = None
    redirected: bool = False

    @property
    def ok(self) -> bool:
        """Whether the page came back."""
        return self.outcome is Outcome.OK

    def header(self, name: str) -> str | None:
        """Return one header's value."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    def text(self) -> str:
        """Return the body as text, in its charset (UTF-8 where it names none or an unknown one)."""
        try:
            return self.body.decode(self.charset or "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the body read as JSON. Raises `NotAsExpected`."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise NotAsExpected(
                self, words("%(url)s answered with something that is not JSON.", url=self.url)
            ) from error


Fetch = Callable[[Ask], Answer]
"""Asks, and returns an answer whatever came back. Raises `Later` alone."""


class Later(Exception):
    """The host may not be asked yet: come back in so many seconds. Whoever holds a row of work gives it back."""

    def __init__(self, seconds: float, sentence: Words) -> None:
        """Keep both."""
        self.seconds = seconds
        self.sentence = sentence
        super().__init__(str(sentence))


class Interrupted(Exception):
    """A question to a source that ended otherwise than with its answer; what was read before it counts."""

    def __init__(self, outcome: Outcome, sentence: Words, answer: Answer | None = None) -> None:
        """Keep all three."""
        self.outcome = outcome
        self.sentence = sentence
        self.answer = answer
        super().__init__(str(sentence))


class NotAsExpected(Interrupted):
    """The answer is not shaped as this source's answers are: FAILED, whatever its status says."""

    def __init__(self, answer: Answer, sentence: Words) -> None:
        """Keep both."""
        super().__init__(Outcome.FAILED, sentence, answer)


def needed(answer: Answer) -> Answer:
    """Return the answer if it is the page. Raises `Interrupted` with its outcome otherwise."""
    if answer.ok:
        return answer
    raise Interrupted(
        answer.outcome, answer.sentence or words("%(url)s did not answer with the page.", url=answer.url), answer
    )
