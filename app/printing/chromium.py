"""Chromium: finding it, starting it without a window, ending it with all of its processes."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from app.printing.devtools import LARGEST_MESSAGE, DevTools

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chromium-headless-shell")
"""What the program is called on Debian, Ubuntu, Fedora and Alpine, looked for in this order."""

_ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    # Whatever is asked for is answered by this process; no name leads anywhere, and none is looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--no-proxy-server",
    "--metrics-recording-only",
    "--mute-audio",
    "--hide-scrollbars",
    # The same pixels every time, whatever the screen and the fonts' hints.
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
)
_PATIENCE = 5.0
"""Seconds after which processes that were asked to end are ended."""


class NoChromium(RuntimeError):
    """There is no Chromium on this machine, or it does not start."""


def find_chromium(configured: Path | None) -> str:
    """Return the path of the program.

    Parameters
    ----------
    configured
        What the operator has set; None: it is looked for on the PATH.

    Raises
    ------
    NoChromium
        When there is none.
    """
    if configured is not None:
        found = shutil.which(configured)
        if found is None:
            raise NoChromium(f"{configured} is no program")
        return found
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    raise NoChromium(f"none of {', '.join(NAMES)} is on the PATH")


@asynccontextmanager
async def browser(program: str, *, sandbox: bool) -> AsyncIterator[DevTools]:
    """Run Chromium with an empty profile of its own for as long as the context lasts.

    Parameters
    ----------
    program
        Path of the program.
    sandbox
        Whether it confines its own processes; it cannot do so for root.

    Raises
    ------
    NoChromium
        When it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="yuantu-print-", ignore_cleanup_errors=True) as profile:
        arguments = [program, *_ARGUMENTS, f"--user-data-dir={profile}"]
        if not sandbox or os.geteuid() == 0:
            arguments.append("--no-sandbox")
        process, devtools = await _start([*arguments, "about:blank"], profile)
        try:
            yield devtools
        finally:
            await devtools.close()
            await asyncio.shield(asyncio.to_thread(_end, process))


async def _start(command: list[str], home: str) -> tuple[subprocess.Popen[bytes], DevTools]:
    """Start the program with our pipes as its descriptors 3 (it reads) and 4 (it writes)."""
    its_end, ours_to_write = os.pipe()
    ours_to_read, its_other_end = os.pipe()
    # The shell gives the descriptors their numbers: a forked Python should not run code of its own.
    shell = f'exec "$@" 3</proc/self/fd/{its_end} 4>/proc/self/fd/{its_other_end}'
    try:
        process = subprocess.Popen(  # noqa: S603 - the operator's program, the arguments are ours
            ["/bin/sh", "-c", shell, "sh", *command],
            pass_fds=(its_end, its_other_end),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": home, "TZ": "Asia/Shanghai"},
        )
    except OSError as error:
        os.close(ours_to_write)
        os.close(ours_to_read)
        raise NoChromium(str(error)) from error
    finally:
        os.close(its_end)
        os.close(its_other_end)
    return process, await _connect(ours_to_read, ours_to_write)


async def _connect(to_read: int, to_write: int) -> DevTools:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=LARGEST_MESSAGE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(to_read, "rb"))
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, os.fdopen(to_write, "wb"))
    return DevTools(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and every process that it has started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
            break
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
