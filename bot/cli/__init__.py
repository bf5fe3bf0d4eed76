"""The command line: the only place that wires the parts together. Channels are imported when they are used."""

import io
import sys

import typer

from bot.cli.authors import authors
from bot.cli.facts import facts
from bot.cli.options import FlowsOption, LangOption, the_guide, the_language, the_settings

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False,
    help="A scripted, confidential help guide: web chat, Telegram bot, terminal, and tools for its authors.",
)  # fmt: skip


def main() -> None:
    """Run the command line of this process."""
    app()


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Without a command: serve the web chat, and Telegram when BOT_TOKEN is set."""
    if context.invoked_subcommand is None:
        serve()


@app.command()
def serve() -> None:
    """Serve the web chat, and Telegram when BOT_TOKEN is set."""
    from bot.cli.serving import serve as run

    run(the_settings())


@app.command()
def chat(lang: LangOption = None, flows: FlowsOption = None) -> None:
    """Try the guide in the terminal: numbered choices, also from a pipe."""
    from datetime import UTC, datetime

    from bot.channels import terminal

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a sign that is no text is no reason to end
    guide = the_guide(flows)
    language = the_language(guide.languages, lang or guide.default_language)
    terminal.run(guide, language, sys.stdin, sys.stdout, lambda: datetime.now(UTC))


@app.command()
def settings() -> None:
    """Print every setting, its default and its meaning."""
    from bot.cli.explaining import explain

    explain(sys.stdout)


app.add_typer(authors)
app.add_typer(facts, name="facts")
