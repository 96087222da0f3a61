from tendril.launch import processes


def queues():
    """By the name of a worker, what it works at and with which pool."""
    return {
        name: [command[command.index(f"--{word}") + 1] for word in ("queues", "pool")]
        for name, command in processes.workers().items()
    }


def test_without_a_model_one_worker_does_everything(settings):
    settings.TENDRIL_LLM_MODEL = ""

    assert queues() == {"worker": ["celery,tutor", "prefork"]}


def test_waiting_for_a_model_keeps_no_other_work_waiting(settings):
    settings.TENDRIL_LLM_MODEL = "model"

    assert queues() == {
        "worker": ["celery", "prefork"],
        "tutor worker": ["tutor", "threads"],
    }
