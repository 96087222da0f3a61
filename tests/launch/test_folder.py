import stat

import pytest

from tendril.launch.failure import CannotStart
from tendril.launch.folder import DataFolder
from tests.launch.commands import prepared, refusal, started


def test_demo_and_school_keep_out_of_each_others_folder(folder, tmp_path):
    school = DataFolder(tmp_path / "school")
    prepared(folder, "demo")
    prepared(school, "serve")

    assert "holds a demo" in refusal(folder, "serve")
    assert "holds the site of a school" in refusal(school, "demo")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    folder = DataFolder(tmp_path / "file" / "data")

    assert refusal(folder, "demo") == (
        f"The data folder {folder.path} cannot be used (Not a directory). "
        "Choose another with --data."
    )


def test_a_folder_of_other_files_is_left_as_it_is(folder):
    folder.path.mkdir()
    (folder.path / "letter.txt").touch()

    assert "has other files in it" in refusal(folder, "demo")
    assert [path.name for path in folder.path.iterdir()] == ["letter.txt"]


def test_a_damaged_record_is_named(folder):
    started(folder)
    (folder.path / "site.json").write_text("{")

    for command in ["demo", "shell"]:
        assert "site.json is damaged" in refusal(folder, command)


def test_a_record_that_cannot_be_read_is_named(folder):
    (folder.path / "site.json").mkdir(parents=True)

    assert refusal(folder, "shell") == (
        f"{folder.path}/site.json cannot be read (Is a directory). "
        "Run this as the user who started the site."
    )


def test_the_key_is_kept_and_for_nobody_else_to_read(folder):
    key = prepared(folder, "demo")["SECRET_KEY"]

    assert prepared(folder, "demo")["SECRET_KEY"] == key
    for name in ["secret-key", "site.json"]:
        assert stat.S_IMODE((folder.path / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_a_folder_can_be_locked_once(folder, monkeypatch):
    monkeypatch.setattr("tendril.launch.folder.PATIENCE", 0.0)
    folder.claim("demo")

    with folder.lock():
        again = folder.lock()
        with pytest.raises(CannotStart, match="is in use by a running site"):
            again.__enter__()
    with folder.lock():
        pass


def test_emptying_deletes_only_what_a_site_makes(folder, tmp_path):
    started(folder)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "photo.jpg").touch()
    (folder.path / "logs").mkdir()
    (folder.path / "logs" / "web.log").touch()
    (folder.path / "tendril.sqlite3-wal").touch()
    (folder.path / "letter.txt").touch()
    (folder.path / "cache").symlink_to(precious)

    folder.empty()

    assert {path.name for path in folder.path.iterdir()} == {
        "letter.txt",
        "secret-key",
        "site.json",
    }
    assert (precious / "photo.jpg").exists()
