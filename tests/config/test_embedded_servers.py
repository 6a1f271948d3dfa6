"""The embedded servers from their users' side: what they get, who shares them, when they stop."""

import os
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis
from psycopg import sql

from config.embedded import EmbeddedError, binaries, provide
from tests.config.conftest import StartUser, processes_of


def test_a_command_without_addresses_gets_a_database_and_a_broker_until_it_ends(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        with psycopg.connect(environ["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT current_user, current_database()").fetchone() == (
                "readout_app",
                "readout",
            )
        assert redis.Redis.from_url(environ["REDIS_URL"]).ping()
        assert len(processes_of(state)) == 2
    assert environ == {}
    assert processes_of(state) == []


def test_what_was_committed_and_said_is_there_at_the_next_start(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        first = dict(environ)
        with psycopg.connect(environ["DATABASE_OWNER_URL"]) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
        redis.Redis.from_url(environ["REDIS_URL"]).set("note", "kept")
    with provide(environ, state, durable=False):
        assert environ == first
        with psycopg.connect(environ["DATABASE_OWNER_URL"]) as connection:
            assert connection.execute("SELECT text FROM note").fetchone() == ("kept",)
        assert redis.Redis.from_url(environ["REDIS_URL"]).get("note") == b"kept"


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_URL_FILE"])
def test_an_address_that_is_set_is_left_alone(state: Path, name: str) -> None:
    environ = {name: "postgresql://desk@db.newsroom.example/readout"}
    with provide(environ, state, durable=False):
        assert set(environ) == {name, "REDIS_URL"}
        assert environ[name] == "postgresql://desk@db.newsroom.example/readout"
        assert not (state / "embedded" / "postgresql").exists()


def test_nothing_is_started_or_written_where_both_addresses_are_set(state: Path) -> None:
    with provide({"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://x"}, state):
        assert list(state.iterdir()) == []


def test_an_owner_without_a_database_is_refused(state: Path) -> None:
    with pytest.raises(EmbeddedError, match="DATABASE_OWNER_URL"), provide({"DATABASE_OWNER_URL": "x"}, state):
        pass


def test_the_owner_may_extend_and_create_and_the_application_may_only_look(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        with psycopg.connect(environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            for extension in ("pg_trgm", "unaccent", "btree_gin"):
                owner.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
            owner.execute("CREATE TABLE ledger (line text)")
            owner.execute("CREATE DATABASE test_readout")
        for name in ("readout", "test_readout"):
            app = psycopg.connect(environ["DATABASE_URL"], dbname=name)
            with app, pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("CREATE TABLE mine (line text)")
        with psycopg.connect(environ["DATABASE_URL"]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE ledger")


def test_only_this_machine_and_only_a_password_gets_in(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        for role in ("postgres", "readout_owner", "readout_app"):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(environ["DATABASE_URL"], user=role, password="guess")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(f"redis://{environ['REDIS_URL'].partition('@')[2]}").ping()
        with psycopg.connect(environ["DATABASE_URL"]) as connection:
            rows = connection.execute(
                "SELECT name, setting FROM pg_settings WHERE name IN "
                "('listen_addresses', 'synchronous_commit', 'password_encryption')"
            ).fetchall()
        assert dict(rows) == {
            "listen_addresses": "127.0.0.1",
            "synchronous_commit": "on",
            "password_encryption": "scram-sha-256",
        }
        where_it_listens = (state / "embedded/postgresql/postmaster.pid").read_text().splitlines()[4:6]
        assert where_it_listens == ["", "127.0.0.1"]  # no socket file, one address
        broker = redis.Redis.from_url(environ["REDIS_URL"]).config_get("*")
        assert (broker["bind"], broker["appendonly"], broker["maxmemory-policy"]) == ("127.0.0.1", "yes", "noeviction")


def test_no_password_stands_on_a_command_line_or_in_a_file_others_may_read(state: Path) -> None:
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        secrets = [part.partition("@")[0].rpartition(":")[2] for part in environ.values()]
        assert len(set(secrets)) == 3
        assert all(len(secret) >= 32 for secret in secrets)
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes().decode(errors="replace")
            except OSError:
                continue
            assert not any(secret in line for secret in secrets)
        for path in state.rglob("*"):
            if path.is_file() and any(secret.encode() in path.read_bytes() for secret in secrets):
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert stat.S_IMODE((state / "embedded").stat().st_mode) == 0o700


def test_two_that_start_at_once_share_one_server_and_the_last_to_leave_stops_it(
    state: Path, start_user: StartUser
) -> None:
    first, second = start_user(), start_user()
    assert first.stdout
    assert second.stdout
    assert first.stdout.readline() == second.stdout.readline() != ""
    assert len(processes_of(state / "embedded")) == 2
    first.communicate("")
    assert len(processes_of(state / "embedded")) == 2
    second.communicate("")
    assert processes_of(state / "embedded") == []


def test_servers_of_a_killed_user_are_joined_by_the_next_one_and_stopped_after_it(
    state: Path, start_user: StartUser
) -> None:
    killed = start_user()
    assert killed.stdout
    addresses = killed.stdout.readline().split()
    before = sorted(processes_of(state / "embedded"))
    killed.kill()
    killed.wait()
    environ: dict[str, str] = {}
    with provide(environ, state, durable=False):
        assert sorted(processes_of(state / "embedded")) == before
        assert [environ["DATABASE_URL"], environ["REDIS_URL"]] == addresses
    assert processes_of(state / "embedded") == []


def test_a_forked_child_that_ends_leaves_the_servers_to_its_parent(state: Path) -> None:
    environ: dict[str, str] = {}
    parent = os.getpid()
    try:
        with provide(environ, state, durable=False):
            if (child := os.fork()) == 0:
                raise SystemExit
            os.waitpid(child, 0)
            assert redis.Redis.from_url(environ["REDIS_URL"]).ping()
    except SystemExit:
        if os.getpid() == parent:
            raise
        os._exit(0)


def test_an_error_in_the_block_stops_the_servers_and_is_not_reworded(state: Path) -> None:
    with pytest.raises(PermissionError, match="of the command"), provide({}, state, durable=False):
        raise PermissionError("of the command")
    assert processes_of(state) == []


def test_the_wheel_brings_the_major_that_is_pinned() -> None:
    said = subprocess.run([binaries.postgresql() / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.split()[-1].partition(".")[0] == binaries.POSTGRESQL_MAJOR
