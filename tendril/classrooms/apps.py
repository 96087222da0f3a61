from django.apps import AppConfig


class ClassroomsConfig(AppConfig):
    name = "tendril.classrooms"

    def ready(self) -> None:
        # The models it names are there only now.
        from tendril.accounts import vouching
        from tendril.classrooms import access, personal_data

        personal_data.register_all()
        vouching.register(access.students_vouched_for_by)
