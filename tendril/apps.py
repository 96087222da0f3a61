from django.apps import AppConfig


class TendrilConfig(AppConfig):
    name = "tendril"
