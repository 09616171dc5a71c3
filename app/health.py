"""Health: is the process alive, and can it answer."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from app.problems import MEDIA_TYPE, SCHEMA, problem

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Is the process alive")
async def healthz() -> JSONResponse:
    """Answer as long as the process runs."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get(
    "/readyz",
    summary="Can requests be answered",
    responses={503: {"description": "Not yet, or not any more", "content": {MEDIA_TYPE: {"schema": SCHEMA}}}},
)
async def readyz(request: Request) -> Response:
    """Answer 200 once the database can be reached and holds data, else 503."""
    try:
        version = await request.app.state.reader.data_version()
    except SQLAlchemyError:
        return problem(request, 503, "The database cannot be reached.")
    if not version:
        return problem(request, 503, "The database holds no data yet. Run `yuantu load`.")
    return JSONResponse({"status": "ready", "data_version": version}, headers={"Cache-Control": "no-store"})
