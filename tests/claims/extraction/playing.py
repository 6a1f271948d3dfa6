"""A real endpoint on the loopback interface that does as the page tells it, or worse."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.claims.capture.loopback import LoopbackServer, response

PATH = "/v1/chat/completions"

Reply = Callable[[str], Any]
"""Makes what the model says out of the text it was shown: a text, or what is written as JSON."""


class PlayedEndpoint(LoopbackServer):
    """Answers chat completions with what `reply` makes of the article; `asked` are the bodies it was sent."""

    def __init__(self, reply: Reply) -> None:
        super().__init__({PATH: lambda connection: connection.sendall(self._answer(reply))})

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Return the bodies of the requests, read as JSON."""
        return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in self.requests]

    @property
    def base(self) -> str:
        """Return the address to set, under a name that has to be let in."""
        return f"http://models.example:{self.port}/v1"

    def _answer(self, reply: Reply) -> bytes:
        said = reply(shown(self.asked[-1]))
        content = said if isinstance(said, str) else json.dumps(said)
        return completion(content)


def completion(content: Any) -> bytes:
    """Return the whole response that carries `content` as an assistant's message."""
    body = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}}],
    }
    return response(json.dumps(body).encode(), headers=["Content-Type: application/json"])


def shown(asked: dict[str, Any]) -> str:
    """Return the article out of the block it was sent in."""
    block: str = asked["messages"][1]["content"]
    match = re.fullmatch(r"<(article-[0-9a-f]{16})>\n(.*)\n</\1>", block, re.DOTALL)
    assert match is not None
    return match[2]


def every_sentence(text: str) -> Any:
    """Point to whatever ends with a full stop, as a diligent model would, and to places that are none."""
    found = []
    for match in re.finditer(r"[^.\n]+\.?", text):
        exact = match.group().lstrip()
        if exact.endswith("."):
            start = match.end() - len(exact)
            found.append({"exact": exact, "start": start, "end": match.end(), "kind": "event", "speaker": None})
    return {"claims": [*found, {"exact": "No such words stand there.", "start": 0, "end": 26}, *found[:3]]}
