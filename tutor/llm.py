"""Talking to the outside model: nothing else of this site does."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tutor.prompts import Prompt
from tutor.stream_events import Event

if TYPE_CHECKING:
    from openai import OpenAI

# A reply has to be there within these seconds, however it comes.
LONGEST = 30
# Within these, something has to come at all.
SILENCE = 10
MOST_BYTES = 256 * 1024
MOST_DRAFTS = 8
# Of English, in most models; only where a server does not say what was used.
LETTERS_A_TOKEN = 4


SETTINGS = ("TENDRIL_LLM_BASE_URL", "TENDRIL_LLM_MODEL", "OPENAI_API_KEY")


Shape = TypeVar("Shape", bound=BaseModel)


class TryAgain(Exception):
    """The model is busy or cannot be reached, which may be over in a moment."""


class NotUsable(Exception):
    """What came is no answer, or came too late; asking again would not help."""


@dataclass
class Usage:
    tokens: int = 0


class Draft(BaseModel):
    """A sentence that the model writes, and the words that it says it rests on."""

    model_config = ConfigDict(strict=True, frozen=True)

    sentence: str = Field(min_length=1, max_length=1000)
    quote: str = Field(min_length=1, max_length=2000)


def is_set_up() -> bool:
    return all(getattr(settings, name) for name in SETTINGS)


def drafts(
    prompt: Prompt, usage: Usage, longest: float = math.inf
) -> Generator[Draft, None, None]:
    """What the model writes, each as soon as it is there; malformed lines are left out.

    Raises TryAgain or NotUsable where the answer does not come to its end. Whoever
    stops asking for more ends the call.
    """
    found, rest = 0, ""
    for piece in pieces(prompt, settings.TENDRIL_LLM_MODEL, usage, longest):
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            if draft := _read(Draft, line):
                yield draft
                found += 1
            if found == MOST_DRAFTS:
                return
    if last := _read(Draft, rest):
        yield last


def pieces(
    prompt: Prompt, model: str, usage: Usage, longest: float = math.inf
) -> Generator[str, None, None]:
    """The text that the model writes, as it comes."""
    length = len(prompt.text)
    has_ended = False
    try:
        for event in _events(prompt, model, longest):
            if event.usage:
                usage.tokens, length = event.usage.total_tokens, 0
            for choice in event.choices:
                has_ended = has_ended or bool(choice.finish_reason)
                if choice.delta.content:
                    length += len(choice.delta.content)
                    yield choice.delta.content
    finally:
        usage.tokens += length // LETTERS_A_TOKEN
    if not has_ended:
        raise NotUsable("it ended in the middle")


def moderated(text: str, longest: float) -> bytes:
    """What the provider's moderation says of a text, as it came."""
    url = settings.TENDRIL_MODERATION_BASE_URL
    body = {"model": settings.TENDRIL_MODERATION_MODEL, "input": text}
    return b"".join(_received(url, lambda client: client.moderations, body, longest))


def _events(prompt: Prompt, model: str, longest: float) -> Iterator[Event]:
    url = settings.TENDRIL_LLM_BASE_URL
    body = {
        "model": model,
        "messages": prompt.messages,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    rest, longest = b"", min(LONGEST, longest)
    for chunk in _received(url, lambda client: client.chat.completions, body, longest):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"data:") and (event := _read(Event, line[5:])):
                yield event


def _read(kind: type[Shape], text: str | bytes) -> Shape | None:
    try:
        return kind.model_validate_json(text.strip())
    except ValidationError:
        return None


def _received(
    url: str, part: Callable[[OpenAI], Any], body: dict[str, Any], longest: float
) -> Iterator[bytes]:
    """The body of a reply, as raw bytes: neither without end nor unpacked to more."""
    with _named():
        call = part(_client(url, settings.OPENAI_API_KEY)).with_streaming_response
        # Only now: many first calls at once wait for the package to be imported.
        ends, size = monotonic() + longest, 0
        with call.create(**body, timeout=min(SILENCE, longest)) as response:
            for chunk in response.http_response.iter_raw():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise NotUsable("it is too long")
                if monotonic() > ends:
                    raise NotUsable("it takes too long")
                yield chunk


@contextmanager
def _named() -> Iterator[None]:
    """Our two exceptions for all of theirs, whose words may hold what was sent."""
    # Takes a second, which only a worker has to spend.
    import httpx
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx.TimeoutException):
        raise NotUsable("nothing comes") from None
    except (openai.RateLimitError, openai.InternalServerError) as refused:
        raise TryAgain(f"status {refused.status_code}") from None
    except openai.APIConnectionError:
        raise TryAgain("no connection") from None
    # Where the address or the key is none, theirs is a ValueError or InvalidURL.
    except (
        *(openai.OpenAIError, httpx.HTTPError),
        *(httpx.InvalidURL, ValueError),
    ) as wrong:
        raise NotUsable(type(wrong).__name__) from None


@lru_cache(maxsize=4)
def _client(base_url: str, key: str) -> OpenAI:
    """One for all threads; what is sent goes to this address and is led nowhere else."""
    from openai import DefaultHttpxClient, OpenAI

    return OpenAI(
        base_url=base_url,
        api_key=key,
        max_retries=0,
        http_client=DefaultHttpxClient(
            follow_redirects=False, event_hooks={"response": [_leave_unread]}
        ),
    )


def _leave_unread(response: Any) -> None:
    """A refusal says all in its status; the rest of it could be endless."""
    if not response.is_success:
        response.close()
