"""Sitemaps hold to their schemas and name what stands; robots.txt leads to them, and keeps robots out of the desk."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from pytest_django.fixtures import Settings

from claims.capture.robots import Rules
from claims.models.clock import read_clock
from tests.people import make_person
from tests.verification.publishing.rows import approve, make_case, publish, put_out, set_desk, settle
from verification.models import DeskText
from verification.publishing import news_sitemap, sitemap

pytestmark = pytest.mark.django_db
SITEMAP, NEWS = "/checks/sitemap.xml", "/checks/news-sitemap.xml"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAPER = "{http://www.google.com/schemas/sitemap-news/0.9}"
# What the protocol's page asks of each element, as a schema of our own.
SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xs:simpleType name="place"><xs:restriction base="xs:anyURI">
    <xs:pattern value="https?://.*"/><xs:minLength value="12"/><xs:maxLength value="2048"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="moment"><xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" minOccurs="%d" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc" type="place"/><xs:element name="lastmod" type="moment" minOccurs="0"/>
      <xs:any namespace="##other" processContents="skip" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  <xs:element name="sitemapindex"><xs:complexType><xs:sequence>
    <xs:element name="sitemap" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc" type="place"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""


def read(client: Client, url: str, least: int = 1) -> Any:
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8"), url
    document = etree.fromstring(answer.content)
    etree.XMLSchema(etree.fromstring(SCHEMA % least)).assertValid(document)
    return document


def places(document: Any) -> list[str]:
    return [element.text for element in document.iter(f"{MAP}loc")]


def modified(document: Any, ending: str) -> datetime:
    (found,) = [url for url in document.iter(f"{MAP}url") if url.findtext(f"{MAP}loc").endswith(ending)]
    return datetime.fromisoformat(found.findtext(f"{MAP}lastmod"))


def test_every_page_and_check_is_named_once_with_when_it_changed(client: Client) -> None:
    DeskText.objects.create(kind="ethics", text="We take no gifts.", by=make_person())
    first = publish()
    corrected = publish(publish().review, 2)
    document = read(client, SITEMAP)
    named = places(document)
    assert len(set(named)) == len(named)
    for path in ("", "how/", "corrections/", "about/", "about/ethics/", f"{first.review.public}/"):
        assert f"http://testserver/checks/{path}" in named
    assert modified(document, f"{corrected.review.public}/") == corrected.published_at.replace(microsecond=0)
    assert all(client.get(url).status_code == 200 for url in named)


def test_a_withdrawn_check_stays_in_it_and_leaves_the_news(client: Client) -> None:
    withdrawn = publish(publish().review, change="void", change_note="Of another day.")
    address = f"http://testserver/checks/{withdrawn.review.public}/"
    assert address in places(read(client, SITEMAP))
    assert places(read(client, NEWS, least=0)) == []


@pytest.mark.parametrize(("checks", "kind"), [(1, "urlset"), (2, "sitemapindex")])
def test_one_more_than_a_file_may_hold_makes_it_an_index(
    client: Client, monkeypatch: pytest.MonkeyPatch, checks: int, kind: str
) -> None:
    monkeypatch.setattr(sitemap, "MOST", len(sitemap.PAGES) + 1)
    for _number in range(checks):
        publish()
    assert read(client, SITEMAP).tag == f"{MAP}{kind}"
    assert client.get("/checks/sitemap-1.xml").status_code == (404 if kind == "urlset" else 200)


@pytest.mark.parametrize("checks", [4, 5])
def test_its_parts_hold_each_check_once(client: Client, monkeypatch: pytest.MonkeyPatch, checks: int) -> None:
    monkeypatch.setattr(sitemap, "MOST", 2)
    made = {f"http://testserver/checks/{publish().review.public}/" for _number in range(checks)}
    first, *rest = [read(client, place) for place in places(read(client, SITEMAP))]
    assert "http://testserver/checks/how/" in places(first)
    found = [place for part in rest for place in places(part)]
    assert (len(found), set(found)) == (checks, made)
    assert client.get(f"/checks/sitemap-{len(rest) + 2}.xml").status_code == 404
    assert client.get("/checks/sitemap-0.xml").status_code == 404


@pytest.mark.parametrize("url", [SITEMAP, NEWS, "/robots.txt"])
def test_whoever_has_it_is_told_so_until_something_is_published(client: Client, url: str) -> None:
    publish()
    first = client.get(url)
    headers = {"if-none-match": first["ETag"]}
    assert client.get(url, headers=headers).status_code == 304
    publish()
    assert client.get(url, headers=headers).status_code == 200


def test_the_news_are_what_was_first_published_in_two_days(client: Client) -> None:
    set_desk(name="The Mole & Lantern")
    now = read_clock()
    old = {"published_at": now - timedelta(days=3), "first_published_at": now - timedelta(days=3)}
    before = put_out(approve(make_case()), **old)
    publish(before.review, 2)  # a correction of old news is none
    fresh = publish(headline="No captain <pays>", language="pt-BR")
    (url,) = read(client, NEWS).iter(f"{MAP}url")
    assert url.findtext(f"{MAP}loc").endswith(f"/{fresh.review.public}/")
    news = url.find(f"{PAPER}news")
    assert news.findtext(f"{PAPER}publication/{PAPER}name") == "The Mole & Lantern"
    assert news.findtext(f"{PAPER}publication/{PAPER}language") == "pt"
    assert news.findtext(f"{PAPER}title") == "No captain <pays>"
    at = datetime.fromisoformat(news.findtext(f"{PAPER}publication_date"))
    assert at == fresh.first_published_at.replace(microsecond=0)
    assert [child.tag for child in news] == [f"{PAPER}{name}" for name in ("publication", "publication_date", "title")]


def test_the_news_are_cut_at_what_google_reads(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_sitemap, "MOST", 2)
    for _number in range(3):
        publish()
    assert len(places(read(client, NEWS))) == 2


def test_the_news_of_the_next_hour_are_another_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    settle()
    half_past = timezone.now().replace(minute=30) + timedelta(hours=1)  # a change of the hour is told once it settled
    monkeypatch.setattr("django.utils.timezone.now", lambda: half_past)
    first = client.get(NEWS)
    monkeypatch.setattr("django.utils.timezone.now", lambda: half_past + timedelta(days=3))
    for name, value in (("if-none-match", first["ETag"]), ("if-modified-since", first["Last-Modified"])):
        assert client.get(NEWS, headers={name: value}).status_code == 200
    assert places(read(client, NEWS, least=0)) == []


@pytest.mark.parametrize(("tag", "code"), [("en", "en"), ("en-GB", "en"), ("zh-TW", "zh-tw"), ("zh-Hant-HK", "zh")])
def test_a_language_is_written_as_google_reads_it(client: Client, tag: str, code: str) -> None:
    publish(language=tag)
    (found,) = read(client, NEWS).iter(f"{PAPER}language")
    assert found.text == code


def test_robots_find_the_sitemaps_and_stay_out_of_the_desk(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://checks.lantern.example"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert {"User-agent: *", "Allow: /checks/", "Disallow: /admin/", "Disallow: /api/"} <= set(lines)
    assert [line for line in lines if line.startswith("Sitemap: ")] == [
        "Sitemap: https://checks.lantern.example/checks/sitemap.xml",
        "Sitemap: https://checks.lantern.example/checks/news-sitemap.xml",
    ]


def test_our_own_reader_of_robots_files_reads_it_as_meant(client: Client) -> None:
    rules = Rules.read(client.get("/robots.txt").content)
    assert rules.allows("lamplighter", "http://testserver/checks/how/")
    assert not rules.allows("lamplighter", "http://testserver/admin/")
    set_desk(sample=True)
    assert not Rules.read(client.get("/robots.txt").content).allows("lamplighter", "http://testserver/checks/how/")


def test_a_sample_desk_lets_no_robot_in_and_has_no_sitemap(client: Client) -> None:
    set_desk(sample=True)
    publish()
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    assert "Sitemap:" not in client.get("/robots.txt").content.decode()
    assert [client.get(url).status_code for url in (SITEMAP, NEWS)] == [404, 404]
