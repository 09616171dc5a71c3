"""FeatureStream: what an encoder is given. Rows or ready texts in batches, and what they are rows of."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from app.geodesy.crs import Crs
from app.registry.definition import LayerDefinition, LayerField, Words

Language = Literal["zh", "en"]
Charset = Literal["utf-8", "gbk"]


class Row(NamedTuple):
    """One feature.

    Attributes
    ----------
    id
        The feature's id, as text.
    wkb
        The geometry as WKB in the output CRS, always x before y (east, then north) whatever the axis order of the CRS;
        None where the feature has none.
    values
        One value a field of the stream, in its order: str, int, float, Decimal, bool, date, datetime, list of str or
        None.
    """

    id: str
    wkb: bytes | None
    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """What a client may choose about a format.

    Attributes
    ----------
    encoding
        Of the text in CSV and Shapefile. A character that GBK lacks becomes ``?``.
    bom
        Whether a CSV in UTF-8 begins with a byte order mark, which Excel needs to recognise it.
    language
        Language of headings and names meant for people (XLSX, KML).
    """

    encoding: Charset = "utf-8"
    bom: bool = False
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document the layer states facts of, as an export names it."""

    id: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class FeatureStream:
    """The features of one answer, and what a format needs to know about them.

    An encoder reads ``rows`` or ``texts``, as its ``reads`` says; it reads once, and closes what it reads
    (``aclose``) at its end, however it ends.

    Attributes
    ----------
    layer
        The layer.
    fields
        The selected fields, in order.
    crs
        The CRS of the geometries.
    with_geometry
        Whether geometries were asked for. Without, the spatial formats are written as plain tables.
    data_version
        Hash of the data, stated where a format has room for it.
    rows
        Batches of rows. A batch is held in memory as a whole: some hundred to a few thousand rows.
    texts
        Batches of GeoJSON Feature texts. Each has ``"geometry"`` as a member before ``"properties"``, both written
        without white space before the colon; the coordinates stand in the axis order of the CRS.
    head
        Members of a GeoJSON or JSON-FG collection that are known from the start, such as ``links``.
    tail
        Given the number of features written, returns the members known only at the end, such as ``numberMatched``.
    documents
        The documents of the layer.
    title
        Title of the answer; the layer's own if absent.
    options
        What the client chose.
    """

    layer: LayerDefinition
    fields: tuple[LayerField, ...]
    crs: Crs
    with_geometry: bool = True
    data_version: str = ""
    rows: AsyncIterator[Sequence[Row]] | None = None
    texts: AsyncIterator[Sequence[str]] | None = None
    head: Mapping[str, Any] = field(default_factory=dict)
    tail: Callable[[int], Awaitable[Mapping[str, Any]]] | None = None
    documents: tuple[SourceDocument, ...] = ()
    title: Words | None = None
    options: EncoderOptions = EncoderOptions()

    @property
    def words(self) -> Words:
        """The title."""
        return self.title or self.layer.title

    @property
    def label_index(self) -> int | None:
        """Where among the fields the one is that labels a feature in the language of the options."""
        if self.layer.label is None:
            return None
        name = getattr(self.layer.label, self.options.language)
        return next((at for at, one in enumerate(self.fields) if one.name == name), None)

    async def row_batches(self) -> AsyncIterator[Sequence[Row]]:
        """Yield the batches of rows.

        Raises
        ------
        ValueError
            If the stream has none.
        """
        if self.rows is None:
            raise ValueError("this format is made of rows, and the stream has none")
        async for batch in self.rows:
            yield batch

    async def text_batches(self) -> AsyncIterator[Sequence[str]]:
        """Yield the batches of texts.

        Raises
        ------
        ValueError
            If the stream has none.
        """
        if self.texts is None:
            raise ValueError("this format is made of GeoJSON texts, and the stream has none")
        async for batch in self.texts:
            yield batch
