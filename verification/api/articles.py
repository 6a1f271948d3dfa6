"""Handing in articles, as the API's description tells of it.

`verification.admin.intake.api` does it, at `/api/articles` since before there was this API; so it is described here by
hand, in the words of `docs/intake.md`.
"""

from collections.abc import Mapping
from typing import Any, Final

from claims.capture.given import FIELDS
from verification.api.described import JSON, PROBLEM, REFUSALS
from verification.api.examples import ARTICLE, SUBMISSION_ID
from verification.api.problems import MEDIA_TYPE

Schema = dict[str, Any]
TOLD: Final = "HandedInArticle"
STATUS: Final = ("due", "failed", "read", "done", "cancelled")
_ABOUT_FIELDS: Final[Mapping[str, str]] = {
    "url": "an address to fetch; beside a text, where it was published",
    "text": "the article as plain text",
    "html": "the article as HTML",
    "title": "its title",
    "outlet": "who published it",
    "byline": "who wrote it",
    "published": "when, as ISO 8601, no more exact than known",
    "found_at": "beside a text: where it was published, as `url`",
}
_REFUSED: Final[Mapping[int, str]] = {
    **REFUSALS,
    400: "No JSON in UTF-8, or an `Idempotency-Key` that is none.",
    403: "The token has not the scope `submit`, or its person may not hand in.",
    404: "Nothing was handed in under this address for the token's person.",
    409: "The key was used for another request.",
    422: "There is no article in it, or one that cannot be taken.",
    429: "More new articles than a token may hand in in a minute.",
    503: "The archive has no room.",
}


def article_paths() -> Schema:
    """Return the two operations as OpenAPI has them, by path."""
    return {
        "/api/v1/articles/": {"post": _hand_in()},
        "/api/v1/articles/{article}/": {"get": _ask()},
    }


def article_schemas() -> Schema:
    """Return the components that the operations refer to."""
    claim = _object(
        id=_text("id of the claim"),
        case=_text("address of its case on the desk", null=True),
        case_id=_text("id of its case", null=True),
        case_url=_text("address of its case in the API", null=True),
        check=_text("address of its check for readers; null while nothing is published", null=True),
    )
    claims = _object(count={"type": "integer"}, items={"type": "array", "items": claim})
    article = _object(
        id=_text("id of the article, as the `appearances` of a case have it"),
        title=_text("its title", null=True),
        outlet=_text("who published it", null=True),
        byline=_text("who wrote it", null=True),
        language=_text("BCP 47", null=True),
        url=_text("where it stands", null=True),
        published=_text("when, no more exact than known", null=True),
        registered=_text("when it was taken in"),
        claims=claims,
    )
    told = _object(
        id=_text("id of the handing-in"),
        status={"type": "string", "enum": list(STATUS), "description": "how far it is"},
        url=_text("the address that was handed in", null=True),
        error=_text("what went wrong, or what it waits for", null=True),
        article={"anyOf": [article, {"type": "null"}], "description": "null until it was fetched"},
        address=_text("where to ask what became of it"),
    )
    return {TOLD: told}


def _hand_in() -> Schema:
    body = {
        "type": "object",
        "properties": {name: _text(_ABOUT_FIELDS[name], null=True) for name in FIELDS},
        "additionalProperties": False,
    }
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
        "description": "Names this request: sent again with the same body, it is done once.",
    }
    example = {"url": ARTICLE["url"]}
    sent = {JSON: {"schema": body, "examples": {"AsItIsSent": {"value": example}}}}
    done = {
        200: "It was here already: as it stands now.",
        201: "A text, read and stored.",
        202: "An address, which a worker will fetch; `Location` is where to ask.",
    }
    return {
        "operationId": "hand_in_article",
        "summary": "Hand an article in",
        "description": "An address alone, which is fetched, or a text (`text` or `html`) with what is known of it.",
        "tags": ["desk"],
        "security": [{"token": []}],
        "parameters": [key],
        "requestBody": {"content": sent, "required": True},
        "responses": _answers(done, 400, 401, 403, 409, 411, 413, 415, 422, 429, 503),
    }


def _ask() -> Schema:
    article = {
        "name": "article",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
        "description": f"What handing it in was answered with as `id`: {SUBMISSION_ID}.",
    }
    return {
        "operationId": "article",
        "summary": "Ask what became of an article",
        "description": "Any token of the person for whom it was handed in may ask, with the scope `submit`.",
        "tags": ["desk"],
        "security": [{"token": []}],
        "parameters": [article],
        "responses": _answers({200: "What became of it."}, 401, 403, 404),
    }


def _answers(done: Mapping[int, str], *refused: int) -> Schema:
    told = {"schema": {"$ref": f"#/components/schemas/{TOLD}"}, "examples": {"AsItIsAnswered": {"value": ARTICLE}}}
    problem = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {"Problem": {"value": PROBLEM.value}},
    }
    good = {str(status): {"description": said, "content": {JSON: told}} for status, said in done.items()}
    return good | {
        str(status): {"description": _REFUSED[status], "content": {MEDIA_TYPE: problem}} for status in refused
    }


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _text(description: str, *, null: bool = False) -> Schema:
    return {"type": ["string", "null"] if null else "string", "description": description}
