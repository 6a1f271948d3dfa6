"""The peer of `fetch`: scrapy fetches the same pages from the same site and keeps their bytes in a folder.

`python -m benchmarks.fetch_peer http://127.0.0.1:PORT HOST FOLDER` prints one JSON object: pages, seconds, rss_mb. It
obeys robots.txt and paces nothing, as ours in that run.
"""

import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

CONCURRENT = 16


class Pages(Spider):
    """Follows a sitemap index to its pages."""

    name = "pages"

    def __init__(self, site: str, host: str, folder: str, **said: Any) -> None:
        """Remember where to ask, under which name, and where to keep the bytes."""
        super().__init__(**said)
        self.site, self.host, self.folder = site, host, Path(folder)
        self.kept = 0

    async def start(self) -> Any:
        """Ask for the index."""
        yield self._request(f"{self.site}/sitemap_index.xml", self.parse)

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Follow every address of a sitemap."""
        for loc in etree.fromstring(response.body).iter("{*}loc"):
            address = self.site + (loc.text or "").split(self.host, 1)[1]
            yield self._request(address, self.parse if address.endswith(".xml") else self.keep)

    def keep(self, response: Response) -> None:
        """Write the bytes of a page under their hash."""
        (self.folder / hashlib.sha256(response.body).hexdigest()).write_bytes(response.body)
        self.kept += 1

    def _request(self, address: str, then: Any) -> Request:
        return Request(address, then, headers={"Host": self.host})


def main(site: str, host: str, folder: str) -> None:
    """Fetch it all and print the figures."""
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": CONCURRENT,
            "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENT,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
            "RETRY_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Pages)
    process.crawl(crawler, site=site, host=host, folder=folder)
    began = time.perf_counter()
    process.start()
    seconds = time.perf_counter() - began
    kept = crawler.spider.kept if isinstance(crawler.spider, Pages) else 0
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"pages": kept, "seconds": seconds, "rss_mb": rss}))


if __name__ == "__main__":
    main(*sys.argv[1:])
