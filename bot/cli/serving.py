"""`serve`: the web chat and the Telegram bot in one process, until a signal stops it."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING

import typer

from bot import logs
from bot.cli.checking import guide_or_problems
from bot.cli.guarding import guard_memory
from bot.cli.metering import AddressTaken, counted, counting, timed, timing
from bot.cli.reloading import reload_on_change
from bot.core.guide import Guide
from bot.metrics import Metrics
from bot.pressing import Pressing
from bot.sealing import Sealing
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

Service = Coroutine[object, object, None]


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Exits with 1 when the guide cannot be used or the port is taken."""
    logs.set_up(settings.log_level)
    guard_memory()
    guide = guide_or_problems(settings.flows, sys.stderr)
    if guide is None:
        raise typer.Exit(1)
    if settings.default_language not in (None, *guide.languages):
        sys.stderr.write("DEFAULT_LANGUAGE: is not a language of the guide. Example: DEFAULT_LANGUAGE=ko\n")
        raise typer.Exit(2)
    try:
        asyncio.run(_serve(settings, guide))
    except* AddressTaken:
        sys.stderr.write(f"METRICS: {settings.metrics} cannot be used. Example: METRICS=127.0.0.1:9100\n")
        raise typer.Exit(2) from None
    except* OSError:
        sys.stderr.write(
            f"WEB_PORT {settings.web_port} on {settings.web_host} cannot be used. Example: WEB_PORT=8081\n"
        )
        raise typer.Exit(1) from None


async def _serve(settings: Settings, guide: Guide) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.set_exception_handler(logs.unseen)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, stop)
    pressing = Pressing(Sealing(guide, settings.idle_seconds), default_language=settings.default_language)
    logs.event("starting")
    async with counting(settings.metrics_address) as metrics, asyncio.TaskGroup() as tasks:
        for service in _services(settings, pressing, metrics, stop):
            tasks.create_task(_until_stopped(service, stop))
        tasks.create_task(_forget_on_time(pressing, stop))
        tasks.create_task(reload_on_change(settings.flows, pressing, stop))
    logs.event("stopped")


def _stop(stop: asyncio.Event) -> None:
    """The first signal stops in order; whoever sends a second one does not want to wait."""
    if stop.is_set():
        os._exit(1)
    stop.set()


async def _until_stopped(service: Service, stop: asyncio.Event) -> None:
    """When one half ends, by itself or by a failure, the other stops in order."""
    try:
        await service
    finally:
        stop.set()


def _services(
    settings: Settings, pressing: Pressing, metrics: Metrics | None, stop: asyncio.Event
) -> Iterator[Service]:
    """The coroutines to run. The web comes first: it must serve whatever Telegram does."""
    webhook = _telegram(settings, pressing, metrics) if settings.bot_token and settings.webhook_url else None
    if settings.web:
        from bot.channels import web
        from bot.channels.web.drawing import Drawing

        drawing = Drawing(lambda: pressing.sealing.guide, settings.exit_url)
        application = web.application(counted(pressing, metrics, "web"), drawing)
        if metrics:
            application.middlewares.append(timing(metrics))
        if webhook:
            webhook.receive_on(application.router)
        sys.stderr.write(f"http://{settings.web_host}:{settings.web_port}\n")
        limits = web.Limits(proxies=settings.trusted_proxies)
        yield web.run(application, settings.web_host, settings.web_port, stop, settings.web_hosts, limits)
    if webhook:
        yield webhook.run(stop)
    elif settings.bot_token:
        yield _polling(settings, pressing, metrics, stop)


async def _polling(settings: Settings, pressing: Pressing, metrics: Metrics | None, stop: asyncio.Event) -> None:
    """Telegram by polling; its library takes seconds to import, so that happens beside the web."""
    telegram = await asyncio.to_thread(_telegram, settings, pressing, metrics)
    await telegram.run(stop)


def _telegram(settings: Settings, pressing: Pressing, metrics: Metrics | None) -> "Telegram":
    from bot.channels.telegram import Telegram

    return Telegram(settings, counted(pressing, metrics, "telegram"), timed(metrics))


async def _forget_on_time(pressing: Pressing, stop: asyncio.Event) -> None:
    """Destroy keys when they die, not at the next press."""
    while not stop.is_set():
        dies = pressing.sealing.next_death()
        wait = 1.0 if dies is None else max(0.05, min(60.0, dies - pressing.clock()))
        try:
            await asyncio.wait_for(stop.wait(), wait)
        except TimeoutError:
            pressing.sealing.forget(pressing.clock())
