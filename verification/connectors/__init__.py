"""Where primary documents come from: one file per family. Pure: bytes in, frozen dataclasses out."""
