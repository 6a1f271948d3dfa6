"""Why a page did not come, in one sentence that says what a person can do instead."""

from claims.capture.outcome import Outcome
from claims.wording import Words, words


def no_page(outcome: Outcome, url: str, status: int) -> Words | None:
    """Return what to say of an answer whose status has this outcome; None of the page. `url` is shown as given."""
    if outcome is Outcome.OK:
        return None
    if outcome is Outcome.NOT_MODIFIED:
        return words("%(url)s has not changed since it was last stored.", url=url)
    if outcome is Outcome.THROTTLED:
        return words("%(url)s is asked too much, it says (status %(status)s): try again later.", url=url, status=status)
    if outcome is Outcome.REFUSED:
        return words(
            "%(url)s does not let programs in (status %(status)s): open it in a browser, save the page and upload it.",
            url=url,
            status=status,
        )
    return words("%(url)s answered with status %(status)s, not with the page.", url=url, status=status)


def robots_say_no(host: str) -> Words:
    """Return what to say of a page that a robots.txt closes."""
    return words(
        "The robots.txt of “%(host)s” asks programs not to fetch this page: open it in a browser, save the page and "
        "upload it.",
        host=host,
    )


def robots_unknown(host: str, status: int | None) -> Words:
    """Return what to say where a robots.txt could not be had: its status, or None where nobody answered."""
    if status is None:
        return words(
            "“%(host)s” did not answer when asked what programs may fetch, so nothing else is asked: try again in a "
            "few minutes, or open the page in a browser, save it and upload it.",
            host=host,
        )
    return words(
        "“%(host)s” does not tell what programs may fetch (its robots.txt has status %(status)s), so nothing is "
        "fetched there for now: open the page in a browser, save it and upload it.",
        host=host,
        status=status,
    )
