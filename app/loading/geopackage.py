"""Preview: the tables of a GeoPackage in a schema of their own, each with the definition of a layer.

Geometries become EPSG:4490 and keep every digit; apart from the direction of rings nothing about them is repaired.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.db.engine import READ_ROLE
from app.db.models import SRID
from app.loading.preview_layers import Column, PreviewTable, definition, preview_table

_log = logging.getLogger(__name__)

SCHEMA_PREFIX = "yuantu_preview_"
_SCHEMA = re.compile(SCHEMA_PREFIX + r"[a-z0-9_]{1,40}")
_BATCH_ROWS = 20_000
_SAME_AS_STORED = (4326, SRID)
"""WGS 84 is treated as identical to the storage CRS."""
