import re

from django.core.management import call_command


def test_modules_import_each_other_under_their_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "tendril.static_storage.StaticStorage"},
    }
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]

    call_command("collectstatic", interactive=False, verbosity=0)

    (progress,) = (tmp_path / "js").glob("progress.*.js")
    imported = re.findall(r'"\./([^"]+)"', progress.read_text())
    assert imported
    for name in imported:
        assert re.fullmatch(r"[a-z-]+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "js" / name).exists()
