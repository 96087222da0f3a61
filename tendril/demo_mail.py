"""The mail of a demo, which goes nowhere: kept as files, to be read here."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tendril.htmx import Request, render_page

MOST = 100


@dataclass(frozen=True, slots=True)
class KeptMail:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def date(self) -> str:
        return str(self.message["Date"])

    @property
    def text(self) -> str:
        # Django's backend draws a line under each message.
        return self.message.get_content().rstrip("-\n")

    @classmethod
    def read(cls, path: Path) -> KeptMail:
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return cls(path.stem, parsed)


def kept() -> list[Path]:
    """The newest first; the names begin with the time."""
    if not settings.IS_DEMO:
        raise Http404
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:MOST]


@login_not_required
@require_safe
def mails(request: Request) -> HttpResponse:
    context = {"mails": [KeptMail.read(path) for path in kept()]}
    return render_page(request, "demo_mails.html", context)


@login_not_required
@require_safe
def mail(request: Request, mail_name: str) -> HttpResponse:
    found = {path.stem: path for path in kept()}
    if mail_name not in found:
        raise Http404
    return render_page(
        request, "demo_mail.html", {"mail": KeptMail.read(found[mail_name])}
    )
