"""A child asks, and a guardian decides, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reading import wait_until_arrived
from tests.factories import PASSWORD
from tests.tutor.factories import ExchangeFactory
from tutor import consent, flags
from tutor.models import Exchange, Flag
from tutor.purposes import Purpose

pytestmark = pytest.mark.browser


def may_ask(student):
    return consent.is_in_force(student, Purpose.EMBEDDED)


def test_from_the_home_page_to_a_yes_and_back(phone, sign_in, student, guardian):
    consent.request(student=student, purpose=Purpose.EMBEDDED)
    sign_in(phone, guardian)
    phone.goto("/")
    expect(phone.get_by_text("Sam asks whether the tutor may answer.")).to_be_visible()

    phone.get_by_role("link", name=re.compile("Read what it is, and decide")).click()
    expect(phone.get_by_text("The tutor answers nothing")).to_be_visible()
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Yes, the tutor may answer").click()
    expect(phone.get_by_text("The tutor may answer now.")).to_be_visible()
    assert may_ask(student)

    phone.get_by_role("button", name="End it now").click()
    expect(phone.get_by_text("The tutor answers no more questions.")).to_be_visible()
    assert not may_ask(student)


def test_the_same_without_scripts(without_scripts, sign_in, student, guardian):
    consent.request(student=student, purpose=Purpose.EMBEDDED)
    sign_in(without_scripts, guardian)
    without_scripts.goto("/")

    without_scripts.get_by_role("link", name="What my children may ask").click()
    without_scripts.get_by_role("link", name=re.compile("Read what it is")).click()
    without_scripts.get_by_label("Your password").fill(PASSWORD)
    without_scripts.get_by_role("button", name="Yes, the tutor may answer").click()

    expect(without_scripts.get_by_text("The tutor may answer now.")).to_be_visible()
    assert may_ask(student)


def test_danger_stands_out_on_the_home_page(phone, sign_in, student, admin, settings):
    settings.TUTOR_CONTACT = admin.username
    exchange = ExchangeFactory(student=student, state=Exchange.State.DANGER)
    flags.raise_flag(exchange, Flag.Kind.DANGER)
    sign_in(phone, admin)
    phone.goto("/")
    wait_until_arrived(phone)

    row = phone.locator("#flag-panel .is-danger")
    expect(row.get_by_text("now", exact=True)).to_be_visible()
    edge = row.evaluate("it => getComputedStyle(it).borderInlineStartWidth")
    assert edge == "6px"
