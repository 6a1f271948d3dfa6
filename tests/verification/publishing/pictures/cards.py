"""A picture's card for tests, and what is looked at in a picture."""

from io import BytesIO

from PIL import Image

from verification.publishing.pictures.drawing import Card

CARD = Card(
    desk="The Mole Lantern",
    rating="False",
    mark="r1",
    tone="bad",
    claim="Every captain pays a penny for the lamps",
    by="Claimed by Ada Quillfeather",
    said="said 4 May 2031",
    dated="Published 5 May 2031",
)


def opened(data: bytes) -> Image.Image:
    """Return a picture as whoever gets it sees it, which must be whole."""
    picture = Image.open(BytesIO(data))
    picture.load()
    assert picture.format == "PNG"
    return picture.convert("RGB")
