"""The mails about an account, as they are when they are sent."""

from __future__ import annotations

from django.urls import reverse

from tendril.accounts import mail, signed_links, vouching
from tendril.accounts.models import Erasure, Guardianship, Invitation, User


def send_address_link(person_id: int) -> None:
    """Ask whether an address is theirs; nothing if it was withdrawn meanwhile."""
    person = User.objects.filter(pk=person_id).exclude(new_email="").first()
    if person is None:
        return
    mail.send(
        "accounts/mail/address.txt",
        to=person.new_email,
        context={"person": person, "link": signed_links.address_link(person)},
    )


def send_invitation(invitation_id: int) -> None:
    """Invite to be linked; nothing if it was used or holds no more."""
    open_ones = Invitation.objects.open().select_related("student", "made_by")
    invitation = open_ones.filter(pk=invitation_id).exclude(email="").first()
    if invitation is None or not vouching.holds(invitation):
        return
    mail.send(
        "accounts/mail/invitation.txt",
        to=invitation.email,
        context={
            "invitation": invitation,
            "link": mail.address_of(invitation.path),
        },
    )


def send_erasure_notice(erasure_id: int, guardianship_id: int) -> None:
    """Tell a guardian what was asked for, while they may call it off."""
    open_ones = Erasure.objects.open().select_related("person")
    asked = open_ones.filter(pk=erasure_id).first()
    standing = Guardianship.objects.verified().with_address()
    bond = standing.select_related("guardian").filter(pk=guardianship_id).first()
    if asked is None or bond is None:
        return
    mail.send(
        "accounts/mail/erasure.txt",
        to=bond.guardian.email,
        context={
            "guardian": bond.guardian,
            "erasure": asked,
            "link": mail.address_of(reverse("data:person", args=[asked.person_id])),
        },
    )
