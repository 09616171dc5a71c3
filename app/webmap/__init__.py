"""The map: a Folium page of the service's own layers, without a reference to any other host."""
