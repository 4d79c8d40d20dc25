"""Files: written whole or not at all, and read only where they are plain files of bearable size.

What is written is put aside first, brought to the disk, and moved to its place in one step,
so that a full disk or an error on the way leaves what was there before.
"""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from bajio.errors import InvalidData, InvalidValue, shown, some

#: Bytes of the largest file that is read, unless a reader allows less.
MOST_BYTES = 100 * 2**20
_LONGEST_NAME = 200
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{one}{n}" for one in ("com", "lpt") for n in "123456789"),
}
Path = str | os.PathLike[str]


def packaged(package: str, name: str) -> bytes:
    """What a file of a package of the project's holds, wherever that is imported from.

    So does `pkgutil.get_data`, whose module a command would load for this alone.

    Raises:
        OSError: there is none.
    """
    module = sys.modules[package]
    loader, folder = module.__loader__, os.path.dirname(module.__file__ or "")
    content: bytes = loader.get_data(os.path.join(folder, *name.split("/")))  # type: ignore[union-attr]  # those of files have it
    return content


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """What a plain file holds.

    Raises:
        InvalidData: it cannot be read, is no plain file (a pipe would wait for ever, a device
            never end), or is larger than `most` bytes.
    """
    name = os.fspath(path)
    try:
        # a pipe that nobody writes to is opened at once, to be refused
        opened = os.open(
            name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise InvalidData("it is no plain file", file=name)
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidData):
            raise
        raise InvalidData(f"cannot be read: {_reason(error)}", file=name) from None
    if len(content) > most:
        raise InvalidData(f"it is larger than {_size(most)}, the most that is read", file=name)
    return content


def read_inside(folder: Path, name: str, most: int = MOST_BYTES) -> bytes:
    """What a plain file inside a folder holds, links followed as far as they stay inside.

    Raises:
        InvalidData: as `read_file`, or the name or a link leads out of the folder.
    """
    check_inside(name)
    root = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(root, name))
    if os.path.commonpath((root, path)) != root:
        raise InvalidData(f"{shown(name)} is a link that leads out of the folder", file=root)
    return read_file(path, most)


def check_inside(name: str) -> None:
    """Refuse a file's name that leads out of its folder, or that some system cannot hold.

    Raises:
        InvalidData: it does.

    Examples:
        >>> check_inside("observations/jobs-2024.csv")
        >>> check_inside("../jobs.csv")
        Traceback (most recent call last):
        ...
        bajio.errors.InvalidData: '../jobs.csv' leads out of the folder
    """
    parts = name.split("/")
    if not parts[0] or ".." in parts:
        raise InvalidData(f"{shown(name)} leads out of the folder")
    for part in parts:
        plain = part.isprintable() and not set(part) & set('\\:*?"<>|')
        short = 0 < len(part.encode(errors="replace")) <= _LONGEST_NAME
        if not (plain and short) or part[-1] in ". " or part.split(".")[0].casefold() in _RESERVED:
            raise InvalidData(f"{shown(name)} is not a file's name on every system")


def write_file(path: Path, content: str | bytes, *, overwrite: bool = True) -> None:
    """Write a file whole, or leave what is there.

    A device or a pipe (`/dev/stdout`) is written to as it is.

    Raises:
        InvalidValue: it cannot be written, or is there already and is not to be overwritten.
    """
    name = os.fspath(path)
    with _told(name):
        data = _bytes(content)
        if os.path.lexists(name):
            if not os.path.isfile(name) and os.path.exists(name) and not os.path.isdir(name):
                with open(name, "wb") as device:
                    device.write(data)
                return
            if not overwrite:
                raise FileExistsError(None, "it is there already")
        target = os.path.realpath(name)
        aside = _beside(target)
        try:
            _write_new(aside, data)
            if os.path.exists(target):
                os.chmod(aside, stat.S_IMODE(os.stat(target).st_mode))
            _move(aside, target, overwrite=overwrite)
        finally:
            with suppress(OSError):
                os.unlink(aside)
        _sync_folder(os.path.dirname(target))


