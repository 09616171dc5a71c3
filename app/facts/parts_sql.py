"""SQL: parts that the statements of the domain share."""

YEAR = "EXTRACT(YEAR FROM now() AT TIME ZONE 'Asia/Shanghai')"
"""The year by the clock where the documents hold."""

EVIDENCE = """json_build_object('document', d.id, 'title_zh', d.title_zh, 'short_title_zh', d.short_title_zh,
       'locator', {row}.locator{note})"""
"""A source line; ``{row}`` is the row that states something, ``d`` its document."""

PERIOD = f"""json_build_object('start', d.period_start, 'end', d.period_end,
       'expired', coalesce(d.period_end < {YEAR}, false),
       'text_zh', '规划期 ' || d.period_start || '—' || d.period_end
                  || CASE WHEN d.period_end < {YEAR} THEN '，已届满' ELSE '' END,
       'text_en', 'Planned for ' || d.period_start || '-' || d.period_end
                  || CASE WHEN d.period_end < {YEAR} THEN '; expired' ELSE '' END)"""
"""The years a document ``d`` plans for, and whether they are past by the clock."""


def evidence(row: str, *, note: bool = True) -> str:
    """Return SQL of a source line.

    Parameters
    ----------
    row
        Alias of the row that states something.
    note
        Whether the row has notes of ours, in both languages.
    """
    return EVIDENCE.format(row=row, note=f", 'note_zh', {row}.note_zh, 'note_en', {row}.note_en" if note else "")


def list_of(select: str) -> str:
    """Return SQL for a JSON array of the rows of a SELECT of one column ``item`` with an order ``n``."""
    return f"(SELECT coalesce(json_agg(item ORDER BY n), '[]') FROM ({select}) AS listed)"


def named(row: str, *, kind: bool = False) -> str:
    """Return SQL for the id and the names of a row."""
    kind_member = f", 'kind', {row}.kind" if kind else ""
    return f"json_build_object('id', {row}.id, 'name_zh', {row}.name_zh, 'name_en', {row}.name_en{kind_member})"


def area(hectares: str, *more: str) -> str:
    """Return SQL for an area in 公顷, 亩 (1/15 公顷) and km²."""
    members = [
        f"'ha', round({hectares}::numeric, 1)",
        f"'mu', round({hectares}::numeric * 15)",
        f"'km2', round({hectares}::numeric / 100, 2)",
        *more,
    ]
    return f"CASE WHEN {hectares} IS NOT NULL THEN json_build_object({', '.join(members)}) END"


def zones(join: str, where: str, order: str = "o.sort") -> str:
    """Return SQL for a list of zones ``o``."""
    return list_of(f"SELECT {order} AS n, {named('o', kind=True)} AS item FROM yuantu.zone AS o {join} WHERE {where}")
