"""LayerDefinition: what a layer file may say. Unknown keys are errors."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", max_length=60)]
"""A column: letters of any script, digits and underscores. Quoted wherever it stands in SQL."""

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
FieldType = Literal["string", "string[]", "integer", "number", "boolean", "date", "datetime", "url", "json"]
"""``json`` is a column of JSON: nested in GeoJSON, its text in other formats, filters and sorting."""
GeometryType = Literal["point", "line", "polygon"]
Status = Literal["indicative", "derived", "imported", "statutory"]
Pane = Literal["districts", "plans", "zones", "parks", "areas", "points"]


class Part(BaseModel):
    """Base of the parts of a layer file: frozen, and strict about what it may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A text in both languages of the interface."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Part):
    """Where the features come from: a table or view, or a SELECT.

    Attributes
    ----------
    table
        ``schema.name`` of a table or view.
    sql
        A SELECT that yields the key, the geometry, its GeoJSON and every field: the operator's words, never a client's.
    key
        Column of the feature ids: unique, not null.
    key_type
        Whether the ids are text or whole numbers.
    geometry
        Column of the geometries, EPSG:4490.
    geojson
        Column of the geometries as GeoJSON text with six decimals.
    feature
        Column of the whole features as GeoJSON text, as `app.features.stored` makes it; absent: they are put together
        for each answer.
    sort
        Column that features are ordered by, before their ids.
    """

    table: str | None = Field(default=None, pattern=r"^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$")
    sql: str | None = None
    key: Name = "id"
    key_type: Literal["text", "integer"] = "text"
    geometry: Name = "geom"
    geojson: Name = "geojson"
    feature: Name | None = None
    sort: Name | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Source":
        if (self.table is None) == (self.sql is None):
            raise ValueError("give either table or sql")
        return self

    @property
    def relation(self) -> str:
        """The source as it stands behind FROM."""
        return self.table if self.table is not None else f"({self.sql})"


class LayerField(Part):
    """One attribute of a layer.

    Attributes
    ----------
    name
        Column of the source, and the property in every format.
    title
        What people see.
    type, unit
        The kind of value, and the unit it is in.
    decimals
        Decimals to show for a number.
    popup, tooltip
        Whether the panel that opens on a click shows it, or the tooltip.
    table
        Whether the attribute table begins with it; absent: where the panel shows it.
    filterable, facet
        Whether queries may filter by it, and whether its values are few enough to list.
    choices
        Titles of coded values.
    """

    name: Name
    title: Words
    type: FieldType = "string"
    unit: Words | None = None
    decimals: int | None = Field(default=None, ge=0, le=6)
    popup: bool = True
    tooltip: bool = False
    table: bool | None = None
    filterable: bool = False
    facet: bool = False
    choices: dict[str, Words] | None = None


class StyleClass(Part):
    """One class of a categorical style and its legend entry.

    Attributes
    ----------
    value, title
        Value of the field, and what people see.
    color
        Its colour.
    dark
        Colour of its outlines on a dark map; absent: one of the same hue that stands out there.
    """

    value: str
    title: Words
    color: Colour
    dark: Colour | None = None


class Style(Part):
    """How the layer is drawn.

    Attributes
    ----------
    by
        The field whose value picks the class; none for one look.
    color, dark
        Colour of what falls in no class, and of its outlines on a dark map, as of a class.
    fill
        Colour of the fill of polygons where it is not the colour of the outline: land under everything else.
    other
        Title of what falls in no class; absent: nothing should.
    fill_opacity, weight
        Opacity of the fill (0 to 1) and width of the outline in pixels.
    dashed
        Whether outlines are dashed. Indicative and derived outlines always are.
    radius
        Radius of a point in pixels.
    stack
        Whether points at one place are drawn as one, with their number.
    """

    by: Name | None = None
    color: Colour
    dark: Colour | None = None
    fill: Colour | None = None
    other: Words | None = None
    classes: tuple[StyleClass, ...] = ()
    fill_opacity: float = Field(default=0.25, ge=0, le=1)
    weight: float = Field(default=1.5, ge=0, le=10)
    dashed: bool = False
    radius: float = Field(default=6, ge=1, le=40)
    stack: bool = False

    @model_validator(mode="after")
    def _classes_need_a_field(self) -> "Style":
        if bool(self.classes) != (self.by is not None):
            raise ValueError("classes and by go together")
        values = [c.value for c in self.classes]
        if len(set(values)) != len(values):
            raise ValueError("two classes have the same value")
        return self


class Filters(Part):
    """Which filters of ``/layers/{id}.geojson`` the layer takes, by the column each one reads.

    Attributes
    ----------
    industry
        Column with the ids of the industries and of all their ancestors (text[]).
    level
        Column with the level of the zone (text).
    """

    industry: Name | None = None
    level: Name | None = None


