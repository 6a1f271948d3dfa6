"""The engine that asks a model over the network, wired: its settings, and the door it asks through.

    EXTRACTION_ENGINES=claims.extraction.english.EnglishEngine,claims.engines.endpoint

The extraction itself is `claims.extraction.endpoint`, which knows neither settings nor network.
"""

from django.conf import settings

from claims.capture.asking import Ask, Later, Secret
from claims.extraction.endpoint import EndpointEngine
from claims.extraction.engines import EngineUnavailable
from claims.fetching import PoliteFetch
from claims.lanes import Pace
from claims.wording import words

KEY = "extraction-endpoint"
"""Under this name the settings keep the endpoint's key among those of sources."""

LONGEST_SECONDS = 240
"""A worker is stopped after five minutes."""


def endpoint() -> EndpointEngine:
    """Return the engine that asks the endpoint the operator set up; raise ValueError where a setting is missing."""
    for name in ("EXTRACTION_ENDPOINT_URL", "EXTRACTION_ENDPOINT_MODEL"):
        if not getattr(settings, name):
            raise ValueError(f"{name} is not set, and nobody is asked without it")
    if settings.EXTRACTION_ENDPOINT_SECONDS > LONGEST_SECONDS:
        raise ValueError(f"EXTRACTION_ENDPOINT_SECONDS has to be {LONGEST_SECONDS} or less")
    return EndpointEngine(
        send=send,
        model=settings.EXTRACTION_ENDPOINT_MODEL,
        characters=settings.EXTRACTION_ENDPOINT_CHARACTERS,
        tokens=settings.EXTRACTION_ENDPOINT_TOKENS,
    )


def send(body: bytes) -> bytes:
    """Ask the endpoint once and return what it answered, archived like every exchange, the key withheld.

    Its host's lane in PostgreSQL counts the requests of the day. Raises EngineUnavailable.
    """
    seconds = float(settings.EXTRACTION_ENDPOINT_SECONDS)
    ask = Ask(
        f"{settings.EXTRACTION_ENDPOINT_URL}/chat/completions",
        method="POST",
        accept="application/json",
        content_type="application/json",
        body=body,
        secret=Secret(KEY, "Authorization", "Bearer {key}") if settings.SOURCE_KEYS.get(KEY) else None,
        invited=True,
    )
    pace = Pace(settings.FETCH_GAP_SECONDS, settings.EXTRACTION_ENDPOINT_DAILY)
    try:
        with PoliteFetch(seconds=seconds, silence=seconds, pace=pace) as fetch:
            answer = fetch(ask)
    except Later as later:
        raise EngineUnavailable(later.sentence) from later
    if not answer.ok:
        raise EngineUnavailable(answer.sentence or words("%(url)s did not answer.", url=answer.url))
    return answer.body
