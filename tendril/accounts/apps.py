from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tendril.accounts"

    def ready(self) -> None:
        # The models it names are there only now.
        from tendril.accounts import kept_data

        kept_data.register_all()
