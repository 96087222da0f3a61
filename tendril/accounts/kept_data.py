"""What accounts keep about people, their sessions and the site's own log."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from functools import partial

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tendril.accounts import personal_data
from tendril.accounts.models import (
    Erasure,
    Export,
    Guardianship,
    Invitation,
    Look,
    TeacherGrant,
    User,
)
from tendril.accounts.personal_data import Row, register, shows_nothing, stays


def register_all() -> None:
    register(
        Session, title=_("Where you are signed in"), export=_signed_in, erase=_sign_out
    )
    # Nobody has one while addresses are kept on the person; allauth has the tables.
    register(EmailConfirmation, export=shows_nothing, erase=stays)
    register(EmailAddress, export=shows_nothing, erase=_forget_addresses)
    register(LogEntry, export=shows_nothing, erase=_forget_in_log)
    register(Look, title=_("Who looked"), export=_looks, erase=_forget_looks)
    register(Invitation, export=shows_nothing, erase=_forget_invitations)
    register(
        Guardianship,
        title=_("Family"),
        export=_guardianships,
        # Whom the school keeps from a child is no other guardian's business.
        shared=partial(_guardianships, barred_at=None),
        erase=_end_guardianships,
    )
    register(TeacherGrant, title=_("Teaching"), export=_grant, erase=_end_grant)
    register(Export, title=_("Copies"), export=_copies, erase=_drop_copies)
    # That somebody was erased, and when, is what shows that it was done.
    register(Erasure, title=_("Erasing"), export=_erasures, erase=stays)
    register(User, title=_("You"), export=_person, erase=_leave_a_row)


def _sessions_of(person: User) -> Iterator[Session]:
    # Whose it is stands inside each, signed; nothing else can find it.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            yield session


def _signed_in(person: User) -> Iterator[Row]:
    for session in _sessions_of(person):
        yield {_("ends by itself"): session.expire_date}


def _sign_out(person: User) -> None:
    keys = [session.pk for session in _sessions_of(person)]
    Session.objects.filter(pk__in=keys).delete()


def _forget_addresses(person: User) -> None:
    # Its confirmations go with it.
    EmailAddress.objects.filter(user=person).delete()


def _forget_in_log(person: User) -> None:
    """Blank what the log of the admin calls them; that something was done stays."""
    named = Q(content_type__model="user", object_id=str(person.pk))
    for name in filter(None, {person.username, person.display_name, person.email}):
        named |= Q(object_repr__icontains=name) | Q(change_message__icontains=name)
    LogEntry.objects.filter(named).update(object_repr="", change_message="")


def _looks(person: User) -> Iterator[Row]:
    for look in person.looks_taken.order_by("looked_at"):
        yield {_("day"): look.day, _("looked at"): look.get_what_display()}


def _forget_looks(person: User) -> None:
    # That they looked at others' work belongs to those others.
    person.looks_taken.all().delete()


def _forget_invitations(person: User) -> None:
    theirs = Q(student=person) | Q(made_by=person) | Q(used_by=person)
    if person.email:
        theirs |= Q(email__iexact=person.email)
    Invitation.objects.filter(theirs).delete()


def _guardianships(person: User, **only: None) -> Iterator[Row]:
    both = Guardianship.objects.filter(Q(student=person) | Q(guardian=person))
    for bond in both.filter(**only).order_by("made_at"):
        is_child = bond.student_id == person.pk
        yield {
            _("bond"): _("a parent or guardian of yours")
            if is_child
            else _("a child you answer for"),
            _("made"): bond.made_at,
            _("verified"): bond.verified_at,
            _("barred"): bond.barred_at,
        }


def _end_guardianships(person: User) -> None:
    Guardianship.objects.filter(Q(student=person) | Q(guardian=person)).delete()


def _grant(person: User) -> Iterator[Row]:
    for grant in TeacherGrant.objects.filter(person=person):
        yield {_("teacher here since"): grant.granted_at}


def _end_grant(person: User) -> None:
    TeacherGrant.objects.filter(person=person).delete()


def _copies(person: User) -> Iterator[Row]:
    for copy in person.exports.order_by("asked_at"):
        yield {
            _("asked for"): copy.asked_at,
            _("by yourself"): copy.asked_by_id == person.pk,
            _("made"): copy.made_at,
        }


def _drop_copies(person: User) -> None:
    Export.objects.filter(Q(person=person) | Q(asked_by=person)).delete()


def _erasures(person: User) -> Iterator[Row]:
    for erasure in person.erasures.order_by("asked_at"):
        yield {
            _("asked for"): erasure.asked_at,
            _("by yourself"): erasure.asked_by_id == person.pk,
            _("called off"): erasure.called_off_at,
        }


def _person(person: User) -> Iterable[Row]:
    return [
        {
            _("username"): person.username,
            _("name to show"): person.display_name,
            _("month of birth"): person.born_on
            and personal_data.Month.of(person.born_on),
            _("e-mail"): person.email,
            _("e-mail confirmed"): person.email_confirmed_at,
            _("e-mail not confirmed yet"): person.new_email,
            _("reminders by e-mail"): person.wants_reminders,
            _("weekly e-mail"): person.wants_digest,
            _("last weekly e-mail"): person.digest_sent_on,
            _("last reminder"): person.reminder_sent_on,
            _("account made"): person.date_joined,
            _("last signed in"): person.last_login,
            _("has recovery words"): bool(person.recovery_hash),
            _("account of a class"): person.managed_by_id is not None,
            _("passphrase on a slip made"): person.passphrase_given_at,
            _("may run this site"): person.is_staff,
        }
    ]


def _leave_a_row(person: User) -> None:
    """Blank the row that marks and classes of others point at; nobody signs in to it."""
    now = timezone.now()
    person.groups.clear()
    person.user_permissions.clear()
    person.set_unusable_password()
    person.username = _free_name(person)
    person.display_name = person.recovery_hash = ""
    person.email = person.new_email = ""
    person.email_confirmed_at = person.passphrase_given_at = None
    person.digest_sent_on = person.reminder_sent_on = None
    person.born_on = person.managed_by = None
    person.wants_reminders = person.wants_digest = False
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login, person.date_joined = None, now
    person.sealed_at = person.sealed_at or now
    person.erased_at = now
    person.save()


def _free_name(person: User) -> str:
    name = f"erased-{person.pk}"
    # Nothing keeps somebody else from having called themselves this.
    taken = User.objects.filter(username=name).exclude(pk=person.pk).exists()
    return f"{name}-{secrets.token_hex(4)}" if taken else name
