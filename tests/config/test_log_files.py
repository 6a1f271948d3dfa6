"""Logs that stay small, and the line of them that a person is shown."""

from pathlib import Path

import pytest

from config.embedded import logfiles


def test_a_log_that_grew_too_large_is_copied_aside_and_emptied_under_its_writer(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"old\n" * 10)
        logfiles.cap(log, largest=100)
        assert logfiles.size(log) == 40
        logfiles.cap(log, largest=20)
        writer.write(b"new\n")
    assert log.read_bytes() == b"new\n"
    assert (tmp_path / "web.log.1").read_bytes() == b"old\n" * 10


def test_the_log_before_this_start_is_kept_once(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    logfiles.set_aside(log)
    for said in ("first", "second", ""):
        log.write_text(said)
        logfiles.set_aside(log)
    assert (tmp_path / "web.log.1").read_text() == "second"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "it printed nothing"),
        ("Traceback\n  x\nKeyError: 'a'\n\n", "KeyError: 'a'"),
        (
            "2026-01-31 10:00:00.000 UTC [7] FATAL:  no room\n2026-01-31 10:00:00.001 UTC [7] LOG:  shut down\n",
            "FATAL:  no room",
        ),
        ("12:M 31 Jan 2026 10:00:00.000 # Fatal error loading\n", "Fatal error loading"),
    ],
)
def test_the_line_shown_is_the_gravest_or_the_last_without_its_clock(said: str, told: str) -> None:
    assert logfiles.last_line(said) == told


def test_only_what_was_said_since_is_read(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("before\nafter\n")
    assert logfiles.text(log, since=7) == "after\n"
    assert logfiles.text(tmp_path / "none.log") == ""
