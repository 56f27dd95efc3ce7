"""The pages in Chromium, from phone to desk, light and dark: nothing overflows, nothing is fetched from elsewhere.

SITE_PICTURES=folder keeps a picture of a page of each template.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element_attribute
from selenium.webdriver.support.wait import WebDriverWait

from tests.site.chromium import needs_chromium
from tests.site.pages import DOCS, built, sources

pytestmark = needs_chromium

WIDTHS = (400, 1400)
THEMES = ("default", "slate")

TEMPLATES = {
    "first": "index.md",
    "tutorial": "tutorial/first-commit.md",
    "how-to": "how-to/celery.md",
    "guide": "acl.md",
    "flowchart": "graph.md",
    "variables": "reference/variables/server.md",
    "commands": "reference/commands.md",
    "constructs": "constructs.md",
    "effects": "reference/effects.md",
    "runbook": "monitoring/runbooks/DragonflyNoMaster.md",
    "checks": "doctor.md",
    "explanation": "explanation/what-is-proven.md",
}
"""A page of each kind."""

OVERFLOW = """
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
return wide > 0 ? wide : 0
"""

CUT = """
const cut = block => block.scrollWidth > block.clientWidth
return [...document.querySelectorAll('.language-text pre > code')].map(cut)
"""

FETCHED = "return performance.getEntriesByType('resource').map(entry => entry.name)"

PICTURES = "return [...document.querySelectorAll('picture > img')].map(picture => picture.currentSrc)"

CONTRAST = """
const luminance = color => {
  const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(value => value / 255)
    .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const text = luminance(getComputedStyle(document.querySelector('article p')).color)
const ground = luminance(getComputedStyle(document.body).backgroundColor)
return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site, served on the loopback interface."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def show(browser: Chrome, page: str, width: int, theme: str) -> None:
    """Open a page as wide as that, in a theme that its reader has the system set to; its flowcharts are drawn then."""
    dark = {"name": "prefers-color-scheme", "value": "dark" if theme == "slate" else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [dark]})
    widen(browser, width)
    browser.get(page)
    WebDriverWait(browser, 20).until_not(lambda _: browser.find_elements(By.CSS_SELECTOR, "pre.mermaid"))


def widen(browser: Chrome, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def address_of(source: Path, site: Path, address: str) -> str:
    return f"{address}/{built(source, site).relative_to(site).parent}/".replace("/./", "/")


def test_no_page_overflows(browser: Chrome, address: str, site: Path) -> None:
    wide = {}
    for source in sources():
        show(browser, address_of(source, site, address), WIDTHS[0], "default")
        for width in WIDTHS:
            widen(browser, width)
            if overflow := browser.execute_script(OVERFLOW):
                wide[str(source.relative_to(DOCS)), width] = overflow
    assert wide == {}


def test_what_is_too_wide_is_noticed(browser: Chrome, address: str) -> None:
    show(browser, f"{address}/", WIDTHS[0], "default")
    browser.execute_script("document.querySelector('article p').style.width = '500px'")
    assert browser.execute_script(OVERFLOW) > 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", ["index.md", "import.md", "how-to/moving-from-redis.md", "reference/commands.md"])
def test_what_programs_print_is_seen_to_the_end_of_its_lines(
    page: str, width: int, browser: Chrome, address: str, site: Path
) -> None:
    show(browser, address_of(DOCS / page, site, address), width, "default")
    blocks = browser.execute_script(CUT)
    assert blocks
    assert not any(blocks)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_of_each_template_is_drawn(
    template: str, width: int, theme: str, browser: Chrome, address: str, site: Path
) -> None:
    show(browser, address_of(DOCS / TEMPLATES[template], site, address), width, theme)
    assert browser.find_element(By.TAG_NAME, "body").get_attribute("data-md-color-scheme") == theme
    assert browser.execute_script(CONTRAST) > 7
    assert browser.execute_script(OVERFLOW) == 0
    if folder := os.environ.get("SITE_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert browser.save_screenshot(str(Path(folder) / f"{template}-{width}-{theme}.png"))


@pytest.mark.parametrize("theme", THEMES)
def test_a_flowchart_can_be_read(theme: str, browser: Chrome, address: str) -> None:
    show(browser, f"{address}/graph/", 1400, theme)
    # The theme draws into a shadow tree that is closed to scripts.
    drawn = next(node for node in nodes(browser) if "mermaid" in node.get("attributes", ()))
    assert "Service dragonfly" in [each["nodeValue"] for each in within(drawn) if each["nodeName"] == "#text"]
    assert browser.find_element(By.CSS_SELECTOR, "div.mermaid").size["height"] > 100


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_fetches_from_its_own_host_alone(template: str, browser: Chrome, address: str, site: Path) -> None:
    show(browser, address_of(DOCS / TEMPLATES[template], site, address), 1400, "default")
    fetched = browser.execute_script(FETCHED)
    assert fetched
    assert [each for each in fetched if not each.startswith((address, "data:", "blob:"))] == []


def nodes(browser: Chrome) -> Iterator[dict[str, Any]]:
    """Every node of a page, shadow trees and all."""
    return within(browser.execute_cdp_cmd("DOM.getDocument", {"depth": -1, "pierce": True})["root"])


def within(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in (*node.get("children", ()), *node.get("shadowRoots", ())):
        yield from within(below)


def test_the_reader_chooses_the_theme_and_pictures_follow(browser: Chrome, address: str) -> None:
    show(browser, f"{address}/", 1400, "default")
    for theme in THEMES:
        labels = browser.find_elements(By.CSS_SELECTOR, "label[for^='__palette']")
        next(label for label in labels if label.is_displayed()).click()
        themed = text_to_be_present_in_element_attribute((By.TAG_NAME, "body"), "data-md-color-scheme", theme)
        WebDriverWait(browser, 10).until(themed)
        WebDriverWait(browser, 10).until(partial(pictures_are_for, theme))
    browser.execute_script("localStorage.clear()")


def pictures_are_for(theme: str, browser: Chrome) -> bool:
    """Whether all pictures of a page are shown as they are for a theme."""
    found: list[str] = browser.execute_script(PICTURES)
    assert found
    return all(picture.endswith("dark.svg" if theme == "slate" else "light.svg") for picture in found)


def test_a_variable_is_found_by_its_name(browser: Chrome, address: str) -> None:
    show(browser, f"{address}/", 1400, "default")
    browser.find_element(By.TAG_NAME, "body").send_keys("f")
    focused = browser.switch_to.active_element
    focused.send_keys("dragonfly_maxclients", Keys.NULL)
    found = "a[href*='reference/variables/server/']"
    WebDriverWait(browser, 20).until(lambda _: browser.find_elements(By.CSS_SELECTOR, found))
