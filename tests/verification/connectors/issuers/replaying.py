"""A site as a dict of addresses and replies, for a connector's `fetch` where the network is not the matter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from claims.capture.asking import Answer, Ask
from claims.capture.media import content_type
from claims.capture.outcome import outcome_of
from claims.wording import words


@dataclass(frozen=True)
class Reply:
    """One response. `url` is where redirects ended, where that is another address."""

    body: str | bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    url: str | None = None

    def answer(self, ask: Ask) -> Answer:
        """Return it as `PoliteFetch` would."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        media_type, charset = content_type(self.kind)
        outcome = outcome_of(self.status, self.headers)
        return Answer(
            ask,
            outcome,
            self.url or ask.url,
            status=self.status,
            headers=(("content-type", self.kind), *((name.lower(), value) for name, value in self.headers)),
            media_type=media_type,
            charset=charset,
            body=body,
            sentence=None
            if outcome == "OK"
            else words("%(url)s answered %(status)s.", url=ask.url, status=self.status),
            redirected=self.url is not None,
        )


Answering = Callable[[Ask], Answer]


@dataclass
class Replay:
    """A `Fetch` over `site`, which maps an address (or "POST address") to its reply; what is not there is a 404.

    `instead` answers every question itself where it is given. `asked` are the questions, in order.
    """

    site: Mapping[str, Reply] = field(default_factory=dict)
    instead: Answering | None = None
    asked: list[Ask] = field(default_factory=list)

    def __call__(self, ask: Ask) -> Answer:
        """Answer one question."""
        self.asked.append(ask)
        if self.instead is not None:
            return self.instead(ask)
        named = ask.url if ask.method == "GET" else f"{ask.method} {ask.url}"
        return self.site.get(named, Reply("Not here.", status=404)).answer(ask)

    @property
    def urls(self) -> list[str]:
        """The addresses asked for."""
        return [ask.url for ask in self.asked]
