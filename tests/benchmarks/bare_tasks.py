"""What a task costs that only waits for a model, for `tests.benchmarks.tutor`."""

import httpx
from celery import shared_task
from django.conf import settings


@shared_task(acks_late=True, queue="tutor")
def wait_for_model():
    address = f"{settings.TENDRIL_LLM_BASE_URL}/chat/completions"
    httpx.post(address, json={"model": "model"}, timeout=60)
