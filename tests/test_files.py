"""Files are written whole or not at all, and nothing but plain files is read."""

import os
import tempfile
from pathlib import Path

import pytest
from drawn import examples
from hypothesis import given, strategies as st

from bajio import files
from bajio.errors import InvalidData, InvalidValue

MEMORY = Path("/dev/shm")  # noqa: S108  # folders in it are made by tempfile
QUICK = MEMORY if MEMORY.is_dir() else None
#: What a system is asked for while files are written: each can fail at any time.
CALLS = {"open", "fsync", "mkdir", "makedirs", "rename", "replace", "link", "chmod"}
NAMES = st.sampled_from(["a.csv", "b.csv", "in/a.csv", "in/deep/c.csv"])
FILES = st.dictionaries(NAMES, st.binary(max_size=3), min_size=1, max_size=3)


@pytest.fixture(scope="module", autouse=True)
def quick_disk():
    """A disk that is not waited for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def content_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


class FullDisk:
    """The system, whose n-th call fails."""

    def __init__(self, at):
        self.left = at

    def __getattr__(self, name):
        return self.counted(getattr(os, name)) if name in CALLS else getattr(os, name)

    def counted(self, call):
        def fail(*given, **options):
            self.left -= 1
            if self.left == 0:
                raise OSError(28, "No space left on device")
            return call(*given, **options)

        return fail


def at_each_failure(write, before, after):
    """Write into a folder with the first, second, ... call failing, till none does.

    Args:
        write: given the folder.
        before: writes what is there at first.
        after: what is there in the end.
    """
    for at in range(1, 100):
        with tempfile.TemporaryDirectory(dir=QUICK) as home, pytest.MonkeyPatch.context() as patch:
            before(home)
            at_first = content_of(home)
            patch.setattr(files, "os", disk := FullDisk(at))
            try:
                write(home)
            except InvalidValue as error:
                told = str(error)
            else:
                told = ""
            patch.undo()
            assert content_of(home) == (at_first if told else after)
            if not told and disk.left > 0:
                return at
    raise AssertionError("it never ends")


def old_folder(old):
    return lambda home: files.write_folder(Path(home, "package"), old)


@pytest.mark.parametrize("there", [False, True])
def test_a_file_is_written_whole_or_stays(there):
    calls = at_each_failure(
        lambda home: files.write_file(Path(home, "answer.csv"), b"new"),
        lambda home: Path(home, "answer.csv").write_bytes(b"old") if there else None,
        {"answer.csv": b"new"},
    )

    assert calls > 4


@examples(20)
@given(FILES, FILES)
def test_a_folder_is_written_whole_or_stays(old, new):
    at_each_failure(
        lambda home: files.write_folder(Path(home, "package"), new, overwrite=True),
        old_folder(old),
        {f"package/{name}": data for name, data in {**old, **new}.items()},
    )


@examples(20)
@given(FILES)
def test_a_new_folder_appears_whole(new):
    at_each_failure(
        lambda home: files.write_folder(Path(home, "in", "package"), new),
        lambda _: None,
        {f"in/package/{name}": data for name, data in new.items()},
    )


@given(FILES, FILES)
def test_nothing_is_overwritten_unasked(old, new):
    with tempfile.TemporaryDirectory(dir=QUICK) as home:
        files.write_folder(home, old)
        if old.keys().isdisjoint(new):
            files.write_folder(home, new)
            assert content_of(home) == {**old, **new}
        else:
            with pytest.raises(InvalidValue, match="is there already"):
                files.write_folder(home, new)
            assert content_of(home) == old


def test_a_file_is_not_overwritten_where_that_is_not_asked(tmp_path):
    path = tmp_path / "answer.csv"
    files.write_file(path, "one", overwrite=False)

    with pytest.raises(InvalidValue, match="is there already"):
        files.write_file(path, "two", overwrite=False)
    assert path.read_text() == "one"


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../../b", "a\\b", "c:a", "", "a/", "a//b", "a.", "con", "NUL.csv", "a\nb"],
)
def test_names_that_lead_out_or_cannot_be_everywhere_are_refused(tmp_path, name):
    with pytest.raises(InvalidValue, match=r"leads out|not a file's name"):
        files.write_folder(tmp_path / "in", {name: b""})
    with pytest.raises(InvalidData):
        files.read_inside(tmp_path, name)
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize("names", [("a.csv", "A.csv"), ("\u00e9", "e\u0301")])
def test_names_that_are_one_on_some_systems_are_refused(tmp_path, names):
    with pytest.raises(InvalidValue, match="one file on some systems"):
        files.write_folder(tmp_path / "in", dict.fromkeys(names, b""))


def test_a_letter_that_cannot_be_written_leaves_what_is_there(tmp_path):
    path = tmp_path / "answer"
    path.write_text("old")

    with pytest.raises(InvalidValue, match=r"cannot write .*ud800"):
        files.write_file(path, "new \ud800")
    assert path.read_text() == "old"


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    files.write_file(link, "new")

    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_as_it_is():
    files.write_file(os.devnull, "gone")

    assert not Path(os.devnull).is_file()


def test_files_of_a_linked_folder_are_not_written(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sub").symlink_to(tmp_path / "out")

    with pytest.raises(InvalidValue, match="leads out of the folder"):
        files.write_folder(tmp_path / "in", {"a": b"1", "sub/b": b"2"})
    assert content_of(tmp_path) == {}


def test_plain_files_alone_are_read(tmp_path):
    (tmp_path / "plain").write_bytes(b"12345")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "inner").symlink_to(tmp_path / "home" / "own")
    (tmp_path / "home" / "own").write_bytes(b"own")
    (tmp_path / "home" / "outer").symlink_to(tmp_path / "plain")
    os.mkfifo(tmp_path / "home" / "pipe")

    assert files.read_file(tmp_path / "plain", 5) == b"12345"
    assert files.read_inside(tmp_path / "home", "inner") == b"own"
    for name, problem in {
        "outer": "leads out of the folder",
        "pipe": "no plain file",
        "none": "No such file",
    }.items():
        with pytest.raises(InvalidData, match=problem):
            files.read_inside(tmp_path / "home", name)
    for path, problem in {
        "/dev/zero": "no plain file",
        tmp_path: "Is a directory|no plain file",
        "a\0b": "null",
    }.items():
        with pytest.raises(InvalidData, match=problem):
            files.read_file(path)
    with pytest.raises(InvalidData, match="larger than 4 bytes"):
        files.read_file(tmp_path / "plain", 4)