def write_folder(
    folder: Path, files: Mapping[str, str | bytes], *, overwrite: bool = False
) -> None:
    """Write some files into a folder, all of them or none.

    Args:
        folder: made if it is not there; other files in it stay.
        files: contents by name, with `/` between folders; written in their order.
        overwrite: whether files of the same names are replaced.

    Raises:
        InvalidValue: a name leads out of the folder, two are one on some systems, one is there
            already and is not to be overwritten, or something cannot be written.
    """
    _check_names(files)
    with _told(os.fspath(folder)):
        target = os.path.realpath(folder)
        contents = {name: _bytes(content) for name, content in files.items()}
        new = not os.path.lexists(target)
        if new:
            os.makedirs(os.path.dirname(target), exist_ok=True)
        elif not overwrite:
            _check_absent(target, contents)
        aside = _beside(target if new else os.path.join(target, "new"))
        os.mkdir(aside)
        try:
            for name, data in contents.items():
                place = os.path.join(aside, name)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                _write_new(place, data)
            if new:
                os.rename(aside, target)
            else:
                _move_all(aside, target, list(contents), overwrite=overwrite)
            _sync_folder(os.path.dirname(target))
        finally:
            if os.path.isdir(aside):
                _remove(aside)


def _check_names(files: Mapping[str, str | bytes]) -> None:
    from unicodedata import normalize

    seen: dict[str, str] = {}
    for name in files:
        try:
            check_inside(name)
        except InvalidData as error:
            raise InvalidValue(error.problem) from None
        other = seen.setdefault(normalize("NFC", name).casefold(), name)
        if other is not name:
            raise InvalidValue(f"{shown(name)} and {shown(other)} are one file on some systems")


def _check_absent(target: str, files: Mapping[str, bytes]) -> None:
    there = [name for name in files if os.path.lexists(os.path.join(target, name))]
    if there:
        text = some([shown(name) for name in there], 1)
        raise FileExistsError(None, f"{text} is there already; nothing was written")


def _move_all(aside: str, target: str, names: list[str], *, overwrite: bool) -> None:
    """Move files to their places one by one; after an error, put back what was there."""
    done: list[tuple[str, str | None]] = []
    made: list[str] = []
    try:
        for number, name in enumerate(names):
            place = os.path.join(target, name)
            made += _make_folders(os.path.dirname(place), target)
            before = os.path.join(aside, f".before-{number}") if os.path.lexists(place) else None
            if before is not None and overwrite:
                _set_aside(place, before)
                done.append((place, before))
            _move(os.path.join(aside, name), place, overwrite=False)
            if before is None:
                done.append((place, None))
    except BaseException:
        for place, before in reversed(done):
            if before is None:
                os.unlink(place)
            else:
                os.replace(before, place)
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
        raise


def _set_aside(place: str, before: str) -> None:
    if os.path.isdir(place):
        raise IsADirectoryError(None, f"{shown(place)} is a folder")
    os.rename(place, before)


def _make_folders(folder: str, target: str) -> list[str]:
    """Make the folders that are not there, inside of a target; those that were made."""
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.insert(0, folder)
        folder = os.path.dirname(folder)
    if os.path.commonpath((target, os.path.realpath(folder))) != target:
        raise NotADirectoryError(None, f"{shown(folder)} is a link that leads out of the folder")
    for one in missing:
        os.mkdir(one)
    return missing


def _move(aside: str, target: str, *, overwrite: bool) -> None:
    if overwrite:
        os.replace(aside, target)
        return
    try:
        os.link(aside, target)  # which never replaces a file
    except FileExistsError:
        raise FileExistsError(None, f"{shown(target)} is there already") from None
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError(None, f"{shown(target)} is there already") from None
        os.rename(aside, target)


def _write_new(path: str, data: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with open(opened, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(opened)


def _sync_folder(folder: str) -> None:
    """Bring a folder's own entries to the disk, where the system can."""
    if os.name == "posix":
        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _remove(folder: str) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)


def _beside(path: str) -> str:
    """A name that nothing has yet, in the same folder, and so on the same disk."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:40]}.{os.urandom(6).hex()}")


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        what = ascii(error.object[error.start : error.start + 1])
        raise InvalidValue(
            f"cannot write {shown(path)}: it holds {what}, which is no letter"
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue(f"cannot write {shown(path)}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return (
        (error.strerror if isinstance(error, OSError) else "") or str(error) or "no reason is told"
    )


def _size(count: int) -> str:
    for size, unit in ((2**20, "MiB"), (2**10, "KiB")):
        if count >= size:
            return f"{count // size} {unit}"
    return f"{count} bytes"
