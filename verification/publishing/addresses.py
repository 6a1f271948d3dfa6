"""The absolute addresses of what is public. An address once given stays: it is cited, fed and indexed."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses below `base`: scheme and host, without a slash at the end."""

    base: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Addresses":
        """Return the addresses below PUBLIC_URL, or below the host that was asked when it is not set."""
        return cls(settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}")

    def page(self, name: str) -> str:
        """Return the address of a page or feed of all checks, by its name in `urls.py`."""
        return self.base + reverse(f"public:{name}")

    def check(self, check: UUID) -> str:
        """Return the address of a check's current version."""
        return self.base + reverse("public:check", args=[check])

    def version(self, check: UUID, version: int) -> str:
        """Return the address of one version of a check."""
        return self.base + reverse("public:version", args=[check, version])

    def claimreview(self, check: UUID) -> str:
        """Return the address of a check's ClaimReview."""
        return self.base + reverse("public:claimreview", args=[check])

    def about(self, kind: str) -> str:
        """Return the address of what the desk tells of itself under a kind of `DeskText`."""
        return self.base + reverse("public:about_text", args=[kind])

    def sitemap(self, part: int) -> str:
        """Return the address of a part of the sitemap."""
        return self.base + reverse("public:sitemap_part", args=[part])

    def picture(self, check: UUID, version: int) -> str:
        """Return the address of the picture of one version of a check, for whoever shares it."""
        return self.base + reverse("public:picture", args=[check, version])

    def embed(self, check: UUID) -> str:
        """Return the address of a check's card, for a frame on another page."""
        return self.base + reverse("public:embed", args=[check])
