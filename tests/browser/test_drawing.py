"""How the layers are drawn: over one another, dashed where indicative, named where there is room."""

from playwright.sync_api import expect

from tests.browser.map_page import OpenMap, answer, park


def test_points_lie_over_parks_over_plans_over_districts(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai,facilities,development-zones,functional-areas")
    heights = opened.page.evaluate(
        """["districts", "plans", "zones", "parks", "areas", "points", "labels"].map(
            (name) => Number(getComputedStyle(yuantu.map.getPane(name)).zIndex))"""
    )
    assert heights == sorted(set(heights))
    panes = opened.page.evaluate(
        """Object.fromEntries([...yuantu.layers.values()].filter((l) => l.items.length).map(
            (l) => [l.id, document.querySelector(`.leaflet-layer-${l.id}-pane`).parentElement.className]))"""
    )
    assert "leaflet-points-pane" in panes["facilities"]
    assert "leaflet-parks-pane" in panes["parks"]
    assert "leaflet-plans-pane" in panes["plan-binhai"]
    assert "leaflet-districts-pane" in panes["districts"]


def test_indicative_and_derived_outlines_are_dashed_and_said_to_be(open_map: OpenMap) -> None:
    opened = open_map()
    for layer in ("parks", "plan-binhai"):
        dashes = opened.page.eval_on_selector_all(
            f".leaflet-layer-{layer}-pane path:not([fill=none])",
            "paths => paths.map((p) => p.getAttribute('stroke-dasharray'))",
        )
        assert dashes
        assert all(dashes)
    legend = opened.page.locator("#legend")
    expect(legend.locator("h3", has_text="园区")).to_contain_text("示意")
    expect(legend.locator("h3", has_text="一核两带多片区")).to_contain_text("推算")
    assert legend.locator("rect[stroke-dasharray]").count() >= 2


def test_an_official_outline_within_an_indicative_layer_is_solid(open_map: OpenMap) -> None:
    features = [park("official", name_zh="法定园区", geometry_status="statutory")]
    body = {"type": "FeatureCollection", "features": features}
    opened = open_map("?layers=parks", routes={"**/layers/parks.geojson": answer(body)})
    path = opened.page.locator(".leaflet-layer-parks-pane path")
    assert path.get_attribute("stroke-dasharray") is None


def test_labels_do_not_overlap_and_take_no_clicks(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks,plan-binhai&view=117.62,39.05,12")
    labels = opened.page.locator(".label:not(.label-hidden)")
    assert labels.count() > 5
    boxes = [box for box in (label.bounding_box() for label in labels.all()) if box]
    for index, a in enumerate(boxes):
        for b in boxes[index + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            assert apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    opened.shoot("labels-1280x800")
    park_label = opened.page.locator(".label-parks:not(.label-hidden)", has_text="经开区东区").bounding_box()
    assert park_label
    opened.page.mouse.click(park_label["x"] + park_label["width"] / 2, park_label["y"] + park_label["height"] / 2)
    expect(opened.page.locator("#panel h2")).to_have_text("经开区东区")


def test_a_plan_of_the_same_outline_as_its_parks_shows_around_them(open_map: OpenMap) -> None:
    opened = open_map("?layers=parks,plan-hitech")
    widths = opened.page.eval_on_selector_all(
        ".leaflet-layer-plan-hitech-pane path", "paths => paths.map((p) => Number(p.getAttribute('stroke-width')))"
    )
    parks = opened.page.locator(".leaflet-layer-parks-pane path").first.get_attribute("stroke-width")
    assert max(widths) > float(parks or 0) + 4
