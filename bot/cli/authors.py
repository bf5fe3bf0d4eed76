"""The commands for authors: check, look at, compare and draw the flow files."""

import contextlib
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.options import FlowsOption, LangOption, refuse, the_folder, the_guide, the_language

authors = typer.Typer()


class CheckFormat(StrEnum):
    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class TestFormat(StrEnum):
    text = "text"
    json = "json"
    github = "github"


class DiffFormat(StrEnum):
    text = "text"
    markdown = "markdown"
    json = "json"


class MapFormat(StrEnum):
    mermaid = "mermaid"
    dot = "dot"
    svg = "svg"


class BookFormat(StrEnum):
    html = "html"
    jsonl = "jsonl"


@authors.command()
def check(
    flows: FlowsOption = None,
    format: Annotated[CheckFormat, typer.Option(help="How to print the problems.")] = CheckFormat.text,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file is saved.")] = False,
    release: Annotated[bool, typer.Option("--release", help="What has aged is an error.")] = False,
) -> None:
    """List every problem of the flow files; exit code 1 when there is an error."""
    from bot.cli.checking import check as run
    from bot.cli.checking import watch as run_again

    if watch:
        with contextlib.suppress(KeyboardInterrupt):
            run_again(the_folder(flows), format.value)
        raise typer.Exit(0)
    raise typer.Exit(run(the_folder(flows), format.value, date.today(), release=release))


@authors.command()
def test(
    only: Annotated[str, typer.Argument(help="Only those whose file or sentence holds this.")] = "",
    flows: FlowsOption = None,
    format: Annotated[TestFormat, typer.Option(help="How to print what was not met.")] = TestFormat.text,
    coverage: Annotated[bool, typer.Option("--coverage", help="List the steps and branches nobody touches.")] = False,
    uncovered_people: Annotated[
        bool, typer.Option("--uncovered-people", help="List kinds of people whose plan page nobody comes to.")
    ] = False,
    mutate: Annotated[bool, typer.Option("--mutate", help="Change each branch and list what nobody notices.")] = False,
) -> None:
    """Let the people of people/ and the journeys meet the guide; exit code 1 when they miss what they should see."""
    from bot.cli.testing import run

    code = run(the_folder(flows), format.value, only, coverage=coverage, kinds=uncovered_people, mutate=mutate)
    raise typer.Exit(code)


@authors.command()
def book(
    lang: LangOption = None,
    flows: FlowsOption = None,
    format: Annotated[BookFormat, typer.Option(help="One page, or one JSON object a screen.")] = BookFormat.html,
    step: Annotated[str, typer.Option(help="Only this flow or page, like kr/money/fund.")] = "",
    every_answer: Annotated[bool, typer.Option(help="Also screens that differ in nothing but the answer.")] = False,
) -> None:
    """Print every distinct screen, for review by lawyers, counsellors and translators."""
    from bot.cli.booking import book as run

    guide = the_guide(flows)
    run(
        guide,
        the_language(guide.languages, lang or guide.default_language),
        format.value,
        sys.stdout,
        step=step,
        every_answer=every_answer,
    )


@authors.command()
def why(
    answers: Annotated[list[str] | None, typer.Argument(help="What they answer, like country=KR.")] = None,
    open: Annotated[list[str] | None, typer.Option(help="A page that they open, like kr/note/note.")] = None,
    lang: LangOption = None,
    flows: FlowsOption = None,
) -> None:
    """Show why somebody sees what they see: every branch, fact and source with its place."""
    from bot.cli.reasoning import unknown
    from bot.cli.reasoning import why as run

    guide = the_guide(flows)
    said = dict(answer.partition("=")[::2] for answer in answers or ())
    wrong = unknown(guide, said)
    if wrong:
        refuse(wrong)
    try:
        run(
            guide,
            the_language(guide.languages, lang or guide.default_language),
            said,
            open or [],
            the_folder(flows),
            sys.stdout,
        )
    except LookupError as found:
        refuse(str(found.args[0]))


@authors.command()
def outcomes(
    flows: FlowsOption = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file is current.")] = False,
) -> None:
    """Write OUTCOMES.md, who gets what; exit code 1 with --check when it is out of date."""
    from bot.flowfiles.outcomes import outcomes as written

    path, text = the_folder(flows) / "OUTCOMES.md", written(the_guide(flows))
    if check:
        current = path.is_file() and path.read_text("utf-8") == text
        if not current:
            sys.stderr.write("OUTCOMES.md is out of date. Write it again: python -m bot outcomes\n")
        raise typer.Exit(0 if current else 1)
    path.write_text(text, "utf-8")


@authors.command()
def diff(
    revision: Annotated[str, typer.Argument(help="A revision of the repository, like HEAD~1 or main.")] = "HEAD",
    flows: FlowsOption = None,
    format: Annotated[DiffFormat, typer.Option(help="For people, a pull request, or programs.")] = DiffFormat.text,
) -> None:
    """Say who is affected by what changed in the flow files since a revision."""
    from bot.cli.comparing import NoRevision, compare, guide_at

    folder = the_folder(flows)
    new = the_guide(flows)
    try:
        sys.stdout.write(compare(guide_at(revision, folder), new, format.value))
    except NoRevision as wrong:
        refuse(str(wrong))


@authors.command()
def schema(
    flows: FlowsOption = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the files are current.")] = False,
) -> None:
    """Write the schemas that editors complete names from; exit code 1 with --check when they are out of date."""
    import json

    from bot.flowfiles.schema import schemas

    folder = the_folder(flows) / ".schema"
    texts = {
        f"{name}.json": json.dumps(body, ensure_ascii=False, indent=1)
        for name, body in schemas(the_guide(flows)).items()
    }
    if check:
        found = {name: (folder / name).read_text("utf-8") for name in texts if (folder / name).is_file()}
        if found != texts:
            sys.stderr.write("The schemas are out of date. Write them again: python -m bot schema\n")
        raise typer.Exit(int(found != texts))
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


@authors.command("map")
def draw_map(
    flow: Annotated[str, typer.Option(help="Only this flow, like kr/plan.")] = "",
    lang: LangOption = None,
    flows: FlowsOption = None,
    format: Annotated[MapFormat, typer.Option(help="svg needs Graphviz.")] = MapFormat.mermaid,
    coverage: Annotated[bool, typer.Option("--coverage", help="Colour what people and journeys touch.")] = False,
) -> None:
    """Draw the flows: questions, pages and the ways between them."""
    from bot.cli import mapping
    from bot.cli.testing import touched

    guide = the_guide(flows)
    named = sorted({step.rpartition("/")[0] for step in guide.steps})
    if flow and flow not in named:
        refuse("--flow is one of: " + ", ".join(named))
    language = the_language(guide.languages, lang or guide.default_language)
    its = mapping.mapped(guide, language, flow, touched(the_folder(flows), guide) if coverage else None)
    try:
        sys.stdout.write(getattr(mapping, format.value)(guide, its))
    except mapping.NoGraphviz as wrong:
        refuse(str(wrong))


@authors.command()
def figures(flows: FlowsOption = None) -> None:
    """Print how many taps the help is away, and how hard the texts are to read."""
    from bot.cli.measuring import figures as run

    run(the_guide(flows), sys.stdout)


@authors.command()
def listen(lang: LangOption = None, flows: FlowsOption = None) -> None:
    """Say what typed words would be taken for: crisis, topic:<id> or unknown, one line for each of stdin."""
    from bot.cli.hearing import listen as run

    raise typer.Exit(run(the_guide(flows), lang, sys.stdin.buffer, sys.stdout, sys.stderr))
