"""The environment is read by type; what is wrong with it is told with the variable's name and the cure."""

from pathlib import Path

import pytest

from config.env import Reader

DATABASE = "postgresql://app:p%40ss@db.example:5433/readout"


def reader(**variables: str) -> Reader:
    return Reader(variables)


def faults(read: Reader) -> list[tuple[str, str]]:
    return [(problem.check_id, problem.name) for problem in read.problems]


def test_a_database_url_becomes_djangos_settings() -> None:
    read = reader(DATABASE_URL=DATABASE)
    found = read.database("DATABASE_URL")
    assert {key: found[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "readout",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert read.problems == []


@pytest.mark.parametrize("url", ["", "mysql://a/b", "nonsense", "postgres"])
def test_what_is_no_postgresql_url_is_named_with_its_cure(url: str) -> None:
    read = reader(DATABASE_URL=url)
    assert read.database("DATABASE_URL") == {}
    assert faults(read) == [("readout.E001", "DATABASE_URL")]
    assert "postgresql://" in read.problems[0].cure


@pytest.mark.parametrize("url", ["", "http://cache.example"])
def test_what_is_no_redis_url_is_named(url: str) -> None:
    read = reader(REDIS_URL=url)
    assert read.redis("REDIS_URL") == ""
    assert faults(read) == [("readout.E002", "REDIS_URL")]


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{DATABASE}\n")
    read = reader(DATABASE_URL_FILE=str(tmp_path / "secret"))
    assert read.database("DATABASE_URL")["HOST"] == "db.example"


def test_a_secrets_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    read = reader(SECRET_KEY_FILE=str(tmp_path / "missing"))
    read.secret_key("SECRET_KEY", tmp_path)
    assert ("readout.E010", "SECRET_KEY_FILE") in faults(read)


def test_a_missing_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    key = reader().secret_key("SECRET_KEY", tmp_path / "var")
    assert len(key) >= 50
    assert reader().secret_key("SECRET_KEY", tmp_path / "var") == key
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_short_secret_key_is_a_fault(tmp_path: Path) -> None:
    read = reader(SECRET_KEY="short")
    read.secret_key("SECRET_KEY", tmp_path)
    assert faults(read) == [("readout.E003", "SECRET_KEY")]


@pytest.mark.parametrize(
    ("value", "read_as"), [("yes", True), ("1", True), ("ON", True), ("no", False), ("0", False), ("", False)]
)
def test_flags_are_read_in_the_usual_words(value: str, read_as: bool) -> None:
    assert reader(SECURE_COOKIES=value).flag("SECURE_COOKIES") is read_as


def test_a_flag_that_is_neither_is_a_fault() -> None:
    read = reader(SECURE_COOKIES="perhaps")
    assert read.flag("SECURE_COOKIES") is False
    assert faults(read) == [("readout.E011", "SECURE_COOKIES")]


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_a_count_that_is_no_whole_number_above_zero_is_a_fault_and_the_default_holds(value: str) -> None:
    read = reader(WORKER_CONCURRENCY=value)
    assert read.count("WORKER_CONCURRENCY", 2) == 2
    assert faults(read) == [("readout.E012", "WORKER_CONCURRENCY")]


def test_private_targets_are_read_and_a_bad_one_is_named_without_losing_the_good() -> None:
    read = reader(FETCH_PRIVATE_TARGETS="press.example=10.0.0.5:8443, nonsense")
    (target,) = read.private_targets("FETCH_PRIVATE_TARGETS")
    assert (target.host, str(target.address), target.port) == ("press.example", "10.0.0.5", 8443)
    assert faults(read) == [("readout.E013", "FETCH_PRIVATE_TARGETS")]


@pytest.mark.parametrize("content", ["", "half a key", "\xff\xfe"])
def test_a_key_file_that_is_cut_short_or_no_text_is_told_and_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret-key").write_text(content, encoding="latin-1")
    read = reader()
    assert len(read.secret_key("SECRET_KEY", tmp_path)) >= 50
    assert faults(read) == [("readout.E003", "SECRET_KEY")]


@pytest.mark.parametrize("url", ["redis://[bad/0", "redis://host:port/0"])
def test_a_redis_url_that_cannot_be_read_is_named(url: str) -> None:
    read = reader(REDIS_URL=url)
    assert read.redis("REDIS_URL") == ""
    assert faults(read) == [("readout.E002", "REDIS_URL")]


def test_a_value_that_is_none_of_those_known_is_named_and_the_default_holds() -> None:
    read = reader(TIME_ZONE="Mars/Olympus")
    assert read.choice("TIME_ZONE", "UTC", {"UTC", "Europe/Lisbon"}) == "UTC"
    assert faults(read) == [("readout.E014", "TIME_ZONE")]


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp+tls://desk%40newsroom.example:p%40ss@mail.example:2587", 2587, True, False),
        ("smtp+tls://desk%40newsroom.example:p%40ss@mail.example", 587, True, False),
        ("smtp+ssl://desk%40newsroom.example:p%40ss@mail.example", 465, False, True),
        ("smtp://desk%40newsroom.example:p%40ss@mail.example", 25, False, False),
    ],
)
def test_a_mail_url_names_the_server_and_its_user_is_the_sender(url: str, port: int, starttls: bool, tls: bool) -> None:
    read = reader(EMAIL_URL=url)
    server = read.mail("EMAIL_URL")
    assert (server.host, server.port, server.user, server.password) == (
        *("mail.example", port),
        *("desk@newsroom.example", "p@ss"),
    )
    assert (server.starttls, server.tls) == (starttls, tls)
    assert read.sender("MAIL_FROM", server) == "desk@newsroom.example"
    assert "p@ss" not in repr(server)
    assert read.problems == []


