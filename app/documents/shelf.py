"""Shelf: the folder in which the operator keeps the documents' texts, each file read once for as long as it stays."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.documents.blocks import Block, Unreadable
from app.documents.building import outline_of
from app.documents.outline import Outline
from app.documents.plain import read_plain
from app.documents.portable import read_pdf
from app.documents.word import read_word
from app.messages import Message
from app.settings import Settings

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file, at most."""

_READERS: Mapping[str, Callable[[bytes], list[Block]]] = {
    ".txt": read_plain,
    ".docx": read_word,
    ".pdf": read_pdf,
}
"""Readers by the end of a file's name; of several files of a document the first is read."""

_WITHOUT_CELLS = frozenset({".pdf"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NoText(LookupError):
    """There is no text of a document; ``hint`` says what would help."""

    def __init__(self, hint: Message) -> None:
        """Keep the hint."""
        self.hint = hint
        super().__init__(hint)


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text as it was read.

    Attributes
    ----------
    outline
        Its paragraphs and headings.
    signature
        Changes when the file does.
    """

    outline: Outline
    signature: str


@dataclass
class Shelf:
    """Reads the documents of a folder.

    Attributes
    ----------
    folder
        Where files named ``{id}.txt``, ``{id}.docx`` or ``{id}.pdf`` are; None where the operator keeps none.
    """

    folder: Path | None
    _read: dict[str, tuple[str, Outline | Unreadable]] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def ids(self) -> frozenset[str]:
        """Return the ids that there is a file for, whether or not it can be read."""
        if self.folder is None:
            return frozenset()
        try:
            files = [path for path in self.folder.iterdir() if path.suffix in _READERS and _ID.fullmatch(path.stem)]
            return frozenset(path.stem for path in files if path.is_file())
        except OSError:
            return frozenset()

    def text(self, document_id: str) -> Text:
        """Return a document's text, read anew where its file has changed. It may take seconds: call it in a thread.

        Parameters
        ----------
        document_id
            Id of a document.

        Raises
        ------
        NoText
            When no folder is set, or it holds no file of this document.
        Unreadable
            When the file is too large or broken.
        """
        path = self._path(document_id)
        with self._locks.setdefault(path.stem, threading.Lock()):
            try:
                signature = _signature(path)
                known = self._read.get(path.stem)
                outline = known[1] if known is not None and known[0] == signature else _outline(path)
            except OSError as error:
                raise Unreadable(Message("the server may not read it")) from error
            self._read[path.stem] = signature, outline
        if isinstance(outline, Unreadable):
            raise outline
        return Text(outline, signature)

    def _path(self, document_id: str) -> Path:
        if self.folder is None:
            raise NoText(Message("this service is run without the texts of the documents (YUANTU_DOCUMENTS)"))
        if _ID.fullmatch(document_id):
            for end in _READERS:
                path = self.folder / f"{document_id}{end}"
                if path.is_file():
                    return path
        raise NoText(
            Message(
                "the folder of the documents holds no file {name}.txt, {name}.docx or {name}.pdf",
                name=document_id[:100],
            )
        )


def available(settings: Settings) -> frozenset[str]:
    """Return the ids of the documents whose paragraphs can be opened: those that the operator keeps a file of.

    Parameters
    ----------
    settings
        ``documents`` names the folder.
    """
    return Shelf(settings.documents).ids()


def _signature(path: Path) -> str:
    state = path.stat()
    return f"{path.name}-{state.st_mtime_ns}-{state.st_size}"


def _outline(path: Path) -> Outline | Unreadable:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        return Unreadable(Message("it is larger than {most} MB", most=LARGEST_FILE // 1024**2))
    try:
        blocks = _READERS[path.suffix](content)
    except Unreadable as fault:
        return fault
    return outline_of(blocks, tells_cells=path.suffix not in _WITHOUT_CELLS)
