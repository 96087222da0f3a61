"""Starting a site, watching it, and stopping all of it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tendril import demo_people, health
from tendril.launch import addresses, broker, browser, preparation, processes, readiness
from tendril.launch.children import Children
from tendril.launch.environment import from_outside, kept
from tendril.launch.failure import CannotStart
from tendril.launch.folder import DataFolder
from tendril.launch.options import Options
from tendril.launch.signals import StopSignals

BROKER_PATIENCE = 10.0
WEB_PATIENCE = 60.0


def run(kind: str, options: Options) -> None:
    """Run the site until somebody stops it; exit with a sentence if it cannot run."""
    signals = StopSignals()
    folder = DataFolder(Path(settings.DATA_DIR))
    try:
        with signals.heard(), folder.lock() as lock:
            children = Children(folder.path / "logs", lock, signals)
            Site(kind, options, folder, children).run()
    except CannotStart as error:
        sys.exit(str(error))


@dataclass(frozen=True)
class Site:
    kind: str
    options: Options
    folder: DataFolder
    children: Children

    def run(self) -> None:
        addresses.require_free_port(self.options)
        try:
            with self.children.all_stopped_at_the_end():
                self._start_and_watch()
        except KeyboardInterrupt:
            self._say(f"Stopped. Everything is kept in {self.folder.path}")
        finally:
            self.folder.forget_broker_url()

    def _start_and_watch(self) -> None:
        try:
            self._start()
            self._announce()
            while True:
                self.children.require_all()
                time.sleep(0.3)
        except KeyboardInterrupt:
            self._say("\nStopping ...")
            raise

    def _start(self) -> None:
        if self.options.reset:
            self._reset()
        self.folder.keep(kept(os.environ), from_outside(self.folder, os.environ))
        self._say(f"Tendril, with its data in {self.folder.path}")
        self._start_broker()
        preparation.prepare_database()
        self._done("database")
        if said := preparation.erase_again():
            self._done(said)
        preparation.collect_static_files(self.folder)
        self._done("static files")
        preparation.load_lessons()
        self._done("lessons")
        preparation.prepare_people(self.kind)
        self._done("people")
        preparation.close_connections()
        self._start_processes()

    def _reset(self) -> None:
        content = self.folder.content()
        if content and not self.options.yes:
            self._ask_whether_to_delete()
        self.folder.empty()

    def _ask_whether_to_delete(self) -> None:
        if not sys.stdin.isatty():
            raise CannotStart("Add --yes to reset the demo without being asked.")
        self._say(f"This deletes everything the demo keeps in {self.folder.path}")
        if input("Delete it? [y/N] ").strip().lower() not in ("y", "yes"):
            raise CannotStart("Nothing was deleted.")

    def _start_broker(self) -> None:
        mode = os.environ.get(broker.MODE)
        if mode is None and not health.broker_answers():
            raise CannotStart(
                "The server named by REDIS_URL does not answer. Start it, or unset "
                "REDIS_URL to have one started for you."
            )
        if mode == "embedded":
            url = settings.REDIS_URL
            command = broker.command(url, self.folder.path / "broker")
            self.children.start("broker", command)
            self._wait_until(lambda: broker.answers(url), BROKER_PATIENCE, "broker")
            self.folder.keep_broker_url(url)
        self._done("broker")

    def _start_processes(self) -> None:
        web = processes.web(self.kind, self.options)
        self.children.start("web server", web, processes.WEB_STOP + 2)
        self._wait_until(self._web_answers, WEB_PATIENCE, "web server")
        # Only now: work can wait in the queue, the person in front cannot.
        if os.environ.get(broker.MODE) != "thread":
            worker_patience = settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT + 5
            for name, command in processes.workers().items():
                self.children.start(name, command, worker_patience)
            self.children.start("timer", processes.timer())
        self._done("web server and worker")

    def _web_answers(self) -> bool:
        return readiness.web_answers(self.options.port, settings.SITE_URL)

    def _wait_until(
        self, is_there: Callable[[], bool], patience: float, name: str
    ) -> None:
        deadline = time.monotonic() + patience
        while not is_there():
            self.children.require_all()
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"The {name} did not answer within {patience:.0f} seconds. "
                    f"What it says is in {self.folder.path / 'logs'}"
                )
            time.sleep(0.05)

    def _announce(self) -> None:
        self._say(f"\n  {settings.SITE_URL}\n")
        if self.kind == "demo":
            names = ", ".join(demo_people.usernames())
            self._say(f"Sign in as {names}")
            self._say(f"with the password {demo_people.PASSWORD}\n")
        self._say("Press Ctrl-C to stop.")
        if not self.options.no_open and not self.options.site_url:
            browser.open_page(settings.SITE_URL)

    def _done(self, step: str) -> None:
        is_wide = (sys.stdout.encoding or "").lower().startswith("utf")
        tick = "✓" if is_wide else "-"
        self._say(f"  {tick} {step}")

    def _say(self, text: str) -> None:
        # A terminal that was closed cannot be told anything.
        with suppress(OSError):
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
