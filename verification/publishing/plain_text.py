"""Text from anywhere, made fit for XML, JSON and one line."""

import re
import unicodedata

# What XML 1.0 cannot hold even when escaped, lone surrogates included (its production `Char`, the other way round), and
# what it discourages (section 2.2) and validators warn of: control characters from U+007F to U+009F, noncharacters.
_PLANES = "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
_UNPRINTABLE = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
# In old titles these are letters and quotation marks of Windows-1252, as the HTML standard reads references to them
# (13.2.5.80, "numeric character reference end state").
_MEANT = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def printable(text: str) -> str:
    """Return the text without the characters that no XML document should hold; for some there is what was meant."""
    return _UNPRINTABLE.sub(lambda found: _MEANT.get(found[0], ""), text)


def one_line(text: str, length: int) -> str:
    """Return the text on one line, cut to `length` characters with an ellipsis; no mark is parted from its letter."""
    line = " ".join(printable(text).split())
    if len(line) <= length:
        return line
    end = length - 1
    while end > 0 and unicodedata.combining(line[end]):
        end -= 1
    return f"{line[:end]}…"


def web_address(url: str | None) -> str | None:
    """Return the address when a browser may be sent there: http or https, and nothing that would run."""
    return printable(url).strip() if url and _WEB.match(url.strip()) else None
