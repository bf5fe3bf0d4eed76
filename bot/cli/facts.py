"""The commands about facts: what to check again, recording that it was, dead links."""

import sys
from datetime import date
from typing import Annotated

import typer

from bot.cli.options import FlowsOption, refuse, the_folder, the_guide

facts = typer.Typer(help="Facts: what to check again, recording that it was, dead links.")


@facts.command("due")
def facts_due(
    days: Annotated[int, typer.Option(min=0, help="Due within so many days.")] = 14, flows: FlowsOption = None
) -> None:
    """List the facts to check again, the most urgent first, with their sources."""
    from bot.cli.rechecking import due

    due(the_guide(flows), date.today(), days, the_folder(flows), sys.stdout)


@facts.command("ok")
def facts_ok(
    name: Annotated[str, typer.Argument(help="The fact, like kr-109.")],
    by: Annotated[str, typer.Option(help="Who checked it, or against what.")] = "",
    flows: FlowsOption = None,
) -> None:
    """Record that a fact was checked today and is still true."""
    from bot.cli.rechecking import NoFact, record
    from bot.flowfiles.problems import did_you_mean

    guide = the_guide(flows)
    try:
        path = record(guide, name, date.today(), by, the_folder(flows))
    except NoFact:
        refuse(f'There is no fact "{name}". {did_you_mean(name, guide.facts)}')
    sys.stdout.write(f"{name}: checked {date.today()}, written to {path}\n")


@facts.command("links")
def facts_links(flows: FlowsOption = None) -> None:
    """Open every link of every fact (goes online) and name the dead and the redirected ones."""
    from bot.cli.rechecking import links

    raise typer.Exit(int(links(the_guide(flows), sys.stdout) > 0))
