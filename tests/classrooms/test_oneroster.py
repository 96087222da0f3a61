import io
import zipfile

import pytest

from tendril.classrooms import rosters
from tendril.classrooms.oneroster import SeveralClasses
from tendril.classrooms.roster_archive import MOST_BYTES
from tendril.classrooms.roster_text import UnreadableRoster
from tendril.classrooms.rosters import Row

USERS_1_1 = """\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,\
givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,\
password
u-1,,,true,o-1,student,aberg,,Ana,Berg,,,ana@school.example,,,,04,secret
u-2,active,,true,o-1,student,bcole,,Ben,Cole,,,,,,,04,
u-3,tobedeleted,,true,o-1,student,cdahl,,Cara,Dahl,,,,,,,04,
u-4,,,true,o-1,teacher,field,,Dora,Field,,,,,,,,
u-5,,,false,o-1,student,egray,,Emil,Gray,,,,,,,04,
"""
USERS_1_2 = """\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,\
middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,\
userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,\
preferredFamilyName,primaryOrgSourcedId,pronouns
u-1,,,true,aberg,,Ana,Berg,,,,,,,04,,,,Annie,,,o-1,
u-2,,,true,bcole,,Ben,Cole,,,,,,,04,,,,,,,o-1,
u-4,,,true,field,,Dora,Field,,,,,,,,,,,,,,o-1,
"""
ENROLMENTS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
primary,beginDate,endDate
e-1,,,c-1,o-1,u-1,student,,,
e-2,,,c-1,o-1,u-2,student,,,
e-3,,,c-1,o-1,u-4,teacher,true,,
e-4,tobedeleted,,c-2,o-1,u-2,student,,,
"""
SECOND_CLASS = "e-5,,,c-2,o-1,u-2,student,,,\n"
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,\
location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
c-1,,,Room 12,,k-1,,homeroom,,o-1,t-1,,,
c-2,,,Room 7,,k-1,,homeroom,,o-1,t-1,,,
"""


def archive(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(f"export/{name}.csv", text)
    return packed.getvalue()


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize(("users", "ana"), [(USERS_1_1, "Ana"), (USERS_1_2, "Annie")])
def test_active_students_of_the_class_are_taken_by_given_name_and_id(
    users, ana, is_zip
):
    contents = [ENROLMENTS.encode(), users.encode()]
    if is_zip:
        contents = [archive(users=users, enrollments=ENROLMENTS, orgs="sourcedId\n")]

    rows = rosters.read(contents)

    assert rows == [
        Row(2, name=ana, roster_id="u-1"),
        Row(3, name="Ben", roster_id="u-2"),
    ]


def test_users_alone_are_taken_if_they_are_active_students():
    rows = rosters.read([USERS_1_1.encode()])

    assert [row.name for row in rows] == ["Ana", "Ben"]


def test_of_several_classes_one_must_be_chosen():
    files = [archive(users=USERS_1_1, enrollments=ENROLMENTS + SECOND_CLASS)]

    with pytest.raises(SeveralClasses, match="Choose one") as several:
        rosters.read(files)

    assert several.value.classes == [("c-1", "c-1 (2)"), ("c-2", "c-2 (1)")]
    chosen = rosters.read(files, classroom="c-2")
    assert [row.name for row in chosen] == ["Ben"]
    with pytest.raises(SeveralClasses):
        rosters.read(files, classroom="c-3")


def test_classes_are_offered_by_their_titles_where_the_export_has_them():
    enrolments = ENROLMENTS + SECOND_CLASS
    files = [archive(users=USERS_1_1, enrollments=enrolments, classes=CLASSES)]

    with pytest.raises(SeveralClasses) as several:
        rosters.read(files)

    assert several.value.classes == [("c-1", "Room 12 (2)"), ("c-2", "Room 7 (1)")]


def test_an_enrolled_student_whom_nobody_describes_is_kept_as_a_row():
    enrolments = ENROLMENTS + "e-9,,,c-1,o-1,u-9,student,,,\n"

    rows = rosters.read([USERS_1_1.encode(), enrolments.encode()])

    assert rows[-1] == Row(6, roster_id="u-9", is_undescribed=True)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([ENROLMENTS], r"Send users\.csv together with enrollments\.csv"),
        ([USERS_1_1, "sourcedId,name\no-1,Our school\n"], r"Send users\.csv together"),
        (
            [USERS_1_1, ENROLMENTS.replace("classSourcedId", "class")],
            r"What should be enrollments\.csv has no column classSourcedId\.",
        ),
        (
            [USERS_1_1.replace("familyName", "surname"), ENROLMENTS],
            r"What should be users\.csv has no column familyName\.",
        ),
        (
            [
                CLASSES,
                USERS_1_2.replace("sourcedId,", "id,").replace("enabledUser,", ""),
                ENROLMENTS,
            ],
            r"users\.csv has no column sourcedId, enabledUser\.",
        ),
    ],
)
def test_what_a_file_lacks_is_said_and_nothing_is_taken(files, message):
    with pytest.raises(UnreadableRoster, match=message):
        rosters.read([file.encode() for file in files])


