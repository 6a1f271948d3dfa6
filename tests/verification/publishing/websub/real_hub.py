"""Flask-WebSub's hub and subscriber, each behind a server of its own on the loopback interface."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from celery import Celery
from celery.contrib.testing.worker import start_worker
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from flask_websub.subscriber import (
    SQLite3SubscriberStorage,
    SQLite3TempSubscriberStorage,
    Subscriber,
    discover,
)
from werkzeug.serving import make_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application, and yield where."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    runner = Thread(target=server.serve_forever, daemon=True)
    runner.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        runner.join()


@contextmanager
def running_hub(folder: Path) -> Iterator[str]:
    """Run the hub and its worker, and yield its address."""
    jobs = Celery("hub", set_as_current=False, broker="memory://", backend="cache+memory://")
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    hub = Hub(SQLite3HubStorage(str(folder / "hub.db")), jobs, **app.config)
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    with start_worker(jobs, pool="solo", perform_ping_check=False, loglevel="ERROR"), served(app) as address:
        yield f"{address}/hub"


class Listening:
    """A subscriber: what it was told, as (topic, body), and the subscriptions that hubs confirmed."""

    def __init__(self, folder: Path) -> None:
        """Make its storage in a folder."""
        path = str(folder / "subscriber.db")
        self.told: list[tuple[str, bytes]] = []
        self.confirmed: list[str] = []
        self._subscriber = Subscriber(SQLite3SubscriberStorage(path), SQLite3TempSubscriberStorage(path))
        self._subscriber.add_listener(lambda topic, _callback, body: self.told.append((topic, body)))
        self._subscriber.add_success_handler(lambda topic, _callback, _mode: self.confirmed.append(topic))
        self.app = Flask("subscriber")
        self.app.register_blueprint(self._subscriber.build_blueprint(url_prefix="/callbacks"))

    def wait_for(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Look ten times a second until the condition holds; the hub takes its time."""
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, f"not within {seconds} s: {self.confirmed}, {[at for at, _ in self.told]}"
            time.sleep(0.1)

    def subscribe(self, feed: str, own: str) -> None:
        """Find the hub of a feed and subscribe there; `own` is where this subscriber is served."""
        found = discover(feed)
        with self.app.test_request_context(base_url=own):
            self._subscriber.subscribe(**found)
