"""Making copies of everything about a person, and dropping them a week later."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tendril.accounts import personal_data
from tendril.accounts.models import Export, User
from tendril.accounts.personal_data import Row

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LASTS = timedelta(days=7)
# One that no worker came to make until then will not be made.
GIVEN_UP_AFTER = timedelta(days=1)
STYLES = settings.BASE_DIR / "static" / "css" / "copy.css"

Subject = dict[str, Any]


def make(export_id: str) -> None:
    """Make a copy once. Does nothing where it is made or gone."""
    rows = Export.objects.select_related("person").defer("content")
    copy = rows.filter(pk=export_id, made_at=None).first()
    # Who was sealed meanwhile is no longer shown to anybody.
    if copy is None or copy.person.sealed_at:
        return
    now = timezone.now()
    content = _zipped(copy.person, is_own=copy.asked_by_id == copy.person_id)
    Export.objects.filter(pk=copy.pk, made_at=None).update(
        content=content, made_at=now, expires_at=now + LASTS
    )


def drop_expired() -> None:
    now = timezone.now()
    over = Q(expires_at__lte=now) | Q(made_at=None, asked_at__lte=now - GIVEN_UP_AFTER)
    Export.objects.filter(over).delete()


def subjects_of(person: User, *, is_own: bool) -> list[Subject]:
    """All there is, subject by subject; what is private only for their own eyes."""
    found = []
    for entry in reversed(personal_data.entries()):
        export = entry.export if is_own else entry.shared
        if rows := list(export(person)):
            found.append({"name": entry.name, "title": entry.title, "rows": rows})
    return found


def _zipped(person: User, *, is_own: bool) -> bytes:
    subjects = subjects_of(person, is_own=is_own)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.html", _as_html(person, subjects))
        packed.writestr("everything.json", _as_json(subjects))
        packed.write(STYLES, "everything.css")
    return held.getvalue()


def _as_html(person: User, subjects: list[Subject]) -> str:
    told = [subject | {"rows": map(_told, subject["rows"])} for subject in subjects]
    context = {"person": person, "subjects": told, "now": timezone.now()}
    return render_to_string("data/everything.html", context)


def _told(row: Row) -> list[tuple[StrOrPromise, str]]:
    """What there is in a row, as people write it."""
    said = [(word, _in_words(value)) for word, value in row.items()]
    return [(word, text) for word, text in said if text]


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, personal_data.Month):
        return date_format(value, "F Y")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return "; ".join(map(_in_words, value)) if isinstance(value, list) else str(value)


def _as_json(subjects: list[Subject]) -> str:
    # For machines: the same words in whatever language the site speaks.
    with translation.override("en"):
        content = {
            subject["name"]: [
                {str(word): value for word, value in row.items()}
                for row in subject["rows"]
            ]
            for subject in subjects
        }
        return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
