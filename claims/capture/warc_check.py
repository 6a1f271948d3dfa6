"""Whether a WARC file is well formed and its digests are right: what `warcio check` says, for bytes in memory.

That check does not see a last member that is cut off behind its record; here it counts as a fault.
"""

import gzip
import zlib
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed


def faults_in(data: bytes) -> list[str]:
    """Return what is wrong with a WARC file, a line each; nothing where it is sound."""
    found: list[str] = []
    records = ArchiveIterator(BytesIO(data), check_digests=True)
    count = 0
    try:
        gzip.decompress(data)
        for record in records:
            count += 1
            records.read_to_end(record)
            if record.digest_checker.passed is False:
                name = record.rec_headers.get_header("WARC-Record-ID")
                found += [f"{name}: {problem}" for problem in record.digest_checker.problems]
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
        found.append(" ".join(str(error).split()) or type(error).__name__)
    if not count and not found:
        found.append("no record")
    if records.err_count:
        found.append(f"{records.err_count} records do not end where they should")
    return found
