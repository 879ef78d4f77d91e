"""``entente corpus``: check the gold, write the articles from it, count what there is."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.door import complain, load_settings
from pipeline.cli.options import Json
from pipeline.cli.print import Column, print_json, print_note, print_table
from pipeline.errors import InputError

app = typer.Typer(
    name="corpus", help="The annotated corpus: check it, build its articles, count it.", no_args_is_help=True
)

CORPUS = Path("corpus")
GOLD = CORPUS / "gold"
ARTICLES = CORPUS / "articles"
SECOND = CORPUS / "second"
Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]…", help="Gold files; all of corpus/gold where none is named.")
]


@app.command()
def check(
    files: Files = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave the notes out.")] = False,
) -> None:
    """Say everything that is wrong in gold files, as FILE:LINE: what, and how to mend it.

    A note is worth a look but no mistake. Where no file is named, also what must hold between the files is checked,
    and that the articles are those of the gold.
    """
    from pipeline.evaluation.check import check_files
    from pipeline.gold.read import find_gold

    found = check_files(files or find_gold(GOLD), articles=None if files else ARTICLES, settings=load_settings())
    for finding in found.findings:
        if not (quiet and finding.problem.is_note):
            mark = "note: " if finding.problem.is_note else ""
            print(f"{finding.path}:{finding.problem.line}: {mark}{finding.problem.text}")
    print_note(f"{found.files} file(s), {found.mistakes} mistake(s), {found.notes} note(s)")
    if found.mistakes:
        raise typer.Exit(InputError.exit_code)


@app.command()
def build(files: Files = None) -> None:
    """Write corpus/articles/NNN-slug.txt and .meta.json from gold files.

    Articles 001 to 021 were there before their gold: they are compared with it and never written.
    """
    from pipeline.evaluation.articles import write_article
    from pipeline.gold.read import find_gold, load_gold

    settings = load_settings()
    written, failed = 0, 0
    for gold in load_gold(files or find_gold(GOLD)):
        try:
            written += write_article(gold, ARTICLES, settings=settings) == "written"
        except InputError as error:
            complain(str(error))
            failed += 1
    print_note(f"{written} article(s) written to {ARTICLES}")
    if failed:
        raise typer.Exit(InputError.exit_code)


@app.command()
def stats(
    update: Annotated[
        Path | None, typer.Option("--update", metavar="README", help="Write the counts into this data card.")
    ] = None,
    json: Json = False,
) -> None:
    """Count articles, words and marks, for each split."""
    from pipeline.evaluation.card import update_card
    from pipeline.evaluation.counts import count_corpus
    from pipeline.gold.read import find_gold, load_gold
    from pipeline.gold.tables import SPLITS

    lines = count_corpus(load_gold(find_gold(GOLD)))
    if update is not None:
        update_card(update, lines)
        print_note(f"counts written into {update}")
    elif json:
        print_json([{"what": line.what, **line.splits, "all": line.total} for line in lines])
    else:
        columns = [Column("what"), *(Column(name, justify="right") for name in (*SPLITS, "all"))]
        print_table(columns, [[line.what, *(f"{n:,}" for n in (*line.splits.values(), line.total))] for line in lines])


@app.command()
def standoff(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Gold files of real articles.")],
    real: Annotated[Path, typer.Option(metavar="DIR", help="The folder their texts are in.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write NAME.json.")] = CORPUS / "real",
) -> None:
    """Write gold of real articles as offsets and a digest, without their words."""
    from pipeline.evaluation.standoff import render_standoff, to_standoff
    from pipeline.gold.read import load_gold

    out.mkdir(parents=True, exist_ok=True)
    for gold in load_gold(files):
        content = render_standoff(to_standoff(gold, texts=real))
        (out / f"{gold.slug}.json").write_text(content, encoding="utf-8")
    print_note(f"{len(files)} file(s) written to {out}")


@app.command()
def blank(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Gold files to be marked a second time.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write them without their marks.")] = SECOND,
) -> None:
    """Write gold files without their marks, for a second marking; one that is there already is kept."""
    from pipeline.evaluation.second import make_blank

    out.mkdir(parents=True, exist_ok=True)
    for path in files:
        content = make_blank(path)
        if (out / path.name).exists():
            complain(f"{out / path.name}: is there already and is kept")
        else:
            (out / path.name).write_text(content, encoding="utf-8")


@app.command()
def compare(
    second: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of the second marking.")] = SECOND,
    json: Json = False,
) -> None:
    """Say how far the second marking of some articles agrees with the first, layer by layer."""
    from pipeline.cli.scores import print_scores
    from pipeline.evaluation.scores import score_articles
    from pipeline.evaluation.second import pair_markings

    pairs = pair_markings(GOLD, second=second)
    scores = score_articles(pairs)
    print_json({"articles": len(pairs), "scores": scores}) if json else print_scores(scores)
    print_note(f"{len(pairs)} article(s) marked twice; the first marking counts as the truth")
