from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    name = "tendril.accounts"

    def ready(self) -> None:
        # The models they name are there only now.
        from tendril.accounts import checks, kept_data

        register(checks.mail_is_set_up)
        register(checks.nobody_is_back, Tags.database)
        kept_data.register_all()
