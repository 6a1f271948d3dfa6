"""The marks of ratings and notices as masks, in the shapes that pages give them (`templates/readout/icons.html`)."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PIL import Image, ImageDraw

STEPS: Final = 5
_FINE: Final = 4
"""So many times larger than it is shown a mark is drawn, and then made smaller: Pillow leaves edges of shapes rough."""


class _Pen:
    """Draws lines and shapes in the units of a mark's own drawing."""

    def __init__(self, width: float, height: float, pixels: int, stroke: float) -> None:
        """Make a sheet of so many units, so many pixels high; lines are `stroke` units wide."""
        self._unit = pixels * _FINE / height
        self._stroke = max(1, round(stroke * self._unit))
        self._size = round(width / height * pixels), pixels
        self._sheet = Image.new("L", (self._size[0] * _FINE, pixels * _FINE))
        self._drawing = ImageDraw.Draw(self._sheet)

    def _at(self, *numbers: float) -> list[float]:
        return [number * self._unit for number in numbers]

    def line(self, *points: float) -> None:
        """Draw a line from point to point (x, y, x, y …), with round ends."""
        at = self._at(*points)
        self._drawing.line(at, 255, self._stroke)
        reach = self._stroke / 2
        for x, y in zip(at[::2], at[1::2], strict=True):
            self._drawing.ellipse((x - reach, y - reach, x + reach, y + reach), 255)

    def circle(self, x: float, y: float, radius: float) -> None:
        """Draw a circle around a point."""
        outer = radius + self._stroke / self._unit / 2
        self._drawing.ellipse(self._at(x - outer, y - outer, x + outer, y + outer), outline=255, width=self._stroke)

    def box(self, x: float, y: float, width: float, height: float, *, filled: bool) -> None:
        """Draw a box with round corners."""
        half = self._stroke / self._unit / 2
        self._drawing.rounded_rectangle(
            self._at(x - half, y - half, x + width + half, y + height + half),
            radius=1.5 * self._unit + self._stroke / 2,
            fill=255 if filled else 0,
            outline=255,
            width=self._stroke,
        )

    def mask(self) -> Image.Image:
        """Return what was drawn, in its own size."""
        return self._sheet.resize(self._size, Image.Resampling.LANCZOS)


def meter(step: int, height: int) -> Image.Image:
    """Return the five steps of the scale, one of them filled; none at 0."""
    pen = _Pen(52, 12, height, 1)
    for number in range(STEPS):
        pen.box(1 + 10.4 * number, 1.5, 8.4, 9, filled=number + 1 == step)
    return pen.mask()


def dashes(height: int) -> Image.Image:
    """Return the mark of a rating beside the scale."""
    pen = _Pen(52, 12, height, 1)
    for start in range(1, 51, 6):
        pen.line(start, 6, min(start + 3, 51), 6)
    return pen.mask()


def absent(height: int) -> Image.Image:
    """Return the mark of what was withdrawn: a circle, struck through."""
    pen = _Pen(16, 16, height, 1.6)
    pen.circle(8, 8, 5.5)
    pen.line(4.2, 11.8, 11.8, 4.2)
    return pen.mask()


def warning(height: int) -> Image.Image:
    """Return the mark of a notice: a triangle with a call inside."""
    pen = _Pen(16, 16, height, 1.4)
    pen.line(8, 2.5, 14.5, 13.5, 1.5, 13.5, 8, 2.5)
    pen.line(8, 6.8, 8, 9.8)
    pen.line(8, 11.6, 8, 11.7)
    return pen.mask()


MARKS: Final[dict[str, Callable[[int], Image.Image]]] = {
    "r0": dashes,
    "rnone": partial(meter, 0),
    **{f"r{step}": partial(meter, step) for step in range(1, STEPS + 1)},
    "absent": absent,
    "warn": warning,
}
"""Marks by the names that pages know them by; each takes its height in pixels."""
