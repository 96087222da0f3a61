"""The lesson page against a bare Django view of the same size, in one run."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.load import ROOT, answers_per_second, fetch, serving

PAGE = "/learn/lesson/why-companies-fine-tune/"
SITE_PORT, BARE_PORT = 8931, 8932


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tendril-benchmark-") as folder:
        measure(Path(folder), options.rounds, options.seconds)


def measure(folder, rounds, seconds):
    site = {
        "SECRET_KEY": "only for this benchmark",
        "SITE_URL": "http://127.0.0.1",
        "TENDRIL_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "tendril.settings",
    }
    for command in ("migrate", "load_lessons", "collectstatic --no-input"):
        subprocess.run(
            [sys.executable, "manage.py", *command.split(), "--verbosity", "0"],
            cwd=ROOT,
            env=os.environ | site,
            check=True,
        )
    body = folder / "body"
    with serving("tendril.wsgi:application", SITE_PORT, site):
        body.write_bytes(fetch(SITE_PORT, PAGE)[1])
        bare = {"BARE_BODY": str(body)}
        with serving("tests.benchmarks.bare:application", BARE_PORT, bare):
            report(body.stat().st_size, *take_turns(rounds, seconds))


def take_turns(rounds, seconds):
    """Rates of both, measured in turn so that a busy machine slows both alike."""
    answers_per_second(SITE_PORT, PAGE, 1)
    answers_per_second(BARE_PORT, "/", 1)
    rounds = [
        answers_per_second(SITE_PORT, PAGE, seconds)
        + answers_per_second(BARE_PORT, "/", seconds)
        for _ in range(rounds)
    ]
    return zip(*rounds, strict=True)


def report(size, site, site_share, bare, bare_share):
    ratios = [one / other for one, other in zip(site, bare, strict=True)]
    share = statistics.median([*site_share, *bare_share])
    print(f"lesson page, {size} bytes compressed, from the process's own cache")
    print(f"  lesson page  {statistics.median(site):8.0f} answers/s")
    print(f"  bare Django  {statistics.median(bare):8.0f} answers/s")
    print(f"  ratio        {statistics.median(ratios):8.2f}", end="")
    print(f"  ({min(ratios):.2f} to {max(ratios):.2f} over {len(ratios)} rounds)")
    print(f"  asking took  {share:8.0%} of the other core")


if __name__ == "__main__":
    main()