def test_other_files_of_an_export_may_come_along():
    others = ["sourcedId,userSourcedId,roleType,role\n", "sourcedId,name\n"]
    files = [*others, USERS_1_2, ENROLMENTS, CLASSES]

    rows = rosters.read([file.encode() for file in files])

    assert [row.name for row in rows] == ["Annie", "Ben"]


def workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


def packed(text, method):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as whole:
        whole.writestr("users.csv", text * 50)
    return bytearray(made.getvalue())


def damaged(method):
    found = packed(USERS_1_1, method)
    found[60:70] = b"\xff" * 10
    return found


def named_in_no_letters():
    """A name that is marked as UTF-8 and is not."""
    found = packed(USERS_1_1, zipfile.ZIP_STORED)
    head = found.rfind(b"PK\x01\x02")
    found[head + 9] |= 0x08
    name = found.rfind(b"users.csv")
    found[name : name + 2] = b"\xff\xfe"
    return found


def with_its_directory_far_away():
    found = packed(USERS_1_1, zipfile.ZIP_STORED)
    end = found.rfind(b"PK\x05\x06")
    found[end + 16 : end + 20] = b"\xf0\xff\xff\xff"
    return found


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (workbook(), "a workbook, not a list"),
        (archive(orgs="sourcedId\n"), r"no users\.csv in this archive"),
        (archive(users=USERS_1_1)[:-40], "cannot be opened"),
        (b"PK\x03\x04 and no more", "cannot be opened"),
        (damaged(zipfile.ZIP_DEFLATED), "cannot be opened"),
        (damaged(zipfile.ZIP_LZMA), "cannot be opened"),
        (damaged(zipfile.ZIP_BZIP2), "cannot be opened"),
        (named_in_no_letters(), "cannot be opened"),
        (with_its_directory_far_away(), "cannot be opened"),
        (archive(users="x" * 6_000_000), "larger than 5 MB when they are unpacked"),
        (archive(users="a\n" * 2_600_000), "more than 60000 lines"),
    ],
    ids=[
        "xlsx",
        "without users",
        "cut off",
        "no archive",
        "deflated and damaged",
        "lzma and damaged",
        "bzip2 and damaged",
        "no letters",
        "far directory",
        "unpacks to too much",
        "unpacks to too many",
    ],
)
def test_an_archive_that_is_no_export_says_what_to_send(content, message):
    with pytest.raises(UnreadableRoster, match=message):
        rosters.read([bytes(content)])


def test_many_archives_together_unpack_to_no_more_than_one(monkeypatch):
    sizes, read = [], zipfile.ZipExtFile.read

    def counted(file, most):
        sizes.append(len(found := read(file, most)))
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    lines = ("x" * 999 + "\n") * 3000
    bomb = archive(users=lines, enrollments=lines)

    with pytest.raises(UnreadableRoster, match="larger than 5 MB"):
        rosters.read([bomb] * 9)

    assert sum(sizes) == MOST_BYTES + 1
