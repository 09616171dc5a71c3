"""Encoders: features as bytes, in every format the service has.

``ENCODERS`` lists the formats; ``negotiate`` chooses one for a request; a ``FeatureStream`` is what ``Encoder.encode``
turns into bytes.
"""

from app.features.encoders.negotiation import Representation, negotiate
from app.features.encoders.registry import BY_EXTENSION, ENCODERS, Encoder, begun
from app.features.encoders.stream import EncoderOptions, FeatureStream, Row, SourceDocument

__all__ = [
    "BY_EXTENSION",
    "ENCODERS",
    "Encoder",
    "EncoderOptions",
    "FeatureStream",
    "Representation",
    "Row",
    "SourceDocument",
    "begun",
    "negotiate",
]
