"""The gate: floors for the main figures that only rise, so that no change makes the pipeline worse unseen.

``corpus/gate.toml`` holds them with the digest of the gold they were measured on; figures on other gold cannot be
compared, so a changed corpus asks for new floors.
"""

import math
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.errors import InputError
from pipeline.evaluation.measures import Score
from pipeline.records import Record

#: What the gate holds: figures over all there is to find. A share of what was found (how many of the found claims have
#: the right type) is not held, since it may fall when more, and harder, is found.
GATED = (
    *("entity_exact_f1", "entity_typed_f1", "entity_named_f1", "entity_overlap_f1"),
    *("row_found_f1", "row_right_f1", "row_strict_f1", "row_kind_overall_f1", "row_status_overall_f1"),
    *(
        "party_overall_f1",
        "role_overall_f1",
        "date_overall_f1",
        "act_overall_f1",
        "figure_overall_f1",
        "due_overall_f1",
    ),
    *("claim_found_f1", "claim_speaker_overall_f1", "claim_type_overall_f1"),
    *("claim_hedged_overall_f1", "claim_negated_overall_f1"),
    *("link_pair_f1", "link_bcubed_f1"),
    *("gold_link_pair_precision", "gold_link_pair_f1", "gold_link_bcubed_f1"),
)

# Another processor may round a parser's scores otherwise, and a tie then falls the other way: one record among the about
# two hundred agreements of the dev split is 0.005 of a figure.
ALLOWANCE = 0.005


class Gate(Record):
    """The floors of one split."""

    split: str = "dev"
    allowance: float = Field(default=ALLOWANCE, ge=0, le=0.05)
    digest: str = ""
    floors: dict[str, float] = Field(default_factory=dict)


def load_gate(path: Path) -> Gate:
    """The floors in a file; none where there is no file yet.

    Raises:
        InputError: the file cannot be read or is no gate.
    """
    if not path.exists():
        return Gate()
    try:
        return Gate.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = " ".join(str(error).split())
        raise InputError(
            f"{path}: is no gate ({reason}); restore it, or write it anew with entente evaluate --update"
        ) from error


def find_failures(gate: Gate, scores: Iterable[Score], *, digest: str) -> list[str]:
    """What does not pass, one sentence each: a figure below its floor, or floors of another corpus."""
    if not gate.floors:
        return ["there are no floors yet; set them with entente evaluate --update"]
    if gate.digest != digest:
        return ["the gold has changed since the floors were set; set them anew with entente evaluate --update"]
    values = {score.name: score.value for score in scores}
    return [
        f"{name} is {_show(values.get(name))}, its floor {floor:.3f}"
        for name, floor in gate.floors.items()
        if (values.get(name) or 0.0) < floor - gate.allowance
    ]


def raise_floors(gate: Gate, scores: Iterable[Score], *, digest: str, may_fall: bool = False) -> Gate:
    """The gate with every floor at the figure reached now; a floor never falls unless that is asked for.

    Raises:
        InputError: a figure is below its floor by more than the allowance; all of them are named.
    """
    reached = {s.name: math.floor(s.value * 1000) / 1000 for s in scores if s.name in GATED and s.value is not None}
    fallen = _find_fallen(gate, reached)
    if fallen and not may_fall:
        raise InputError(
            f"floors would fall: {', '.join(fallen)}; mend it, or say --allow-regression and why in the commit"
        )
    floors = {
        name: reached[name] if may_fall else max(reached[name], gate.floors.get(name, 0.0))
        for name in GATED
        if name in reached
    }
    return gate.model_copy(update={"digest": digest, "floors": floors})


def _find_fallen(gate: Gate, reached: Mapping[str, float]) -> list[str]:
    return [
        f"{name} from {floor:.3f} to {_show(reached.get(name))}"
        for name, floor in gate.floors.items()
        if reached.get(name, 0.0) < floor - gate.allowance
    ]


def save_gate(path: Path, gate: Gate) -> None:
    """Write the floors; whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(_render(gate), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 -- the one call that is documented to be atomic
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check its permissions") from error


def _render(gate: Gate) -> str:
    head = (
        "# Floors that only rise: `entente evaluate --gate` fails below them, `entente evaluate --update` raises them.\n"
        f'split = "{gate.split}"\n'
        "# A figure may be this much below its floor: processors round differently (pipeline/evaluation/gate.py).\n"
        f"allowance = {gate.allowance}\n"
        "# Of the gold they were measured on: figures on other gold cannot be compared.\n"
        f'digest = "{gate.digest}"\n\n[floors]\n'
    )
    return head + "".join(f"{name} = {floor:.3f}\n" for name, floor in gate.floors.items())


def _show(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3f}"
