"""Lines: one HTTP/1.1 connection each, to an address that was vetted when it was opened, for one request after another.

A line is kept for its origin (scheme, host, port) between two requests of one door, where the response before came to
its end and nothing was left over. Keeping it opens no way in: it leads to the very address that was checked when it was
opened, whatever the name means by now, and before each request that address is held against the policy again. It is
used no more after `IDLE_SECONDS`, or once the server has closed it or has sent what nobody asked for. Deadline, byte
counts and the record of what passed belong to the fetch, and are handed to the line anew with each request.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

import h11
import httpcore

from claims.capture.connection import Allowance, GuardedStream, Opener
from claims.capture.errors import BadResponse, BadUrl, ConnectionFailed, TooLarge
from claims.capture.exchange import Recorder
from claims.capture.policy import DoorPolicy
from claims.capture.resolving import Resolver
from claims.capture.sending import Sending
from claims.capture.urls import Target
from claims.wording import words

IDLE_SECONDS: Final = 15.0
MOST_KEPT: Final = 8
"""Lines a door keeps at once; the one that has rested longest makes room."""

_READ_AT_ONCE: Final = 65_536
_MOST_INTERIM: Final = 20
"""Answers of 1xx before the response: real servers send one or two."""


class Line:
    """One connection, and where HTTP stands on it."""

    def __init__(self, target: Target, stream: GuardedStream, policy: DoorPolicy) -> None:
        self.origin = target.origin
        self.resting_since = 0.0
        self._host = target.host
        self._policy = policy
        self._stream = stream
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=policy.max_header_bytes)

    @property
    def address(self) -> str:
        """Return the address it leads to."""
        return self._stream.address

    def ask(self, sending: Sending, allowance: Allowance, recorder: Recorder) -> h11.Response:
        """Send one request and read the head of its response. Raises a `DoorError`."""
        self._stream.serve(allowance, recorder, self._policy.idle_seconds)
        request = h11.Request(
            method=sending.method,
            target=sending.target.path_and_query,
            headers=sending.lines(self._policy.user_agent),
        )
        with self._faults_named():
            try:
                self._send(request)
                if sending.body:
                    self._send(h11.Data(data=sending.body))
                self._send(h11.EndOfMessage())
            except httpcore.WriteError:
                pass  # a server may answer, and close, before it has read all: what it said is still to be read
            for _ in range(_MOST_INTERIM):
                if not isinstance(event := self._next(), h11.InformationalResponse) or event.status_code == 101:
                    break
            if not isinstance(event, h11.Response):
                raise BadResponse(words("“%(host)s” answered without a page: check the address.", host=self._host))
        recorder.head_came()
        if len(recorder.received) > self._policy.max_header_bytes:
            raise self._too_many_headers()
        return event

    def pieces(self, patience: float | None = None) -> Iterator[bytes]:
        """Yield the payload as it comes, transfer coding undone. Raises a `DoorError`.

        `patience` is the longest silence to bear, in seconds, where it is to be shorter than the policy's.
        """
        if patience is not None:
            self._stream.patience = min(patience, self._policy.idle_seconds)
        with self._faults_named():
            while isinstance(event := self._next(), h11.Data):
                yield bytes(event.data)

    def rest(self) -> bool:
        """Make ready for another request; False where this line can carry none."""
        done = self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
        if not done or self._http.trailing_data[0]:
            return False
        self._http.start_next_cycle()
        self.resting_since = time.monotonic()
        return True

    @property
    def is_fit(self) -> bool:
        """Say whether a line that rested may carry another request."""
        return time.monotonic() - self.resting_since < IDLE_SECONDS and not self._stream.has_news

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def _send(self, event: h11.Request | h11.Data | h11.EndOfMessage) -> None:
        self._stream.write(self._http.send(event) or b"")

    def _next(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(self._stream.read(_READ_AT_ONCE))
        return event

    def _too_many_headers(self) -> TooLarge:
        return TooLarge(words("“%(host)s” sent more headers than a page needs.", host=self._host))

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        """Turn what h11 and the socket raise into the errors of this package."""
        try:
            yield
        except h11.LocalProtocolError as error:
            raise BadUrl(words("“%(host)s” cannot be fetched: check the address.", host=self._host)) from error
        except h11.RemoteProtocolError as error:
            if error.error_status_hint == 431:
                raise self._too_many_headers() from error
            raise BadResponse(
                words("“%(host)s” did not answer as a web site does: check the address.", host=self._host),
                permanent=False,
            ) from error
        except httpcore.NetworkError as error:
            raise ConnectionFailed(
                words("The connection to “%(host)s” broke off: try again.", host=self._host)
            ) from error


class Lines:
    """The lines of one door: opened where there is none, kept where one may serve again. Safe between threads."""

    def __init__(self, policy: DoorPolicy, resolver: Resolver) -> None:
        self._policy = policy
        self._opener = Opener(policy, resolver)
        self._kept: dict[tuple[str, str, int], Line] = {}
        self._lock = Lock()

    def ask(self, sending: Sending, allowance: Allowance, recorder: Recorder) -> tuple[Line, h11.Response]:
        """Send one request and return its line and the head of its response; the line must be handed to `release`.

        A line that rested may have been closed by the server while our request was on its way. A GET is then sent
        again, once, over a new line, if nothing had come back; a POST, which must not be done twice, always goes over
        a new one. Raises a `DoorError`.
        """
        kept = self._take(sending.target) if sending.method == "GET" else None
        if kept is not None:
            try:
                return kept, self._asked(kept, sending, allowance, recorder)
            except (BadResponse, ConnectionFailed):
                if recorder.received:
                    raise
                recorder.began_again()
        line = Line(sending.target, self._opener.open(sending.target, allowance), self._policy)
        return line, self._asked(line, sending, allowance, recorder)

    def release(self, line: Line) -> None:
        """Keep a line for the next request, or hang up."""
        if not line.rest():
            line.close()
            return
        with self._lock:
            surplus = [self._kept.pop(line.origin, None)]
            self._kept[line.origin] = line
            if len(self._kept) > MOST_KEPT:
                surplus.append(self._kept.pop(next(iter(self._kept))))
        for other in filter(None, surplus):
            other.close()

    def close(self) -> None:
        """Hang up all that are kept."""
        with self._lock:
            kept, self._kept = self._kept, {}
        for line in kept.values():
            line.close()

    def _take(self, target: Target) -> Line | None:
        """Return the line kept for the target's origin, if it still may and can serve; hang up those that rested
        too long."""
        with self._lock:
            mine = self._kept.pop(target.origin, None)
            tired = [origin for origin, line in self._kept.items() if not line.is_fit]
            surplus = [self._kept.pop(origin) for origin in tired]
        if mine is not None and not (mine.is_fit and self._opener.admits(target, mine.address)):
            surplus.append(mine)
            mine = None
        for line in surplus:
            line.close()
        return mine

    @staticmethod
    def _asked(line: Line, sending: Sending, allowance: Allowance, recorder: Recorder) -> h11.Response:
        try:
            return line.ask(sending, allowance, recorder)
        except BaseException:
            line.close()
            raise
