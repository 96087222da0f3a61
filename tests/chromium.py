"""The browser that the tests drive, and how a machine gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The first is the same browser without its windows, and takes a third less time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """There is no working Chromium here, and it could not be installed."""


def installed():
    """Path of the system's own Chromium, or None; a stub that only hints is none."""
    for path in filter(None, map(shutil.which, NAMES)):
        if subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def of_playwright():
    """Path of the Chromium that Playwright keeps for itself, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find():
    path = installed() or of_playwright()
    if path is None:
        raise NoBrowser(
            "No Chromium was found. Install one (on Debian: apt-get install chromium; "
            "elsewhere: uv run --group test playwright install chromium) and run again."
        )
    return path


def bring():
    """Install a Chromium where there is none."""
    if installed() or of_playwright():
        return
    print("Installing Chromium for the browser tests …", flush=True)
    is_debian = is_root() and shutil.which("apt-get")
    if is_debian:
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run_showing_failure(["apt-get", "update"], quietly)
        install = ["apt-get", "install", "-qq", "-y"]
        run_showing_failure([*install, SHELL, "fonts-liberation"], quietly)
        if not installed():
            run_showing_failure([*install, "chromium"], quietly)
    if not installed():
        playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
        libraries = ["--with-deps"] if is_debian else []
        run_showing_failure([*playwright, *libraries], dict(os.environ))
    find()


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run_showing_failure(command, environment):
    done = subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}", flush=True)
