"""``/siting/report.pdf``: the report of an answer of siting as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app import __version__
from app.answers import etag, text_answer
from app.dependencies import ReaderDep
from app.printing.chromium import NoChromium
from app.printing.own_host import OwnHost
from app.printing.printer import Busy, Incomplete, Job, Printer, PrintFailed, TooSlow
from app.printing.routes import refused
from app.printing.sheet import Sheet
from app.proxy import base_url
from app.siting import apidoc
from app.siting.routes import with_language

router = APIRouter(tags=["siting"])

_PDF = "application/pdf"
_OF_THE_BODY = frozenset({"content-length", "date", "server"})


@router.get("/siting/report.pdf", summary="The report as PDF", **apidoc.as_file(_PDF))
async def siting_pdf(request: Request, reader: ReaderDep) -> Response:
    """Return the report of an answer as pages of A4."""
    asked, language = with_language(request)
    base = base_url(request)
    address = f"{base}/siting/report?{asked.query}&lang={language}"
    printer: Printer = request.app.state.printer
    host = OwnHost(request.app, request.scope, base)
    # The page itself says what is wrong with a question; a browser would print the complaint.
    shown = await host.ask("GET", address, {"accept-language": request.headers.get("accept-language", "")}, b"")
    if shown.status != 200:
        kept = {name: value for name, value in shown.headers if name.lower() not in _OF_THE_BODY}
        return Response(shown.body, shown.status, kept)
    job = Job(address, host, Sheet(orientation="portrait"), "pdf")
    tag = etag("siting-pdf", __version__, await reader.data_version(), address)
    headers = {"Content-Disposition": 'inline; filename="siting.pdf"'}
    try:
        return await text_answer(request, tag, lambda: printer.make(job), media_type=_PDF, max_age=0, headers=headers)
    except (NoChromium, Busy, TooSlow, PrintFailed, Incomplete) as error:
        return refused(request, error)
