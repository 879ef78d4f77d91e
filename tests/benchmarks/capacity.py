"""How many articles so many machines can take in, from what one costs: the tables of docs/scale.md.

::

    python tests/benchmarks/capacity.py

What is measured stands below with the place where its measurement is described; all else follows from it, or is assumed
and said to be. A test compares the tables with those in the document.
"""

from typing import NamedTuple

MACHINES = (1, 10, 1000)


class Cost(NamedTuple):
    """Something that was measured."""

    value: float
    unit: str
    where: str  #: its section of docs/benchmarks.md

    @property
    def shown(self) -> str:
        """Without needless digits."""
        return f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:.3g}"


INGESTION, STORE = "Ingestion", "A large store"
MEASURED = {
    "read, extract, save": Cost(0.353, "CPU s an article", INGESTION),
    "embed": Cost(0.257, "CPU s an article", INGESTION),
    "link": Cost(0.075, "CPU s an article, worker and database", STORE),
    "link entities": Cost(0.053, "CPU s an article, worker and database", STORE),
    "database, in all": Cost(0.0986, "CPU s an article", STORE),
    "database on disk": Cost(200.7, "kB an article", STORE),
    "index of vectors": Cost(22.4, "kB an article", STORE),
    "a list of the register": Cost(0.0069, "CPU s of the database", STORE),
    "a search": Cost(0.0689, "CPU s of the database", STORE),
}
CORES = 8  #: assumed, of each machine
DATABASE_CORES = 16  #: assumed, of the machine with the database
MEMORY = 64e9  #: assumed, of the machine with the database, bytes
STORED = 1_000_000  #: articles, assumed, for what depends on how many there are
HOUR = 3600.0


class Capacity(NamedTuple):
    """What so many machines can take in an hour, by what takes part."""

    machines: int
    reading: float  #: articles an hour: read, extracted, saved and embedded on all cores
    database: float  #: likewise, by the cores of the database
    linking: float  #: likewise: one after the other, under one lock

    @property
    def new(self) -> float:
        """Articles an hour that come in."""
        return min(self.reading, self.database, self.linking)

    @property
    def bound(self) -> str:
        """What more machines do not help."""
        parts = {"reading": self.reading, "the database": self.database, "linking": self.linking}
        return min(parts, key=parts.__getitem__)


def find_capacity(machines: int) -> Capacity:
    """Of so many machines beside that of the database."""
    each = _get("read, extract, save") + _get("embed")
    return Capacity(
        machines=machines,
        reading=machines * CORES * HOUR / each,
        database=DATABASE_CORES * HOUR / _get("database, in all"),
        linking=HOUR / (_get("link") + _get("link entities")),
    )


def find_limits() -> dict[str, str]:
    """Where which part gives way."""
    each = _get("read, extract, save") + _get("embed")
    linking = _get("link") + _get("link entities")
    index = _get("index of vectors") * 1e3
    return {
        "articles per core and hour": f"{HOUR / each:,.0f}",
        "cores that linking keeps up with": f"{each / linking:.1f}",
        "days to link a million articles once": f"{STORED * linking / HOUR / 24:.1f}",
        "disk for a million articles": f"{STORED * _get('database on disk') * 1e3 / 1e9:,.0f} GB",
        "articles whose index of vectors fills half the database's memory": f"{MEMORY / 2 / index:,.0f}",
        "lists of the register a second, by the database's cores": f"{DATABASE_CORES / _get('a list of the register'):,.0f}",
        "searches a second, likewise": f"{DATABASE_CORES / _get('a search'):,.0f}",
    }


def render() -> str:
    """All three tables in Markdown."""
    measured = [(name, cost.shown, cost.unit, cost.where) for name, cost in MEASURED.items()]
    capacities = [
        (
            f"{one.machines:,}",
            f"{one.reading:,.0f}",
            f"{one.database:,.0f}",
            f"{one.linking:,.0f}",
            f"**{one.new:,.0f}**",
            one.bound,
            f"{STORED / min(one.reading, one.database):,.1f}",
        )
        for one in map(find_capacity, MACHINES)
    ]
    heads = (
        "machines",
        "reading",
        "database",
        "linking",
        "new articles an hour",
        "bound by",
        "1,000,000 re-read in, h",
    )
    return "\n\n".join(
        (
            _draw(("measured", "figure", "unit", "section of benchmarks.md"), measured),
            _draw(heads, capacities),
            _draw(("what follows", "figure"), list(find_limits().items())),
        )
    )


def _get(name: str) -> float:
    return MEASURED[name].value


def _draw(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    print(render())
