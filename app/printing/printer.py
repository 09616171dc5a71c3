"""Printer: makes sheets in a browser, as many at a time as the machine bears."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from app.printing.chromium import NoChromium, browser, find_chromium
from app.printing.devtools import DevTools, DevToolsError, Params
from app.printing.own_host import OwnHost
from app.printing.sheet import Sheet
from app.settings import Settings

Format = Literal["pdf", "png"]

CSS_DPI = 96
"""Pixels of style sheets per inch (CSS Values and Units 4, 6.2)."""

MM_PER_INCH = 25.4
_POLL_SECONDS = 0.1


class Busy(RuntimeError):
    """As many sheets wait already as may."""


class TooSlow(TimeoutError):
    """The sheet was not ready in time."""


class PrintFailed(RuntimeError):
    """The browser broke off."""


class Incomplete(RuntimeError):
    """The map could not be drawn as asked.

    Attributes
    ----------
    faults
        What the page says of it, in the language of the sheet.
    asked_wrongly
        Whether it is the request that was wrong.
    """

    def __init__(self, faults: list[str], *, asked_wrongly: bool) -> None:
        """Collect what the page says."""
        self.faults, self.asked_wrongly = faults, asked_wrongly
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True)
class Job:
    """One sheet to make.

    Attributes
    ----------
    url
        Address of the sheet's page, on the service's own host.
    host
        Answers what the page asks for.
    sheet
        Its size and resolution.
    format
        ``pdf`` or ``png``.
    """

    url: str
    host: OwnHost
    sheet: Sheet
    format: Format


class Printer:
    """Makes sheets, each in a browser of its own that sees nothing but this service.

    Parameters
    ----------
    settings
        Which Chromium, how many at a time, how long.
    """

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings = settings
        self._places = asyncio.Semaphore(settings.print_jobs)
        self._waiting = 0

    async def make(self, job: Job) -> bytes:
        """Return the sheet.

        Raises
        ------
        NoChromium
            When there is none, or it does not start.
        Busy
            When too many wait.
        TooSlow
            When it is not ready in time.
        Incomplete
            When a layer could not be drawn, or the address asks for what does not exist.
        PrintFailed
            When the browser breaks off.
        """
        program = find_chromium(self._settings.chromium)
        if self._waiting >= self._settings.print_queue:
            raise Busy
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            async with asyncio.timeout(self._settings.print_timeout_s):
                return await self._make(program, job)
        except TimeoutError:
            raise TooSlow from None
        except DevToolsError as error:
            raise PrintFailed(str(error)) from error
        finally:
            self._places.release()

    async def _make(self, program: str, job: Job) -> bytes:
        async with browser(program, sandbox=self._settings.chromium_sandbox) as devtools:
            try:
                await devtools.call("Browser.getVersion")
            except DevToolsError as error:
                raise NoChromium(
                    f"{program} does not start; in a container it may need YUANTU_CHROMIUM_SANDBOX=false"
                ) from error
            async with _page(devtools, job) as session:
                await _settled(devtools, session)
                return await (_pdf if job.format == "pdf" else _png)(devtools, session, job.sheet)


@asynccontextmanager
async def _page(devtools: DevTools, job: Job) -> AsyncIterator[str]:
    """Open the sheet's page; whatever it asks for is answered by the service, or by nobody."""
    target = await devtools.call("Target.createTarget", url="about:blank")
    attached = await devtools.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
    session: str = attached["sessionId"]

    async def answer(params: Params, of: str) -> None:
        request, number = params["request"], params["requestId"]
        if not job.host.owns(request["url"]):
            await devtools.call("Fetch.failRequest", of, requestId=number, errorReason="AddressUnreachable")
            return
        body = request.get("postData", "").encode()
        told = await job.host.ask(request["method"], request["url"], request["headers"], body)
        lines = [{"name": name, "value": value} for name, value in told.headers]
        packed = base64.b64encode(told.body).decode()
        await devtools.call(
            "Fetch.fulfillRequest", of, requestId=number, responseCode=told.status, responseHeaders=lines, body=packed
        )

    devtools.on("Fetch.requestPaused", answer)
    await devtools.call("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
    await devtools.call("Emulation.setDeviceMetricsOverride", session, **_metrics(job))
    await devtools.call("Emulation.setTimezoneOverride", session, timezoneId="Asia/Shanghai")
    quiet = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "prefers-color-scheme", "value": "light"},
    ]
    await devtools.call("Emulation.setEmulatedMedia", session, features=quiet)
    shown = await devtools.call("Page.navigate", session, url=job.url)
    if "errorText" in shown:
        raise PrintFailed(shown["errorText"])
    yield session


def _metrics(job: Job) -> dict[str, Any]:
    width, height = (round(side / MM_PER_INCH * CSS_DPI) for side in job.sheet.size_mm)
    factor = job.sheet.resolution / CSS_DPI if job.format == "png" else 2
    return {"width": width, "height": height, "deviceScaleFactor": factor, "mobile": False}


async def _settled(devtools: DevTools, session: str) -> None:
    """Wait until the page says that everything is drawn."""
    while True:
        told = await devtools.call(
            "Runtime.evaluate",
            session,
            expression="JSON.stringify({...document.documentElement.dataset})",
            returnByValue=True,
        )
        said = json.loads(told["result"].get("value", "{}"))
        if "ready" in said:
            break
        await asyncio.sleep(_POLL_SECONDS)
    for kind in ("wrong", "faults"):
        if faults := json.loads(said.get(kind, "[]")):
            raise Incomplete(faults, asked_wrongly=kind == "wrong")


async def _pdf(devtools: DevTools, session: str, sheet: Sheet) -> bytes:
    width, height = (side / MM_PER_INCH for side in sheet.size_mm)
    margins = dict.fromkeys(("marginTop", "marginRight", "marginBottom", "marginLeft"), 0)
    printed = await devtools.call(
        "Page.printToPDF", session, printBackground=True, paperWidth=width, paperHeight=height, **margins
    )
    return base64.b64decode(printed["data"])


async def _png(devtools: DevTools, session: str, sheet: Sheet) -> bytes:
    shot = await devtools.call("Page.captureScreenshot", session, format="png")
    return base64.b64decode(shot["data"])
