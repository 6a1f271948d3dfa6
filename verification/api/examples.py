"""What the API's description shows of each answer: an invented harbour, its lamps, and who counted them."""

from typing import Any, Final

CHECK_ID: Final = "5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21"
CANDIDATE_ID: Final = "8d7f3f0c-7f3e-4c55-9a55-0f1f6f7a2b10"
SEARCH_ID: Final = "2f1f9a54-63f5-4b0a-9b1b-5f6f0e1d3c42"
REPLY_ID: Final = "0f4c6a1e-3b52-4a8e-9d37-6c1b2a3f4e5d"
ARTICLE_ID: Final = "7a1e4b0d-9c52-4f6e-b3a8-2d0c5e8f1b96"
CLAIM_ID: Final = "e4c2b1a0-6d7f-4e8a-9b0c-1f2e3d4c5b6a"
SUBMISSION_ID: Final = "0d9a6e0e-6f3b-4c58-9d8e-6a2f0c1b7e55"
JUDGMENT_ID: Final = "b3f0a1c2-0d5e-4a7b-8c9d-1e2f3a4b5c6d"
_SHA256: Final = "0f" * 32
_PAGE: Final = f"https://checks.example/checks/{CHECK_ID}/"

Example = dict[str, Any]
_APPEARANCE: Final[Example] = {
    "title": "Lamps return",
    "outlet": "The Mole Lantern",
    "url": "https://lantern.example/lamps",
    "published": "2031-05-04",
    "captured": "2031-05-04T11:20:00+00:00",
    "sha256": _SHA256,
}
_EVIDENCE: Final[Example] = {
    "number": 1,
    "role": "tests_claim",
    "stance": "refutes",
    "tier": 0,
    "title": "Ledger of the harbour board",
    "issuer": "Port Example",
    "url": "https://port.example/ledger",
    "place": "page 2",
    "withheld": False,
    "published": "2031-05-02",
    "captured": "2031-05-05T08:00:00+00:00",
    "sha256": _SHA256,
    "exact": "Forty lamps, southern mole.",
    "prefix": "Bought in May: ",
    "suffix": " Paid in full.",
    "start": 120,
    "end": 147,
    "note": "",
    "quote_check": None,
}
VERDICT: Final[Example] = {
    "check": CHECK_ID,
    "version": 1,
    "url": f"{_PAGE}v1/",
    "claimreview": f"{_PAGE}claimreview.json",
    "claim": "We bought forty lamps for the northern mole.",
    "kind": "quotation",
    "claimant": "Ada Quillfeather",
    "claimant_kind": "person",
    "said": "2031-05-04",
    "language": "en",
    "rating": {"label": "Misleading", "value": 2, "worst": 1, "best": 5},
    "headline": "The ledger has forty lamps, for the southern mole",
    "explanation": "The board bought forty lamps, but for the southern mole [1].",
    "change": "initial",
    "note": "",
    "published": "2031-05-06T09:30:00+00:00",
    "first_published": "2031-05-06T09:30:00+00:00",
    "edited": None,
    "as_of": None,
    "current": True,
    "withdrawn": False,
    "checked_by": "",
    "second_by": "",
    "approved_by": "",
    "appearances": [_APPEARANCE],
    "evidence": [_EVIDENCE],
}
VERDICT_WHOLE: Final[Example] = VERDICT | {
    "challenged": False,
    "source_changed": False,
    "versions": [
        {
            "version": 1,
            "url": f"{_PAGE}v1/",
            "change": "initial",
            "note": "",
            "published": "2031-05-06T09:30:00+00:00",
            "rating": "Misleading",
            "current": True,
        }
    ],
    "searches": [],
    "parts": [],
    "package": {"url": f"{_PAGE}v1/package/", "sha256": _SHA256, "size": 48_213},
}
CLAIM: Final[Example] = {
    "check": CHECK_ID,
    "text": VERDICT["claim"],
    "kind": "quotation",
    "claimant": "Ada Quillfeather",
    "claimant_kind": "person",
    "claimant_same_as": [],
    "said": "2031-05-04",
    "rating": "Misleading",
    "url": _PAGE,
    "appearances": [_APPEARANCE],
}
CITED: Final[Example] = _EVIDENCE | {"check": CHECK_ID, "version": 1, "check_url": _PAGE}
CASE: Final[Example] = {
    "id": CHECK_ID,
    "number": "R-17",
    "state": "researching",
    "cycle": 1,
    "revision": 7,
    "claim": CLAIM_ID,
    "wording": VERDICT["claim"],
    "claimant": "Ada Quillfeather",
    "said": "2031-05-04",
    "language": "en",
    "priority": 0.7,
    "deadline": "2031-05-07T17:00:00+00:00",
    "change": "initial",
    "second_check": False,
    "as_of": None,
    "review_on": None,
    "held_until": None,
    "embargo_until": None,
    "duplicate_of": None,
    "check": None,
}
CASE_WHOLE: Final[Example] = CASE | {
    "topics": ["harbour"],
    "appearances": [
        {
            "article": ARTICLE_ID,
            "title": "Lamps return",
            "outlet": "The Mole Lantern",
            "url": "https://lantern.example/lamps",
            "exact": "We bought forty lamps for the northern mole",
            "prefix": "“",
            "suffix": "”, Ada Quillfeather told the board.",
            "start": 640,
            "end": 683,
        }
    ],
    "holder": "Cato Lamp",
    "steps": [
        {
            "verb": "hand_back",
            "path": "steps/hand_back/",
            "label": "Hand back",
            "reason": True,
            "allowed": True,
            "why_not": "",
        },
    ],
    "candidates": [
        {
            "id": CANDIDATE_ID,
            "title": "Ledger of the harbour board",
            "issuer": "Port Example",
            "url": "https://port.example/ledger",
            "tier": 0,
            "withheld": False,
            "sha256": _SHA256,
            "exact": "Forty lamps, southern mole.",
            "prefix": "Bought in May: ",
            "suffix": " Paid in full.",
            "start": 120,
            "end": 147,
            "role": "tests_claim",
            "quote_check": None,
            "figure_checks": None,
        }
    ],
    "searches": [
        {
            "id": SEARCH_ID,
            "source": None,
            "documents": 412,
            "outcome": "OK",
            "finished": "2031-05-05T08:00:00+00:00",
        }
    ],
    "ratings": [{"label": "Misleading", "meaning": "It leaves out what changes the meaning.", "value": 2}],
    "judgments": [
        {
            "id": JUDGMENT_ID,
            "mine": True,
            "person": "Cato Lamp",
            "hat": "first",
            "revision": 1,
            "submitted": False,
            "rating": "Misleading",
            "reasoning": "The ledger has forty lamps, for the southern mole [1].",
            "none_supports": True,
            "none_refutes": False,
            "sourcing_reason": "",
            "evidence": [
                {
                    "number": 1,
                    "candidate": CANDIDATE_ID,
                    "role": "tests_claim",
                    "stance": "refutes",
                    "note": "",
                    "exact": "Forty lamps, southern mole.",
                    "sha256": _SHA256,
                }
            ],
            "searches": [],
            "questions": [],
            "missing": ["Say why one source is enough."],
        }
    ],
    "draft": None,
    "replies": [
        {
            "id": REPLY_ID,
            "asked": "The harbour board",
            "channel": "e-mail",
            "by": "Cato Lamp",
            "asked_at": "2031-05-05T09:00:00+00:00",
            "deadline": "2031-05-06T17:00:00+00:00",
            "cycle": 1,
            "question": "For which mole were the lamps?",
            "outcome": "",
            "answer": "",
            "settled": None,
        }
    ],
    "rollup": "",
    "parts": [],
    "part_of": None,
}
ARTICLE: Final[Example] = {
    "id": SUBMISSION_ID,
    "status": "done",
    "url": "https://lantern.example/lamps",
    "error": None,
    "article": {
        "id": ARTICLE_ID,
        "title": "Lamps return",
        "outlet": "The Mole Lantern",
        "byline": "A. Gull",
        "language": "en",
        "url": "https://lantern.example/lamps",
        "published": "2031-05-04",
        "registered": "2031-05-04T11:20:00+00:00",
        "claims": {
            "count": 1,
            "items": [
                {
                    "id": CLAIM_ID,
                    "case": "https://checks.example/admin/verification/review/17/change/",
                    "case_id": CHECK_ID,
                    "case_url": f"https://checks.example/api/v1/cases/{CHECK_ID}/",
                    "check": None,
                }
            ],
        },
    },
    "address": f"https://checks.example/api/articles/{SUBMISSION_ID}",
}
FOUND: Final[Example] = {
    "case": f"https://checks.example/api/v1/cases/{CHECK_ID}/",
    "candidates": [CANDIDATE_ID],
}
SEARCH_DUE: Final[Example] = FOUND | {"candidates": []}
TABLE: Final = (
    "check,version,url,claim\r\n5c9d1f0e-52a9-4f0b-8f52-4b6a5d1c7e21,1,https://checks.example/…,We bought …\r\n"
)


def page(example: Example) -> Example:
    """Return a page that holds one such thing."""
    return {"results": [example], "next": None}
