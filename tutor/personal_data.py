"""What the tutor keeps about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tendril.accounts.models import User
from tendril.accounts.personal_data import Row, hold, register, shows_nothing, stays
from tutor import budgets, flags, retention
from tutor.models import (
    Claim,
    ConsentEvent,
    ConsentLink,
    Exchange,
    FamilySettings,
    Flag,
    Receipt,
    Subject,
    TeacherQuestion,
)


def register_all() -> None:
    hold(flags.holds_erasure)
    # A danger stands in no copy: only its addressee may know that it was told.
    register(Flag, export=shows_nothing, erase=_leave_flags)
    register(
        TeacherQuestion,
        title=_("Your questions to teachers"),
        export=_teacher_questions,
        erase=_erase_teacher_questions,
    )
    register(Claim, export=shows_nothing, erase=stays)
    register(Receipt, title=_("What was sent to others"), export=_receipts, erase=stays)
    register(
        Exchange,
        title=_("Your questions to the tutor"),
        export=_exchanges,
        erase=retention.erase_of,
    )
    register(
        FamilySettings,
        title=_("What your family set for the tutor"),
        export=_settings,
        erase=lambda person: FamilySettings.objects.filter(student=person).delete(),
    )
    register(
        ConsentLink,
        title=_("Links in mails about consent"),
        export=_links,
        erase=lambda person: _links_of(person).delete(),
    )
    register(Subject, title=_("Consent"), export=_consents, erase=_forget_name)


def _leave_flags(person: User) -> None:
    for flag in Flag.objects.filter(addressees=person):
        flag.addressees.remove(person)


def _forget_name(person: User) -> None:
    """The ledger stays; whom its random id meant is known to nobody any more."""
    Subject.objects.filter(person=person).delete()
    budgets.forget(person)


def _exchanges(person: User) -> Iterator[Row]:
    rows = Exchange.objects.of(person).shown_to_adults().select_related("lesson")
    for exchange in rows.defer("lesson__html").prefetch_related("claims"):
        yield {
            _("lesson"): exchange.lesson.title,
            _("question"): exchange.question,
            _("answer"): [claim.sentence for claim in exchange.claims.all()],
            _("how it ended"): exchange.get_state_display(),
            _("asked"): exchange.asked_at,
        }


def _teacher_questions(person: User) -> Iterator[Row]:
    for sent in TeacherQuestion.objects.of(person).select_related("lesson"):
        yield {
            _("lesson"): sent.lesson.title,
            _("question"): sent.question,
            _("answer"): sent.answer,
            _("asked"): sent.asked_at,
        }


def _erase_teacher_questions(person: User) -> None:
    """What a teacher answered stays with whom it was for, without the name."""
    TeacherQuestion.objects.of(person).delete()
    TeacherQuestion.objects.filter(answered_by=person).update(answered_by=None)


def _receipts(person: User) -> Iterator[Row]:
    mine = Exchange.objects.of(person).shown_to_adults()
    for receipt in Receipt.objects.filter(exchange__in=mine):
        yield {
            _("to whom"): receipt.provider,
            _("text"): receipt.text,
            _("sent"): receipt.sent_at,
            _("kept until"): receipt.kept_until,
        }


def _settings(person: User) -> Iterator[Row]:
    for row in FamilySettings.objects.filter(student=person):
        yield {
            _("paused"): row.is_paused,
            _("quiet from"): row.quiet_from,
            _("quiet until"): row.quiet_until,
            _("questions a day"): row.daily_questions,
        }


def _links_of(person: User) -> QuerySet[ConsentLink]:
    return ConsentLink.objects.filter(Q(student=person) | Q(guardian=person))


def _links(person: User) -> Iterator[Row]:
    for link in _links_of(person):
        is_mine = link.guardian_id == person.pk
        yield {
            _("sent"): link.made_at,
            _("to"): link.email if is_mine else _("a parent or guardian of yours"),
            _("for"): link.get_purpose_display(),
            _("used"): link.used_at,
            _("confirmed"): link.confirmed_at,
        }


def _consents(person: User) -> Iterator[Row]:
    for subject in Subject.objects.filter(person=person):
        for event in ConsentEvent.objects.about(subject.pk):
            yield {
                _("what"): event.get_kind_display(),
                _("for"): event.get_purpose_display(),
                _("by"): event.get_relationship_display(),
                _("version of the notice"): event.notice_version,
                _("when"): event.happened_at,
                _("until"): event.expires_at,
            }
