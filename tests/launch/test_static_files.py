import pytest

from tendril.launch import static_files


@pytest.fixture
def style(settings, tmp_path):
    """A stylesheet of a site that has no other static files."""
    (tmp_path / "source").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
    style = tmp_path / "source" / "site.css"
    style.write_text("p { color: red }")
    return style


def test_files_are_collected_only_when_one_has_changed(style, tmp_path):
    stamp = tmp_path / "stamp"

    assert static_files.collect(stamp) is True
    assert static_files.collect(stamp) is False

    style.write_text("p { color: blue; }")
    assert static_files.collect(stamp) is True
    assert (tmp_path / "static" / "site.css").read_text() == "p { color: blue; }"


def test_files_are_collected_again_when_they_are_gone(style, tmp_path):
    stamp = tmp_path / "stamp"
    static_files.collect(stamp)
    (tmp_path / "static" / "staticfiles.json").unlink()

    assert static_files.collect(stamp) is True


def test_another_version_of_a_package_collects_again(style, tmp_path, monkeypatch):
    stamp = tmp_path / "stamp"
    static_files.collect(stamp)
    monkeypatch.setattr(static_files, "PACKAGES", ("django",))

    assert static_files.collect(stamp) is True
