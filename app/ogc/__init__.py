"""OGC API - Features: landing page, conformance, collections, items. Everything derives from the layer files."""
