"""A second look at a claim, by a model: it can withhold one, and never let one pass."""

from __future__ import annotations

from contextlib import closing

from django.conf import settings

from tutor import llm, prompts
from tutor.receipts import Outside

MOST_LETTERS = 20


def holds(sentence: str, quote: str, outside: Outside) -> bool:
    """Whether a plain yes comes back; where no verifier is set up, nobody is asked."""
    model = settings.TENDRIL_LLM_VERIFIER
    if not model:
        return True
    prompt = prompts.verifying(sentence, quote)
    longest = outside.send("second look", prompt.text)
    usage, said = llm.Usage(), ""
    try:
        with closing(llm.pieces(prompt, model, usage, longest)) as pieces:
            for piece in pieces:
                said += piece
                if len(said) > MOST_LETTERS:
                    return False
    except (llm.TryAgain, llm.NotUsable):
        return False
    finally:
        outside.count(usage.tokens)
    return said.strip(' \n."').casefold() == "yes"
