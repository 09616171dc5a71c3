"""The list of a layer's features: the way to a feature for who does not point at the map."""

from playwright.sync_api import expect

from tests.browser.map_page import OpenMap


def test_a_feature_can_be_chosen_from_its_layer_s_list_with_the_keyboard(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts,parks&view=117.1,39.1,12")
    page = opened.page
    page.locator("#entry-parks .entry-about").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "要素列表"
    page.keyboard.press("Enter")
    names = page.locator("#features-parks button")
    assert names.count() == opened.page.evaluate("yuantu.layers.get('parks').items.length")
    box = page.locator("#features-parks").bounding_box()
    assert box
    assert box["height"] < 240, "the list scrolls"
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.closest('li') !== null"):
        page.keyboard.press("Tab")  # Chromium also stops at what scrolls
    first = page.evaluate("document.activeElement.textContent")
    assert first == names.first.inner_text()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text(first)
    expect(panel.locator("h2")).to_be_focused()
    x, y = opened.at(*page.evaluate("yuantu.selection.item.at"))
    stage = page.locator("#stage").bounding_box()
    assert stage
    assert stage["x"] < x < stage["x"] + stage["width"] and stage["y"] < y < stage["y"] + stage["height"]
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(names.first).to_be_focused()
    assert opened.complaints == []


def test_only_a_layer_that_is_on_lists_its_features(open_map: OpenMap) -> None:
    opened = open_map("?layers=districts")
    opened.page.locator("#entry-functional-areas .entry-about").click()
    expect(opened.page.locator("#about-functional-areas")).to_contain_text("功能区")
    listing = opened.page.locator("#about-functional-areas .listing-button")
    expect(listing).to_have_count(0)
    opened.page.get_by_label("园区功能区", exact=True).check()
    opened.settle()
    listing.click()
    # Without a place on the map it still has a record.
    opened.page.locator("#features-functional-areas").get_by_role("button", name="东丽经开区北区").click()
    expect(opened.page.locator("#panel h2")).to_have_text("东丽经开区北区")
    expect(opened.page.locator("#panel")).to_contain_text("没有文件说明其位置")
    opened.page.get_by_label("园区功能区", exact=True).uncheck()
    expect(listing).to_have_count(0)
