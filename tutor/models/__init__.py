from tutor.models.asking import (
    CachedAnswer,
    Claim,
    Exchange,
    ExchangeQuerySet,
    Receipt,
)
from tutor.models.consent import (
    ConsentEvent,
    ConsentEventQuerySet,
    ConsentLink,
    ConsentLinkQuerySet,
    Subject,
)
from tutor.models.limits import Budget, FamilySettings
from tutor.models.safety import Flag, FlagQuerySet, Probe
from tutor.models.teacher_questions import TeacherQuestion, TeacherQuestionQuerySet

__all__ = [
    "Budget",
    "CachedAnswer",
    "Claim",
    "ConsentEvent",
    "ConsentEventQuerySet",
    "ConsentLink",
    "ConsentLinkQuerySet",
    "Exchange",
    "ExchangeQuerySet",
    "FamilySettings",
    "Flag",
    "FlagQuerySet",
    "Probe",
    "Receipt",
    "Subject",
    "TeacherQuestion",
    "TeacherQuestionQuerySet",
]
