"""A mail server on loopback that keeps what it is handed, or refuses: the part of SMTP that Python's client speaks."""

import email
import socketserver
import threading
import time
from email.message import Message
from email.policy import default


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class MailSink:
    """Listens while the block runs. `refuse` is what it answers to a recipient instead of taking mail.

    `refuse_letter` is what it answers to a letter that it has read. Where `only` is set, to this one alone; where
    `words` are, to letters with these in their subject. It keeps a letter for `pause` seconds before it says that it
    took it.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.taken: list[Message] = []
        self.refuse = self.only = self.refuse_letter = self.words = ""
        self.pause = 0.0
        self.asked = 0
        sink = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 sink.example")
                while line := self.rfile.readline().decode().strip():
                    verb = line.split(":")[0].split(" ")[0].upper()
                    if verb == "RCPT":
                        sink.asked += 1
                    if verb == "RCPT" and sink.refuse and sink.only in line:
                        self.say(sink.refuse)
                    elif verb == "DATA":
                        self.say("354 go on")
                        letter = self.message()
                        if sink.refuse_letter and sink.only in letter["To"] and sink.words in letter["Subject"]:
                            self.say(sink.refuse_letter)
                            continue
                        sink.taken.append(letter)
                        time.sleep(sink.pause)
                        self.say("250 taken")
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 ok")

            def say(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

            def message(self) -> Message:
                lines = []
                while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
                    lines.append(line[1:] if line.startswith(b"..") else line)
                return email.message_from_bytes(b"".join(lines), policy=default)

        self._server = _Server(("127.0.0.1", 0), Session)
        self.port = self._server.server_address[1]

    def __enter__(self) -> "MailSink":
        """Listen."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def texts(self) -> list[str]:
        """What was taken, as whoever gets it reads it: receiver, subject and text."""
        return [f"{each['To']}\n{each['Subject']}\n{_body(each)}" for each in self.taken]


def _body(message: Message) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()
