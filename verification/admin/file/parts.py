"""The panel of a case file that tells a compound claim's parts and what they propose, or of which claim it is one."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.file.panel import Panel
from verification.review.parts import whole_of, whole_that_has
from verification.review.standing import Standing


def panel(request: HttpRequest, standing: Standing) -> Panel | None:
    """Return the parts of a compound claim, or the whole of a part; None for a simple claim."""
    whole = whole_of(standing.review)
    part_of = None if whole else whole_that_has(standing.review)
    if not whole and not part_of:
        return None
    context = {"whole": whole, "part_of": part_of}
    return Panel("parts", _("Parts of the claim"), "desk/file_parts.html", context, len(whole.parts) if whole else None)