class Zoom(Part):
    """Zoom levels at which the layer, and its labels, are drawn."""

    min: int = Field(default=0, ge=0, le=22)
    max: int = Field(default=22, ge=0, le=22)
    labels_from: int = Field(default=12, ge=0, le=22)


class TileOptions(Part):
    """How the layer's vector tiles are made.

    Attributes
    ----------
    geometry_3857
        Column of the source with the same geometries in EPSG:3857, with an index: spares the transformation.
    max_zoom
        Last zoom that has tiles; clients enlarge those of it. Absent: that of ``zoom.max``.
    limit
        Most features a tile holds; half as many with each zoom below ``detail_from``, but not fewer than 2,000.
    rank
        Column of numbers: where a tile would hold too many features, those with the largest stay. Absent: the largest
        polygons, the longest lines, any points.
    detail_from
        First zoom with every vertex and every feature; below it, what is smaller than half a pixel is left out.
    buffer
        How far features reach over the edge of a tile, in units of its 4,096.
    drawn
        Whether the map draws the layer from its tiles: ``auto``, from 2,000 features on; ``always`` or ``never``.
    """

    geometry_3857: Name | None = None
    max_zoom: int | None = Field(default=None, ge=0, le=24)
    limit: int = Field(default=10_000, ge=1, le=1_000_000)
    rank: Name | None = None
    detail_from: int = Field(default=12, ge=0, le=24)
    buffer: int = Field(default=64, ge=0, le=1024)
    drawn: Literal["auto", "always", "never"] = "auto"


class LayerDefinition(Part):
    """A published layer.

    Attributes
    ----------
    id
        The layer's name in every address.
    title, description
        What it is, for people.
    group
        Id of the group in ``groups.yaml`` it stands under.
    order
        Place in its group, and drawing order within its pane.
    status
        示意 (indicative), derived, imported or 法定 (statutory).
    geometry
        Kind of geometry.
    documents
        Ids of the documents the layer states facts of.
    datetime
        Field of the instant a feature belongs to, or the two fields of its first and last.
    search
        Fields that a text search (``q``) looks in.
    pane
        Class of layer on the map; points stay over parks over plans over districts.
    visible
        Whether the map shows it when it opens.
    label
        Field that labels the features on the map.
    detail
        Address of a feature's whole record, with ``{id}``.
    max_age
        Seconds a browser may keep an answer without asking again.
    tiles
        How its vector tiles are made.
    """

    id: Slug
    title: Words
    description: Words
    group: Slug
    order: int = 0
    status: Status
    geometry: GeometryType
    documents: tuple[Slug, ...] = ()
    source: Source
    fields: tuple[LayerField, ...] = Field(min_length=1)
    filters: Filters = Filters()
    datetime: tuple[Name, ...] = Field(default=(), max_length=2)
    search: tuple[Name, ...] = ()
    style: Style
    zoom: Zoom = Zoom()
    pane: Pane
    visible: bool = False
    label: Words | None = None
    detail: str | None = Field(default=None, pattern=r"^/[\w/{}-]+$")
    max_age: int = Field(default=60, ge=0)
    tiles: TileOptions = TileOptions()

    @model_validator(mode="after")
    def _fields_exist(self) -> "LayerDefinition":
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("two fields have the same name")
        named = {"style.by": self.style.by}
        named |= {f"datetime.{n}": name for n, name in enumerate(self.datetime)}
        named |= {f"search.{n}": name for n, name in enumerate(self.search)}
        if self.label is not None:
            named |= {"label.zh": self.label.zh, "label.en": self.label.en}
        for where, name in named.items():
            if name is not None and name not in names:
                raise ValueError(f"{where} names {name!r}, which is not one of the fields")
        for field in self.fields:
            if field.name in self.datetime and field.type not in ("integer", "date", "datetime"):
                raise ValueError(
                    f"datetime names {field.name!r}, which is neither a year (integer), a date nor a datetime"
                )
        return self

    @model_validator(mode="after")
    def _tiles_have_a_zoom(self) -> "LayerDefinition":
        if self.last_tile_zoom < self.zoom.min:
            raise ValueError(f"tiles.max_zoom should not be less than zoom.min ({self.zoom.min})")
        return self

    @property
    def last_tile_zoom(self) -> int:
        """Last zoom that has tiles."""
        return self.zoom.max if self.tiles.max_zoom is None else self.tiles.max_zoom


class Group(Part):
    """A heading of the layer tree."""

    id: Slug
    title: Words


class LayerSet(Part):
    """Layers that are looked at together, under a name.

    Attributes
    ----------
    id
        Its name in the browser code.
    title
        What people see.
    layers
        Ids of the layers that are on; all others are off.
    """

    id: Slug
    title: Words
    layers: tuple[Slug, ...] = Field(min_length=1)
