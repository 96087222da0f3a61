from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class TutorConfig(AppConfig):
    name = "tutor"

    def ready(self) -> None:
        # The models they name are there only now.
        from tutor import append_only, checks, personal_data

        personal_data.register_all()
        post_migrate.connect(append_only.protect, dispatch_uid="tutor.append_only")
        register(checks.ledger_is_append_only, Tags.database)
