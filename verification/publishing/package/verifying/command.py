"""The verifier's command line: the same in the single file as in `manage.py verify_package`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from claims.wording import Words, words
from verification.publishing.package.canonical_zip import MOST_BYTES
from verification.publishing.package.verifying.reporting import SIGNS, Report
from verification.publishing.package.verifying.verify import verify
from verification.review.signed_note import NoteFault, read_verifier

Say = Callable[[Words], str]


class Unreadable(Exception):
    """There is no file to be verified, or no key to verify it with; `sentence` says why."""

    def __init__(self, sentence: Words) -> None:
        """Keep the sentence."""
        self.sentence = sentence
        super().__init__(str(sentence))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file and the key."""
    parser.add_argument("file", type=Path, help="the package")
    parser.add_argument("--key", help="the desk's public key (name+id+base64), as its page /checks/log/ gives it")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def verified(file: Path, key: str | None) -> Report:
    """Return what holds of a file. Raises `Unreadable`."""
    try:
        trusted = read_verifier(key) if key else None
    except NoteFault as error:
        raise Unreadable(error.sentence) from error
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(words("%(file)s: %(why)s", file=file, why=error.strerror or error)) from error
    return verify(data, trusted)


def told(report: Report, *, as_json: bool, say: Say = str) -> str:
    """Return the report as it is printed."""
    if as_json:
        lines = [{"mark": str(line.mark), "what": _shown(say(line.what))} for line in report.lines]
        found = {"holds": report.holds, "signer_checked": report.signer_checked, "lines": lines}
        return json.dumps(found, ensure_ascii=False, indent=1)
    written = [f"{SIGNS[line.mark]} {_shown(say(line.what))}" for line in report.lines]
    return "\n".join([*written, say(_end(report))])


def _end(report: Report) -> Words:
    if not report.holds:
        return words("The package does NOT hold.")
    if report.signer_checked:
        return words("The package holds.")
    return words("The package holds in itself; whose it is was not checked.")


def _shown(text: str) -> str:
    """Return a line that does nothing but be read: what a package says may hold line ends, escapes, turned text."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one package; 0 where it holds, 1 where anything does not, 2 where there is nothing to be verified."""
    parser = argparse.ArgumentParser(prog="verify_readout.pyz", description="Verify a verdict package of Readout.")
    add_arguments(parser)
    options = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        report = verified(options.file, options.key)
    except Unreadable as error:
        print(error.sentence, file=sys.stderr)  # noqa: T201 (this is a program)
        return 2
    print(told(report, as_json=options.json))  # noqa: T201
    return 0 if report.holds else 1
