import pytest

from pipeline.cli.ingesting import is_tracked, report, run_flow
from pipeline.errors import InputError
from pipeline.jobs.counts import Failure, IngestCounts

FAILURE = Failure(address="a.txt", stage="read", reason="is empty", exit_code=3)


@pytest.mark.parametrize("asked", [True, False])
def test_without_a_server_it_is_tracked_only_if_asked_for(clean, asked):
    assert is_tracked(asked=asked) is asked


def test_a_server_that_does_not_answer_is_a_warning_and_a_direct_run(clean, monkeypatch, capsys):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    assert is_tracked(asked=True) is False
    assert "no Prefect server answers at PREFECT_API_URL=http://127.0.0.1:9/api" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["title", "url"])
def test_what_belongs_to_one_article_is_refused_in_a_flow(option):
    with pytest.raises(InputError, match=f"--{option} cannot be used in a flow run"):
        run_flow(["a.txt"], {option: "x"}, source=None)


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (IngestCounts(known=3), "Articles: 0 new, 0 changed, 3 known.\n"),
        (
            IngestCounts(new=1, agreements=2, claims=3, entities=4, failures=(FAILURE,)),
            "Articles: 1 new, 0 changed, 0 known, 1 failed. Found 2 agreements, 3 claims, 4 entities.\n",
        ),
    ],
)
def test_what_became_of_the_inputs_is_one_line(capsys, counts, line):
    report(counts, as_json=False)

    said = capsys.readouterr()
    assert said.out == line
    assert ("error: a.txt: is empty" in said.err) is bool(counts.failures)
