"""Report: raw results to a page of tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.client import CLIENTS
from benchmarks.stats import Summary, ratio, summarise, verdict

MEMORY_GOAL = 150.0
"""Largest growth while 200,000 parcels stream, MiB."""


def markdown(results: Mapping[str, Any]) -> str:
    """Return the page."""
    parts = [_head(results), _goals(results)]
    parts += [_scenario(one) for one in results["outcomes"]]
    if results["memory"]:
        parts.append(_memory(results["memory"]))
    if results.get("siting"):
        parts.append(_siting(results["siting"]))
    if results.get("browser"):
        parts.append(_browser(results["browser"]))
    parts.append(_made_with(results))
    return "\n\n".join(parts) + "\n"


def _head(results: Mapping[str, Any]) -> str:
    data = ", ".join(f"{count:,} {name}" for name, count in results["data"].items())
    lines = [
        "# Results",
        "",
        "Written by `python -m benchmarks run`; [README.md](README.md) says what is measured and how.",
        "",
        f"{results['date']}, {results['minutes']} minutes. Medians of {results['rounds']} interleaved rounds; in"
        f" brackets the lowest and the highest. {CLIENTS} keep-alive clients on the same machine. A ratio is the median"
        " of the ratios of neighbouring rounds.",
        "",
        f"Data: {data}. The parcels are generated; the parks are the real ones.",
    ]
    if results["busy"] > 0.1:
        lines += ["", f"**The machine was busy: others used {results['busy']:.0%} of it when the run began.**"]
    return "\n".join(lines)


def _made_with(results: Mapping[str, Any]) -> str:
    rows = [*results["machine"].items(), *results["peers"].items()]
    return "## Machine and versions\n\n" + _table(("What", "Which"), [(name, str(value)) for name, value in rows])


def _goals(results: Mapping[str, Any]) -> str:
    rows = []
    for outcome in results["outcomes"]:
        for goal in outcome["goals"]:
            rows.append((_short(outcome), *_goal(outcome, goal)))
    for one in results["memory"]:
        grown = one.get("mebibytes")
        words = "—" if grown is None else f"{grown:.0f} MiB"
        met = "not measured" if grown is None else _met(verdict(grown, at_most=MEMORY_GOAL))
        rows.append(("memory", f"growth, {one['name']}", words, f"≤ {MEMORY_GOAL:.0f} MiB", met))
    for one in results.get("siting") or []:
        times = ratio(one["ours"], one["floor"])
        met = _met(verdict(times.median, at_most=one["goal"]))
        rows.append(
            ("siting", f"{one['name']} : its statement", _brackets(times, 2) + "×", f"≤ {one['goal']:.2g}×", met)
        )
    page = results.get("browser") or {"opening": [], "moving": []}
    for one in (*page["opening"], *page["moving"]):
        if one["goal"] is not None:
            summary = summarise(one["ours"])
            words = f"{_brackets(summary, one['decimals'])} {one['unit']}"
            met = _met(verdict(summary.median, at_most=one["goal"]))
            rows.append(("browser", one["name"], words, f"≤ {one['goal']:g} {one['unit']}", met))
    return "## Goals\n\n" + _table(("Scenario", "Figure", "Measured", "Goal", "Reached"), rows)


def _short(outcome: Mapping[str, Any]) -> str:
    return f"{outcome['key']}, {outcome['workers']} worker{'s' if outcome['workers'] > 1 else ''}"


def _goal(outcome: Mapping[str, Any], goal: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return figure, measured, goal, reached."""
    rates = {one["name"]: one["rates"] for one in outcome["figures"]}
    mine = rates.get(goal["contender"], [])
    wanted = goal["at_least"]
    if goal["versus"] is None:
        figure, unit = f"{goal['contender']}, answers/s a worker", f"≥ {wanted:,.0f}"
        summary = summarise([rate / outcome["workers"] for rate in mine]) if mine else None
        words = "—" if summary is None else _brackets(summary, 0)
    else:
        figure, unit = f"{goal['contender']} : {goal['versus']}", f"≥ {wanted:.2g}×"
        other = rates.get(goal["versus"], [])
        summary = ratio(mine, other) if mine and len(mine) == len(other) else None
        words = "—" if summary is None else _brackets(summary, 2) + "×"
    if summary is None:
        return figure, words, unit, "not measured"
    return figure, words, unit, _met(verdict(summary.median, at_least=wanted))


