"""Between our records and the files of the independent scorer (ENTENTE_SCORER_DIR), for comparing both on one thing."""

import importlib.util
import json
from random import Random

from pipeline.evaluation.articles import to_article
from pipeline.evaluation.entity_scores import list_marked
from pipeline.exports.extraction import to_extraction_json
from pipeline.gold.records import GoldAgreement, GoldArticle, GoldClaim, GoldEntity, GoldParty
from pipeline.gold.tables import HeaderTable
from pipeline.records import AUTHOR, Mention, Span

#: our measures and theirs
SAME = {
    **{f"entity_{o}_{p}": f"ent_{t}_{p[0] if p != 'f1' else p}" for o, t in
       (("exact", "exact"), ("overlap", "overlap"), ("typed", "exact_typed")) for p in ("precision", "recall", "f1")},
    **{f"{o}_{p}": f"{t}_{p[0] if p != 'f1' else p}" for o, t in
       (("row_found", "agr"), ("row_right", "row"), ("row_strict", "row_strict"), ("party", "party_actor"),
        ("role", "party_role"), ("claim_found", "claim")) for p in ("precision", "recall", "f1")},
    "entity_type_of_exact": "ent_type_acc_exact",
    "entity_type_of_overlap": "ent_type_acc_overlap",
    "entity_name_of_exact": "ent_canonical_acc_exact",
    "entity_name_of_overlap": "ent_canonical_acc_overlap",
    "row_kind": "agr_kind_acc",
    "row_status": "agr_status_acc",
    "row_name": "agr_name_acc",
    "date_exact": "agr_date_exact_acc",
    "date_lenient": "agr_date_lenient_acc",
    "claim_speaker": "claim_source_acc",
    "claim_speaker_attributed": "claim_attributed_source_acc",
    "claim_type": "claim_type_acc",
    "claim_coarse_type": "claim_coarse_type_acc",
}  # fmt: skip


def load_module(folder, name):
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_samples(folder):
    """Their gold as ours; their texts are not needed: words made up by chance stand where theirs stood."""
    files = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return [_to_gold(file) for file in files if isinstance(file, dict) and "sha256" in file]


def _to_gold(file):
    random = Random(file["length"])
    text = "".join(random.choice("abcdefghij klmnop ") for _ in range(file["length"]))

    def span(pair):
        return Span(start=pair[0], end=pair[1], text=text[pair[0] : pair[1]])

    head = HeaderTable(title="x", published="2025", publisher="x", style="brief", topic="x", split="dev")
    return GoldArticle(
        slug=file["id"],
        header=head,
        text=text,
        entities=tuple(
            GoldEntity.model_validate_json(
                json.dumps(
                    {
                        "type": e["type"],
                        "name": e["canonical"],
                        "iso": e.get("iso"),
                        "key": f"e{n}",
                        "mentions": [Mention(**span((e["start"], e["end"])).model_dump()).model_dump()],
                    }
                )
            )
            for n, e in enumerate(file["entities"], 1)
        ),
        agreements=tuple(_to_agreement(a, n, span) for n, a in enumerate(file["agreements"], 1)),
        claims=tuple(_to_claim(c, n, span) for n, c in enumerate(file["claims"], 1)),
    )


def _to_agreement(a, n, span):
    date = a["date"] or {}
    table = {key: a[key] for key in ("name", "label", "aliases", "kind", "kind_alt", "status", "status_alt")}
    table |= {"date": date.get("iso"), "date_alt": date.get("iso_alt") or [], "key": f"a{n}"}
    table["mentions"] = [span(pair).model_dump() for pair in a["mentions"]]
    table["actors"] = [GoldParty.model_validate_json(json.dumps(p)).model_dump() for p in a["parties"]]
    return GoldAgreement.model_validate_json(json.dumps(table))


def _to_claim(c, n, span):
    is_described = isinstance(c["source"], list)
    speaker = AUTHOR if c["source_canonical"] == AUTHOR else "s1" if c["source_canonical"] else ""
    return GoldClaim.model_validate_json(
        json.dumps(
            {
                "type": c["type"],
                "speaker": speaker,
                "speaker_alt": c.get("source_alt", []),
                "hedged": c["hedged"],
                "key": f"c{n}",
                "content": [span(pair).model_dump() for pair in c["spans"]],
                "cue_span": None,
                "speaker_name": c["source_canonical"],
                "speaker_span": span(c["source"]).model_dump() if is_described else None,
            }
        )
    )


def to_their_gold(gold):
    """Our gold in the shape of theirs."""
    return {
        "id": gold.slug,
        "entities": [
            {"start": m.span.start, "end": m.span.end, "type": m.type, "canonical": m.name, "iso": m.iso}
            for m in list_marked(gold.entities)  # without pronouns, as in what `entente extract` writes
        ],
        "agreements": [
            {
                "name": a.name,
                "label": a.label,
                "aliases": list(a.aliases),
                "mentions": [[m.start, m.end] for m in a.mentions],
                "kind": a.kind,
                "kind_alt": list(a.kind_alt),
                "status": a.status,
                "status_alt": list(a.status_alt),
                "date": {"iso": a.date, "iso_alt": list(a.date_alt)} if a.date else None,
                "parties": [{"actor": p.actor, "role": p.role} for p in a.actors],
            }
            for a in gold.agreements
        ],
        "claims": [
            {
                "spans": [[p.start, p.end] for p in c.content],
                "source": [c.speaker_span.start, c.speaker_span.end] if c.speaker_span else c.speaker_name,
                "source_canonical": c.speaker_name,
                "source_alt": list(c.speaker_alt),
                "type": c.type,
            }
            for c in gold.claims
        ],
    }


def to_their_prediction(gold, extraction, adapt):
    """What `entente extract` would write, as their adapter reads it."""
    return adapt(to_extraction_json(to_article(gold), extraction), gold.slug)
