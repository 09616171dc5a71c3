"""Links: where else an answer can be had."""

from urllib.parse import quote

from app.siting.request import SitingRequest

LONGEST_QUERY = 8_000
"""Characters of the longest query that is put in a link; a drawn polygon may be longer."""


def links(asked: SitingRequest, root: str) -> dict[str, str | None]:
    """Return addresses of the answer in other forms; all None where the question is too long for an address.

    Parameters
    ----------
    asked
        The request.
    root
        Address before the paths.
    """
    query = asked.query
    if len(query) > LONGEST_QUERY:
        return dict.fromkeys(("self", "map", "geojson", "xlsx", "text", "report", "pdf"))
    return {
        "self": f"{root}/api/siting?{query}",
        "map": f"{root}/?siting={quote(query, safe=',:')}",
        "geojson": f"{root}/api/siting.geojson?{query}",
        "xlsx": f"{root}/api/siting.xlsx?{query}",
        "text": f"{root}/api/siting.txt?{query}",
        "report": f"{root}/siting/report?{query}",
        "pdf": f"{root}/siting/report.pdf?{query}",
    }
