"""What answers a question, part by part: database, queue, worker and model."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from tendril.launch import broker
from tests.stack.running import ROOT, environment, free_port, wait_for


class Parts:
    """PostgreSQL runs all the time; the others are started and killed by tests."""

    def __init__(self, folder, database_url, model):
        self.folder = folder
        self.model = model
        self.database_url = database_url
        self.redis_url = f"redis://:a-password@127.0.0.1:{free_port()}/0"
        self.env = environment(
            {
                "DJANGO_SETTINGS_MODULE": "tendril.settings",
                "SECRET_KEY": "of a test, and long enough for nobody to mind it here",
                "SITE_URL": "http://127.0.0.1",
                "LOG_LEVEL": "ERROR",
                "TENDRIL_DATA": str(folder),
                "DATABASE_URL": database_url,
                "REDIS_URL": self.redis_url,
                "TUTOR_CONTACT": "counsellor",
                "TUTOR_QUESTIONS_OF_A_CLASS": "5000",
                "TENDRIL_LLM_BASE_URL": model.url,
                "TENDRIL_LLM_MODEL": "model",
                "TENDRIL_LLM_PROVIDER": "Model Makers",
                "OPENAI_API_KEY": "key",
            }
        )

    def run(self, *words):
        """A command of `asking_many`, to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.stack.asking_many", *map(str, words)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done

    @contextmanager
    def queue(self):
        command = broker.command(self.redis_url, self.folder / "redis")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            assert wait_for(lambda: broker.answers(self.redis_url))
            try:
                yield
            finally:
                server.kill()

    def lose_queue(self):
        shutil.rmtree(self.folder / "redis", ignore_errors=True)

    @contextmanager
    def worker(self, *options):
        """As `docker-compose.yml` starts it; killed at the end, in the middle of all."""
        command = [
            *(sys.executable, "-m", "celery", "-A", "tendril", "worker"),
            *("--hostname", "tutor@%h", "--queues", "tutor", "--loglevel", "ERROR"),
            *("--pool", "threads", "--concurrency", "200", *options),
        ]
        log = (self.folder / "worker.log").open("ab")
        with (
            log,
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            try:
                yield
            finally:
                os.killpg(process.pid, signal.SIGKILL)

    def rows(self, sql):
        # Django's address of a socket is none for PostgreSQL itself.
        folder, _slash, name = urlsplit(self.database_url).path.rpartition("/")
        with psycopg.connect(
            host=folder[1:], user="postgres", dbname=name, autocommit=True
        ) as database:
            cursor = database.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def states(self):
        """How many questions are in which state."""
        return dict(
            self.rows("SELECT state, count(*) FROM tutor_exchange GROUP BY state")
        )

    def said(self):
        """Every answer there is, as its sentences, each once."""
        answers = self.rows(
            "SELECT DISTINCT array_agg(sentence ORDER BY position) FROM tutor_claim "
            "GROUP BY exchange_id"
        )
        return [sentences for [sentences] in answers]

    def an_hour_passes(self):
        """For what waits: whoever had taken it is taken for dead now."""
        self.rows(
            "UPDATE tutor_exchange SET asked_at = asked_at - interval '1 hour', "
            "taken_until = taken_until - interval '1 hour' WHERE state = 'pending'"
        )
