"""Reads every feed below a folder in the worker, as a poll does: python tests/benchmarks/feeds.py FOLDER.

Meant for the tests of feedparser (the folder ``tests`` of its source distribution): none may raise anything but the
plain answer that it is no feed, and it says which do.
"""

import resource
import sys
import time
from collections import Counter
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.sources.listing import read_listing


def read(path: Path) -> str:
    """What came of a file: "read", or why it was refused."""
    try:
        listing = read_listing(
            path.read_bytes(), media_type="text/xml", address="https://feeds.example/x", max_bytes=10_000_000
        )
    except ReadError as error:
        print(f"  refused {path}: {error}")
        return "refused"
    return "read" if listing.items else "read, without addresses"


def main(folder: Path) -> None:
    """Read all and print the counts, the time and the memory."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".py"]
    start = time.process_time()
    counts = Counter(read(path) for path in files)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{len(files)} files: {dict(counts)}; {time.process_time() - start:.1f} CPU s here, {memory} MB, worker {workers} MB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
