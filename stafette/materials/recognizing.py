"""Text from pictures of pages, by `tesseract` and for scanned PDFs `pdftoppm`, where the server has them.

Both are programs that read what strangers made. So each runs alone, without a shell, with an end to its memory and its
time, and one at a time in each process of the server; whatever goes wrong means "no text", which is typed by hand then.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache
from time import monotonic

SECONDS = 60  # for a whole file, waiting for one's turn included
PATIENCE = 5.0  # seconds for one's turn: whoever waits here keeps others from their pages
NEEDED = (
    "PATH",
    "LD_LIBRARY_PATH",
    "TESSDATA_PREFIX",
)  # of the environment: the server's secrets stay out of it
MOST_MEMORY = 768 * 1024 * 1024  # bytes; a page in 600 dpi takes a quarter of it
MOST_PIXELS = 80_000_000  # A4 in 600 dpi has 35 million, A3 70 million
MOST_PAGES = 20
LONG_SIDE = 3508  # pixels of a page that is drawn: A4 in 300 dpi
GERMAN = "deu"
PACKS = {  # our codes and tesseract's; what is in no list is not guessed at with wrong letters
    "de": GERMAN, "ls": GERMAN, "en": "eng", "bg": "bul", "ro": "ron", "pl": "pol", "uk": "ukr", "tr": "tur",
    "ar": "ara", "ru": "rus", "fr": "fra", "es": "spa", "fa": "fas", "mul": GERMAN,
}  # fmt: skip
_turn = threading.Semaphore()


def readable_languages() -> list[str]:
    """Codes of the languages in which this server reads pictures; empty where it reads none."""
    packs = _packs(shutil.which("tesseract") or "")
    return [code for code, pack in PACKS.items() if pack in packs]


def picture_text(data: bytes, language: str) -> str:
    """Text of a PNG or JPEG, upright or turned; empty where there is none or it cannot be read."""
    return "\n\n".join(_read(iter([data]), language, monotonic() + SECONDS))


def pages_text(pdf: bytes, language: str) -> str:
    """Text of a PDF that holds only pictures of its pages."""
    until = monotonic() + SECONDS
    return "\n\n".join(_read(_pages(pdf, until), language, until))


def _read(pictures: Iterator[bytes], language: str, until: float) -> Iterator[str]:
    program = shutil.which("tesseract")
    packs = _packs(program or "")
    if program is None or PACKS.get(language) not in packs:
        return
    named = dict.fromkeys(
        [PACKS[language], *({GERMAN} & packs)]
    )  # leaflets in two languages have German beside
    mode = ["--psm", "1"] if "osd" in packs else []  # finds out which way is up
    if not _turn.acquire(timeout=min(PATIENCE, max(0.0, until - monotonic()))):
        return
    try:
        for picture in pictures:
            if 0 < pixels(picture) <= MOST_PIXELS:
                found = _run([program, "stdin", "stdout", "-l", "+".join(named), *mode], picture, until)
                yield found.decode("utf-8", "replace")
    finally:
        _turn.release()


def _pages(pdf: bytes, until: float) -> Iterator[bytes]:
    """Picture after picture of the first pages, until there is none more or the time is over."""
    program = shutil.which("pdftoppm")
    for number in range(1, MOST_PAGES + 1) if program else ():
        page = ["-f", str(number), "-l", str(number), "-scale-to", str(LONG_SIDE)]
        picture = _run([str(program), "-png", "-gray", *page, "-"], pdf, until)
        if not picture:
            return
        yield picture


def _run(command: list[str], data: bytes, until: float) -> bytes:
    """What a program makes of the data; nothing where it fails, wants too much memory or takes too long."""
    left = until - monotonic()
    if left <= 0:
        return b""
    kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
    quiet = kept | {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=quiet
        ) as running:
            try:
                _limit(running.pid)
                out = running.communicate(data, timeout=left)[0]
            finally:
                running.kill()  # whatever happened, nothing stays behind
    except (subprocess.SubprocessError, OSError):
        return b""
    return out if running.returncode == 0 else b""


def _limit(pid: int) -> None:
    """Before the program gets its data; the time on the processor ends it even when this process is gone."""
    if sys.platform == "linux":
        for kind, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(pid, kind, (most, most))


def _packs(program: str) -> frozenset[str]:
    """Languages that are installed with the program; none while it does not answer, and then it is asked again."""
    try:
        return _listed(program) if program else frozenset()
    except (subprocess.SubprocessError, OSError):
        return frozenset()


@cache
def _listed(program: str) -> frozenset[str]:
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=True, text=True)
    return frozenset(done.stdout.split())


def pixels(picture: bytes) -> int:
    """Width times height as the head of a PNG or JPEG tells; 0 where it tells none."""
    if picture.startswith(b"\x89PNG"):
        return int.from_bytes(picture[16:20]) * int.from_bytes(picture[20:24])
    at = 2
    while picture[at : at + 1] == b"\xff" and at + 9 <= len(picture):
        mark = picture[at + 1]
        if mark in range(0xC0, 0xD0) and mark not in (0xC4, 0xC8, 0xCC):  # SOF: the frame with its size
            return int.from_bytes(picture[at + 5 : at + 7]) * int.from_bytes(picture[at + 7 : at + 9])
        at += 2 + int.from_bytes(picture[at + 2 : at + 4])
    return 0
