from tendril.accounts.models.families import Guardianship, Invitation
from tendril.accounts.models.people import TeacherGrant, User
from tendril.accounts.models.privacy import Erasure, Export, Look

__all__ = [
    "Erasure",
    "Export",
    "Guardianship",
    "Invitation",
    "Look",
    "TeacherGrant",
    "User",
]
