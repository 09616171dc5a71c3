"""What routes ask for: the parts of the application, as FastAPI dependencies."""

from typing import Annotated

from fastapi import Depends, Request

from app.db.reader import Reader
from app.registry.reader import Registry
from app.settings import Settings

# Asynchronous, since FastAPI runs the others in a thread each.


async def _reader(request: Request) -> Reader:
    reader: Reader = request.app.state.reader
    return reader


async def _registry(request: Request) -> Registry:
    registry: Registry = request.app.state.registry
    return registry


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


ReaderDep = Annotated[Reader, Depends(_reader)]
RegistryDep = Annotated[Registry, Depends(_registry)]
SettingsDep = Annotated[Settings, Depends(_settings)]
