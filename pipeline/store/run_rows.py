"""What is noted of runs: frozen rows, without the database."""

from pydantic import AwareDatetime

from pipeline.store.rows import Row


class StageTime(Row):
    """What one stage of a run took in all."""

    stage: str  #: fetch, read, extract, save, link, embed, cluster
    wall: float  #: seconds that passed
    cpu: float  #: seconds of this process's CPU time in it, those of all its threads
    times: int  #: how often it ran: once an article, or once a batch


class RunFailure(Row):
    """One article that a run could not read, extract or save."""

    address: str
    stage: str
    reason: str


class RunRow(Row):
    """One run of a flow or a command."""

    id: str
    kind: str
    state: str  #: running, completed, failed, crashed
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    settings: dict[str, object]
    versions: dict[str, str]
    counts: dict[str, int]
    timings: tuple[StageTime, ...] = ()
    message: str | None = None  #: of the error that ended it
    failures: tuple[RunFailure, ...] = ()  #: of single articles, the first hundred
    beat_at: AwareDatetime | None = None  #: when it last noted something


class RunEnd(Row):
    """What is noted of a run when it ends."""

    state: str
    counts: dict[str, int]
    message: str | None = None
    failures: tuple[RunFailure, ...] = ()


class Made(Row):
    """An extraction that a run saved, and what stood in its place before."""

    article_id: str
    revision: int
    fingerprint: str
    old_revision: int | None = None
    old_fingerprint: str | None = None
