"""The mails about an account, as they are when they are sent."""

from __future__ import annotations

from tendril.accounts import mail, signed_links, vouching
from tendril.accounts.models import Invitation, User


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