def _met(reached: bool) -> str:
    return "yes" if reached else "**no**"


def _brackets(summary: Summary, decimals: int) -> str:
    return f"{summary.median:,.{decimals}f} ({summary.low:,.{decimals}f}–{summary.high:,.{decimals}f})"


def _scenario(outcome: Mapping[str, Any]) -> str:
    rows = []
    first = outcome["figures"][0]["rates"]
    for one in outcome["figures"]:
        if not one["rates"]:
            rows.append((one["name"], one["note"].strip(), "", "", "", ""))
            continue
        summary = summarise(one["rates"])
        times = f"{ratio(first, one['rates']).median:.2f}×" if len(first) == len(one["rates"]) else "—"
        size = f"{one['bytes_each'] / 1000:,.0f}" if one["bytes_each"] else "—"
        features = f"{one['features_each']:,.0f}" if one["features_each"] else "—"
        latency = f"{summarise(one['median_ms']).median:,.1f}"
        name = one["name"] + (f" ({one['note'].strip()})" if one["note"] else "")
        rows.append((name, _brackets(summary, 0 if summary.median >= 100 else 1), latency, features, size, times))
    title = f"## {outcome['title']}; {outcome['workers']} worker{'s' if outcome['workers'] > 1 else ''}\n\n"
    head = ("Contender", "Answers/s", "Median ms", "Features", "kB", "First row : this row")
    return title + _table(head, rows)


def _memory(grown: list[Mapping[str, Any]]) -> str:
    rows = []
    for one in grown:
        if one["note"]:
            rows.append((one["name"], one["note"], "", "", ""))
        else:
            rows.append(
                (
                    one["name"],
                    f"{one['mebibytes']:.0f} MiB",
                    f"{one['features']:,}",
                    f"{one['megabytes']:.0f} MB",
                    f"{one['seconds']:.1f} s",
                )
            )
    return "## Memory while a large layer streams\n\n" + _table(("Reader", "Growth", "Features", "Sent", "Time"), rows)


def _siting(asked: list[Mapping[str, Any]]) -> str:
    rows = []
    for one in asked:
        ours, bare = summarise(one["ours"]), summarise(one["floor"])
        times = f"{ratio(one['ours'], one['floor']).median:.2f}×"
        what = f"{one['name']}, {one['questions']} questions a round" if one["questions"] > 1 else one["name"]
        rows.append((what, one["figure"], _brackets(ours, 1), _brackets(bare, 1), times))
    head = ("Asked", "Figure", "Answer, ms", "Bare statement, ms", "Answer : statement")
    return "## Answers of siting beside the one statement that each sends\n\n" + _table(head, rows)


def _browser(page: Mapping[str, Any]) -> str:
    parts = []
    for key, title in (
        (
            "opening",
            "The page opened by a new browser: 63 outlines of parks, the districts, both plan layers",
        ),
        ("moving", "The map dragged and zoomed with 200,000 parcels on it: tiles, and written into the plain page"),
    ):
        rows = []
        for one in page[key]:
            ours, plain = (f"{_brackets(summarise(one[side]), one['decimals'])}" for side in ("ours", "plain"))
            name = f"{one['name']}, {one['unit']}" if one["unit"] else one["name"]
            rows.append((name, ours, plain))
        said = f"Not measured: {page['note']}" if page["note"] else ""
        parts.append(f"## {title}\n\n" + (said or _table(("Figure", "Workbench", "Plain Folium page"), rows)))
    if not page["note"]:
        parts.append(
            f"{page['version']}; {page['date']}, {page['rounds']} rounds, others using {page['busy']:.0%} of the"
            " machine. The browser reports tasks from 50 ms on as long ones; 50 stands for none."
        )
    return "\n\n".join(parts)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    cells = [head, tuple("---" for _ in head), *rows]
    escaped = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in cells]
    return "\n".join("| " + " | ".join(row) + " |" for row in escaped)
