"""Health: is the process alive, and can it answer."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from app.problems import problem

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Is the process alive")
async def healthz() -> JSONResponse:
    """Answer as long as the process runs."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/readyz", summary="Can requests be answered")
async def readyz(request: Request) -> Response:
    """Answer 200 once the database can be reached and holds data, else 503."""
    try:
        version = await request.app.state.reader.data_version()
    except SQLAlchemyError:
        return problem(503, "The database cannot be reached.")
    if not version:
        return problem(503, "The database holds no data yet. Run `yuantu load`.")
    return JSONResponse({"status": "ready", "data_version": version}, headers={"Cache-Control": "no-store"})
