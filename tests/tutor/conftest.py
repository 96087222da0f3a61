import pytest

from tests.factories import LessonFactory, PassageFactory, SectionFactory, UserFactory
from tests.tutor.adversary import Adversary
from tests.tutor.bread import TEXT
from tests.tutor.factories import ProbeFactory
from tutor import consent, methods
from tutor.purposes import Purpose


@pytest.fixture
def lesson(database):
    """How bread rises, in four sentences under one heading."""
    lesson = LessonFactory(slug="bread", title="How bread rises", digest="d1")
    section = SectionFactory(lesson=lesson, key="big-idea", title="The big idea")
    for number, text in enumerate(TEXT, 1):
        PassageFactory(
            lesson=lesson,
            section=section,
            key=f"big-idea-{number}",
            text=text,
            position=number,
        )
    return lesson


@pytest.fixture
def contact(database, settings):
    """Somebody at school is told of danger."""
    settings.TUTOR_CONTACT = "counsellor"
    return UserFactory(username="counsellor", display_name="Ms Help", adult=True)


@pytest.fixture
def proven(database):
    ProbeFactory()


@pytest.fixture
def allowed(student, guardian, contact, proven):
    """A student for whom the gate is open."""
    consent.grant(
        student=student,
        by=guardian,
        purpose=Purpose.EMBEDDED,
        method=methods.GUARDIAN_ACCOUNT,
    )
    return student


@pytest.fixture(scope="session")
def _server():
    server = Adversary()
    yield server
    server.close()


@pytest.fixture
def adversary(_server, settings):
    """The outside model that is set up: a server that a test tells what to do."""
    _server.reset()
    settings.TENDRIL_LLM_BASE_URL = settings.TENDRIL_MODERATION_BASE_URL = _server.url
    settings.TENDRIL_LLM_MODEL = "model"
    settings.TENDRIL_LLM_PROVIDER = "Model Makers"
    settings.OPENAI_API_KEY = "key"
    return _server


@pytest.fixture
def trusting(allowed, teacher, adversary):
    """A student whose questions the outside model may get, too."""
    ProbeFactory(purpose=Purpose.EXTERNAL)
    consent.grant(
        student=allowed,
        by=teacher,
        purpose=Purpose.EXTERNAL,
        method=methods.IN_PERSON,
        evidence="form 12",
    )
    return allowed


@pytest.fixture
def outside_model(settings):
    """A provider that families are asked about; nothing is sent to it."""
    settings.TENDRIL_LLM_BASE_URL = "https://api.provider.example/v1"
    settings.TENDRIL_LLM_MODEL = "small-model"
    settings.TENDRIL_LLM_PROVIDER = "Provider Inc"
    settings.TENDRIL_MODERATION_BASE_URL = settings.TENDRIL_LLM_BASE_URL
    settings.OPENAI_API_KEY = "key"
