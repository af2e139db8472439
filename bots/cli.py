"""The `nearby` command: names and options only; what each does stands in `bots/commands`."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Concatenate, NoReturn, ParamSpec

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bots.settings import Settings

P = ParamSpec("P")

app = typer.Typer(
    name="nearby",
    help="One shared Open Referral UK directory, where people already talk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
export = typer.Typer(help="Write records out.", no_args_is_help=True)
places = typer.Typer(help="Postcodes, places and streets of your own.", no_args_is_help=True)
db = typer.Typer(help="The database itself.", no_args_is_help=True)
app.add_typer(export, name="export")
app.add_typer(places, name="places")
app.add_typer(db, name="db")
lexicon = typer.Typer(help="Everyday words and what they lead to.", no_args_is_help=True)
app.add_typer(lexicon, name="lexicon")
outbox = typer.Typer(help="Messages that wait to be sent, and those that could not be.")
app.add_typer(outbox, name="outbox")

Json = Annotated[bool, typer.Option("--json", help="Lines of JSON, for programs.")]
Now = Annotated[
    str | None, typer.Option(help="Answer as if it were this moment (ISO; in TIMEZONE where no offset).")
]


@app.command()
def ask(
    turns: Annotated[list[str] | None, typer.Argument(help="Messages of one conversation.")] = None,
    *,
    batch: Annotated[Path | None, typer.Option(help='A file of lines {"id", "turns", "now"}.')] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Ask the directory: nearby ask "library open on saturday near ls9"."""
    from bots.commands.asking import run_ask, run_batch  # noqa: PLC0415 - each command loads its own

    if bool(turns) == (batch is not None):
        raise typer.BadParameter("give one or more messages, or --batch FILE")
    if batch:
        _run(run_batch, batch, now)
    _run(run_ask, turns or [], now, as_json=as_json)


@app.command()
def chat() -> None:
    """Talk with the directory here; an empty one is filled with example records first."""
    from bots.commands.asking import run_chat  # noqa: PLC0415

    _run(run_chat)


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 for every network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    roles: Annotated[str, typer.Option(help="What this process does.")] = "web,channels,delivery,scheduler",
    examples: Annotated[
        bool, typer.Option("--examples", help="Fill an empty directory with example records first.")
    ] = False,
) -> None:
    """Serve the web chat and every channel whose token is set, until told to stop."""
    from bots.commands.serving import run_serve  # noqa: PLC0415

    _run(run_serve, host, port, roles, examples=examples)


@app.command("import")
def import_(
    sources: Annotated[list[str], typer.Argument(help="Addresses of ORUK APIs, files or folders.")],
    *,
    publisher: Annotated[str | None, typer.Option(help="Who publishes it, for people.")] = None,
    cadence: Annotated[str | None, typer.Option(help="daily, weekly or never.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Even if it shrank by over a third.")] = False,
    as_json: Json = False,
) -> None:
    """Take in feeds: only what changed is written, and what vanished is withdrawn."""
    from bots.commands.importing import run_import  # noqa: PLC0415

    _run(run_import, sources, publisher=publisher, cadence=cadence, force=force, as_json=as_json)


@app.command()
def feeds(*, as_json: Json = False) -> None:
    """Show the feeds: where they come from, how often they are read, how it went last."""
    from bots.commands.listing import run_feeds  # noqa: PLC0415

    _run(run_feeds, as_json=as_json)


@app.command()
def quarantine(
    *,
    feed: Annotated[int | None, typer.Option(help="Only this feed (its id).")] = None,
    as_json: Json = False,
) -> None:
    """Show the records that could not be taken, and why."""
    from bots.commands.listing import run_quarantine  # noqa: PLC0415

    _run(run_quarantine, feed, as_json=as_json)


@export.command("oruk")
def export_oruk(
    out: Annotated[Path, typer.Argument(help="JSON lines; packed where the name ends in .gz.")],
    *,
    public: Annotated[bool, typer.Option("--public", help="Without what may not be published.")] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="With what was withdrawn.")] = False,
) -> None:
    """Write every service as it was published, whole, or as it may be published (--public)."""
    from bots.commands.exporting import run_export  # noqa: PLC0415

    _run(run_export, out, public=public, withdrawn=withdrawn)


@places.command("load")
def places_load(
    file: Annotated[Path, typer.Argument(help="Code-Point Open, ONSPD or OS Open Names.")],
    *,
    as_json: Json = False,
) -> None:
    """Load a table of postcodes, places or streets."""
    from bots.commands.importing import run_places_load  # noqa: PLC0415

    _run(run_places_load, file, as_json=as_json)


@db.command()
def upgrade() -> None:
    """Bring the store up to this program's version."""
    from bots.commands.storing import run_upgrade  # noqa: PLC0415

    _run(run_upgrade)


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Lines of JSON; see docs/evaluating.md.")],
    *,
    as_json: Json = False,
) -> None:
    """Ask questions whose right answers are known, and say how many were answered well."""
    from bots.commands.evaluating import run_evaluate  # noqa: PLC0415

    _run(run_evaluate, file, as_json=as_json)


@lexicon.command("check")
def lexicon_check(*, as_json: Json = False) -> None:
    """Show what of this directory no everyday words lead to."""
    from bots.commands.lexicon import run_lexicon_check  # noqa: PLC0415

    _run(run_lexicon_check, as_json=as_json)


@outbox.callback(invoke_without_command=True)
def outbox_list(
    context: typer.Context,
    *,
    dead: Annotated[bool, typer.Option("--dead", help="Only those that will not be sent any more.")] = False,
    as_json: Json = False,
) -> None:
    """Show the messages that wait or could not be sent: id, channel, state, reason, when."""
    from bots.commands.outbox import run_outbox  # noqa: PLC0415

    if context.invoked_subcommand is None:
        _run(run_outbox, dead=dead, as_json=as_json)


@outbox.command("retry")
def outbox_retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Which, by id.")] = None,
    *,
    dead: Annotated[
        bool,
        typer.Option("--dead", help="All that were refused or given up, but none that may have arrived."),
    ] = False,
) -> None:
    """Send again what could not be sent; one that is `unknown` may arrive twice."""
    from bots.commands.outbox import run_retry  # noqa: PLC0415

    _run(run_retry, ids or [], dead=dead)


@app.command()
def check(*, as_json: Json = False) -> None:
    """Say in words whether everything is set up right."""
    from bots.commands.checking import run_check  # noqa: PLC0415

    _run(run_check, as_json=as_json)


def _run(
    command: Callable[Concatenate[Settings, P], Coroutine[None, None, int]],
    *args: P.args,
    **options: P.kwargs,
) -> NoReturn:
    from bots.commands.running import run  # noqa: PLC0415

    sys.exit(run(command, *args, **options))


def main() -> None:
    """Run `nearby`."""
    app()
