from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        # The models it names are there only now.
        from quizzes import personal_data

        personal_data.register_all()
