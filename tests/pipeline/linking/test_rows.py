"""Which observations become one row of the register, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.rows import Link, Observation, link_by_name


def observe(*named: tuple[str | None, tuple[str, ...]]) -> list[Observation]:
    return [Observation(agreement_id=f"ag-{i}", name=name, aliases=aliases) for i, (name, aliases) in enumerate(named)]


def rows_of(links: list[Link]) -> list[list[str]]:
    """The agreement ids of each row, to compare groupings without looking at row ids."""
    rows: dict[str, list[str]] = {}
    for link in links:
        rows.setdefault(link.row_id, []).append(link.agreement_id)
    return sorted(rows.values())


@pytest.mark.parametrize(
    ("named", "rows"),
    [
        pytest.param([("Kensington Treaty", ()), ("the Kensington Treaty", ())], [["ag-0", "ag-1"]], id="same-name"),
        pytest.param([("Kyiv's Pact", ()), ("KYIV PACT", ())], [["ag-0", "ag-1"]], id="case-and-possessive"),
        pytest.param([("Élysée Treaty", ()), ("Elysee Treaty", ())], [["ag-0", "ag-1"]], id="accents"),
        pytest.param([("Kensington Treaty", ()), ("Aachen Treaty", ())], [["ag-0"], ["ag-1"]], id="other-name"),
        pytest.param([(None, ()), (None, ())], [["ag-0"], ["ag-1"]], id="unnamed-stay-alone"),
        pytest.param([("…", ()), ("—", ())], [["ag-0"], ["ag-1"]], id="a-name-of-punctuation-is-none"),
        pytest.param([("National Security Strategy", ("NSS",)), ("NSS", ())], [["ag-0", "ag-1"]], id="alias-is-a-name"),
        pytest.param(
            [("National Security Strategy", ("NSS",)), ("National Space Strategy", ("NSS",)), ("NSS", ())],
            [["ag-0"], ["ag-1"], ["ag-2"]],
            id="alias-of-two-names-joins-neither",
        ),
        pytest.param(
            [("Coalition of the Willing", ("the coalition",)), ("Grain Coalition", ("the coalition",))],
            [["ag-0"], ["ag-1"]],
            id="a-shared-alias-joins-nothing",
        ),
        pytest.param(
            [("ESSI", ("Sky Shield",)), ("Sky Shield", ("European Shield",)), ("European Shield", ())],
            [["ag-0", "ag-1", "ag-2"]],
            id="a-chain-of-aliases",
        ),
        pytest.param(
            [("NSS", ("Strategy of 2025",)), ("Strategy of 2025", ("NSS",))], [["ag-0", "ag-1"]], id="each-others-alias"
        ),
        pytest.param([(None, ("NSS",)), ("NSS", ())], [["ag-0"], ["ag-1"]], id="an-alias-of-nothing-joins-nothing"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_rows(named: list[tuple[str | None, tuple[str, ...]]], rows: list[list[str]]):
    assert rows_of(link_by_name(observe(*named))) == rows


def test_every_link_says_why():
    named = observe(("National Security Strategy", ("NSS",)), ("NSS", ()), (None, ()))
    assert [(link.reason, link.score) for link in link_by_name(named)] == [
        ("name", 1.0),
        ("alias", 0.9),
        ("unnamed", 1.0),
    ]


def test_a_rows_id_comes_from_its_name_alone():
    first = link_by_name([Observation(agreement_id="ag-1", name="Kensington Treaty")])
    other = link_by_name([Observation(agreement_id="ag-2", name="the Kensington Treaty")])
    assert first[0].row_id == other[0].row_id
    assert first[0].row_id.startswith("rw-")


names = st.sampled_from(["NSS", "National Security Strategy", "Sky Shield", "ESSI", "the coalition", "", "…"])


@given(st.lists(st.tuples(st.none() | names, st.lists(names, max_size=3).map(tuple)), max_size=8), st.randoms())
def test_every_observation_is_linked_once_whatever_the_order(named, random):
    observations = observe(*named)
    links = link_by_name(observations)
    assert [link.agreement_id for link in links] == sorted(observation.agreement_id for observation in observations)
    random.shuffle(observations)
    assert link_by_name(observations) == links