def test_without_a_mail_url_there_is_no_server_and_no_problem() -> None:
    read = reader()
    assert read.mail("EMAIL_URL").host == ""
    assert read.sender("MAIL_FROM", read.mail("EMAIL_URL")) == ""
    assert read.problems == []


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port", "consolemail://"])
def test_what_is_no_mail_url_is_named_without_its_password(url: str) -> None:
    read = reader(EMAIL_URL=url)
    assert read.mail("EMAIL_URL").host == ""
    assert faults(read) == [("readout.E015", "EMAIL_URL")]
    assert url not in read.problems[0].fault


@pytest.mark.parametrize("value", ["", "desk", "Fact desk desk@newsroom.example", "a@b.example\nBcc: c@d.example"])
def test_a_server_without_a_sender_that_is_an_address_is_a_fault(value: str) -> None:
    read = reader(EMAIL_URL="smtp://mail.example", MAIL_FROM=value)
    read.sender("MAIL_FROM", read.mail("EMAIL_URL"))
    assert faults(read) == [("readout.E016", "MAIL_FROM")]


def test_the_mail_url_may_come_from_a_file_and_the_sender_may_have_a_name(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("smtp://mail.example\n")
    read = reader(EMAIL_URL_FILE=str(tmp_path / "mail"), MAIL_FROM="Fact desk <desk@newsroom.example>")
    server = read.mail("EMAIL_URL")
    assert server.host == "mail.example"
    assert read.sender("MAIL_FROM", server) == "Fact desk <desk@newsroom.example>"
    assert read.problems == []


def test_a_bucket_is_read_with_its_keys_from_the_usual_variables_or_their_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("very-secret\n")
    read = reader(
        ARCHIVE_URL="s3://evidence/desk?endpoint=https://store.example&region=lake-1",
        AWS_ACCESS_KEY_ID="key",
        AWS_SECRET_ACCESS_KEY_FILE=str(tmp_path / "secret"),
    )
    bucket = read.bucket("ARCHIVE_URL")
    assert bucket is not None
    assert (bucket.name, bucket.prefix, bucket.endpoint) == ("evidence", "desk/", "https://store.example")
    assert (bucket.access_key, bucket.secret_key, bucket.token) == ("key", "very-secret", None)
    assert "very-secret" not in repr(bucket)
    assert read.problems == []


def test_no_bucket_is_the_folder_and_what_is_no_bucket_is_named_with_its_cure() -> None:
    assert reader().bucket("ARCHIVE_URL") is None
    read = reader(ARCHIVE_URL="https://store.example/evidence")
    assert read.bucket("ARCHIVE_URL") is None
    assert faults(read) == [("readout.E018", "ARCHIVE_URL")]
    assert "s3://bucket" in read.problems[0].cure
