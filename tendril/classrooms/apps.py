from django.apps import AppConfig


class ClassroomsConfig(AppConfig):
    name = "tendril.classrooms"

    def ready(self) -> None:
        # The models it names are there only now.
        from tendril.classrooms import personal_data

        personal_data.register_all()
