"""DevTools: speaking with Chromium in its DevTools protocol, over a pair of pipes.

Messages are JSON objects, each ended by a zero byte (``--remote-debugging-pipe``). With pipes
nothing listens on a port.
"""

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

LARGEST_MESSAGE = 256 * 1024 * 1024
"""Bytes; an A3 sheet at 300 dpi comes as one message of some ten million."""

Params = dict[str, Any]
Listener = Callable[[Params, str], Awaitable[None]]


class DevToolsError(RuntimeError):
    """Chromium refused a command, or went away."""


class DevTools:
    """A connection to a browser.

    Parameters
    ----------
    reader, writer
        The two pipes.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Start to listen."""
        self._reader, self._writer = reader, writer
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Params]] = {}
        self._listeners: dict[str, Listener] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop().create_task(self._listen())

    def on(self, event: str, listener: Listener) -> None:
        """Have a function called with the parameters and the session of every event of a name."""
        self._listeners[event] = listener

    async def call(self, method: str, session: str | None = None, **params: Any) -> Params:
        """Return what a command answers.

        Raises
        ------
        DevToolsError
            When the browser refuses it, or is gone.
        """
        if self._loop.done():
            raise DevToolsError(f"{method}: the browser is gone")
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        answer: asyncio.Future[Params] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            self._writer.write(json.dumps(message).encode() + b"\0")
            await self._writer.drain()
            return await answer
        except OSError as error:
            raise DevToolsError(f"{method}: the browser is gone") from error
        finally:
            self._waiting.pop(number, None)

    async def close(self) -> None:
        """Stop listening; what is still awaited fails."""
        for task in (*self._tasks, self._loop):
            task.cancel()
        await asyncio.gather(*self._tasks, self._loop, return_exceptions=True)
        self._writer.close()

    async def _listen(self) -> None:
        try:
            while True:
                self._take(json.loads((await self._reader.readuntil(b"\0"))[:-1]))
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(DevToolsError("the browser is gone"))

    def _take(self, message: Params) -> None:
        answer = self._waiting.get(message.get("id", 0))
        if answer is not None and not answer.done():
            if "error" in message:
                answer.set_exception(DevToolsError(str(message["error"].get("message"))))
            else:
                answer.set_result(message["result"])
        listener = self._listeners.get(message.get("method", ""))
        if listener is not None:
            task = asyncio.get_running_loop().create_task(
                self._tell(listener, message.get("params", {}), message.get("sessionId", ""))
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    @staticmethod
    async def _tell(listener: Listener, params: Params, session: str) -> None:
        # What is refused here concerns a request that the page has dropped meanwhile.
        with suppress(DevToolsError):
            await listener(params, session)
