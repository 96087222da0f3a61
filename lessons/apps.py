from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "lessons"

    def ready(self) -> None:
        # The models it names are there only now.
        from lessons import personal_data

        personal_data.register_all()
