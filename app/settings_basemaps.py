"""Basemaps as an operator describes them, and what is refused as one."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

_SHIFTED = {
    "amap.com": "Amap (高德)",
    "autonavi.com": "Amap (高德)",
    "map.qq.com": "Tencent (腾讯)",
    "gtimg.com": "Tencent (腾讯)",
    "map.baidu.com": "Baidu (百度)",
    "bdimg.com": "Baidu (百度)",
    "bdstatic.com": "Baidu (百度)",
    "google.cn": "Google China (谷歌中国)",
    "google.com.cn": "Google China (谷歌中国)",
}
"""Hosts whose tiles are drawn in GCJ-02 or BD-09: against CGCS2000 they lie some 550 m off in Tianjin."""

_WMTS = {"{TileMatrix}": "{z}", "{TileRow}": "{y}", "{TileCol}": "{x}"}
_FIELD = re.compile(r"\{[^{}]*\}")
_ORIGIN_FIELD = re.compile(r"[{}\s;,'\"]")
_RESERVED = ("none", "offline", "tianditu_vector", "tianditu_imagery", "osm")


class TileSource(BaseModel):
    """A basemap of tiles in Web Mercator (EPSG:3857), 256 pixels wide, as XYZ or as a WMTS's RESTful or KVP template.

    Attributes
    ----------
    id
        Its name in addresses.
    title_zh, title_en
        Its titles.
    url
        Template of a tile's address with ``{z}``, ``{x}`` and ``{y}``, or ``{TileMatrix}``, ``{TileCol}`` and
        ``{TileRow}`` as of WMTS 1.0.0, 11.2; ``{s}`` stands for a subdomain.
    overlay_url
        Template of tiles that lie over those, such as names on an image.
    subdomains
        What ``{s}`` stands for, each one letter or digit.
    max_zoom
        Deepest zoom level that has tiles.
    attribution, attribution_url
        Whom to credit, and where that credit leads.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    title_zh: Annotated[str, Field(min_length=1, max_length=40)]
    title_en: Annotated[str, Field(min_length=1, max_length=60)]
    url: Annotated[str, Field(max_length=1000)]
    overlay_url: Annotated[str, Field(max_length=1000)] = ""
    subdomains: Annotated[str, Field(pattern=r"^[a-z0-9]{0,16}$")] = ""
    max_zoom: Annotated[int, Field(ge=1, le=22)] = 18
    attribution: Annotated[str, Field(min_length=1, max_length=200)]
    attribution_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=300)] = ""

    @field_validator("id")
    @classmethod
    def _is_free(cls, value: str) -> str:
        if value in _RESERVED:
            raise ValueError(f"{value!r} is a basemap that is there already; choose another id")
        return value

    @field_validator("url", "overlay_url")
    @classmethod
    def _is_a_template(cls, value: str) -> str:
        return checked_template(value) if value else value


def checked_template(template: str) -> str:
    """Return a template of tile addresses with the fields ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}``.

    Raises
    ------
    ValueError
        When it is none, or when its tiles are shifted.
    """
    for theirs, ours in _WMTS.items():
        template = re.sub(re.escape(theirs), ours, template, flags=re.I)
    fields = _FIELD.findall(template)
    if sorted(set(fields) - {"{s}"}) != ["{x}", "{y}", "{z}"] or len(fields) != len(set(fields)):
        raise ValueError(
            "should hold {z}, {x} and {y} (or {TileMatrix}, {TileCol} and {TileRow}) once each, such as https://tiles.example.cn/base/{z}/{x}/{y}.png"
        )
    # Subdomains may be a field; what is left of the origin has to be plain, for it goes into a policy.
    parts = urlsplit(template.replace("{s}", "s", 1))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("should be an address that starts with https:// or http:// and a host")
    if (
        _ORIGIN_FIELD.search(parts.netloc)
        or not parts.netloc.isascii()
        or "{s}" in template.partition("//")[2].partition("/")[2]
    ):
        raise ValueError("should name its host as it is; only {s} may stand in it")
    for host, whose in _SHIFTED.items():
        if parts.hostname == host or parts.hostname.endswith(f".{host}"):
            raise ValueError(
                f"{whose} draws its tiles in a shifted coordinate system (GCJ-02 or BD-09), some 550 m off in Tianjin: "
                "whatever is measured or drawn over them would be wrong. "
                "Use 天地图 or another source in CGCS2000 or WGS 84."
            )
    return template
