from django.apps import AppConfig
from django.core.checks import register

from tendril.accounts.checks import mail_is_set_up


class AccountsConfig(AppConfig):
    name = "tendril.accounts"

    def ready(self) -> None:
        register(mail_is_set_up)
        # The models it names are there only now.
        from tendril.accounts import kept_data

        kept_data.register_all()
