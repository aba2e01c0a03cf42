"""A browser for those who test as a person would: found or installed once, then pages of any size, colour and axe."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.chromium import Chromium, NoChromium, have_chromium
from tests.browser.small_product import SmallProduct, small_product
from tests.patience import PATIENCE_SECONDS

HERE = Path(__file__).parent
DESKTOP, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
expect.set_options(timeout=1000 * PATIENCE_SECONDS)
CHROMIUM = pytest.StashKey["Chromium | NoChromium"]()

OpenPage = Callable[..., Awaitable[Page]]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for the browser before any test's time runs: installing one may take minutes."""
    asks = any(HERE in item.path.parents for item in session.items)
    if not asks or session.config.option.collectonly:
        return
    try:
        session.config.stash[CHROMIUM] = have_chromium()
    except NoChromium as none:
        session.config.stash[CHROMIUM] = none


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Iterator[None]:
    """What was missing is said last, below the list of what failed."""
    yield
    if isinstance(none := config.stash.get(CHROMIUM, None), NoChromium):
        terminalreporter.write_line(str(none), red=True)


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Chromium:
    """The browser to start; every test that needs it fails with one line where there is none."""
    found = request.config.stash[CHROMIUM]
    if isinstance(found, NoChromium):
        pytest.fail(str(found), pytrace=False)
    return found


@pytest_asyncio.fixture(scope="session")
async def browser(chromium: Chromium) -> AsyncIterator[Browser]:
    """One browser for the whole run."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium.executable,
            args=list(chromium.args),
            env=dict(os.environ) | chromium.environment,
        )
        yield started
        await started.close()


@pytest_asyncio.fixture
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """`await open_page(url, **context)`: a page of its own; a script error or a refusal by the CSP fails the test.

    `context` is what playwright's `new_context` takes: viewport, color_scheme, java_script_enabled, …
    """
    contexts, complaints = [], []

    async def opened(url: str, **wishes: Any) -> Page:
        context = await browser.new_context(**{"locale": "en-US", "viewport": DESKTOP} | wishes)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(1000 * PATIENCE_SECONDS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        await page.goto(url)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert not complaints


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core, as the wheel axe-playwright-python brings it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def violations(axe_source: str) -> Callable[[Page], Awaitable[list[str]]]:
    """`await violations(page)`: what axe finds against WCAG 2.2 AA, one line per rule with the places."""

    async def found(page: Page) -> list[str]:
        await page.evaluate(axe_source)
        result = await page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in result["violations"]]

    return found


@pytest_asyncio.fixture(scope="session")
async def running_product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SmallProduct]:
    """The handset page over a real simulator, started once."""
    async with small_product(tmp_path_factory.mktemp("simulator")) as product:
        yield product


@pytest_asyncio.fixture
async def product(running_product: SmallProduct) -> SmallProduct:
    """The same with empty phones and an empty agenda; its clock only ever goes forward."""
    await running_product.starts_afresh()
    return running_product
