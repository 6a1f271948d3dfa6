"""British English, on a 24-hour clock, as the pages of the desk write it."""

DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
DATE_FORMAT = "j M Y"
