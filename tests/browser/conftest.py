"""A browser whose pages are watched: whatever a page does that it should not is a trouble.

These tests are skipped where there is no browser, or nothing to drive it with. DISCOURSE_BROWSER
set to ``required`` makes that a failure, and DISCOURSE_SITE says where the built documentation is.
What they need besides is the dependency group ``browser``, and a Chromium on PATH.
"""

import contextlib
import functools
import importlib.resources
import importlib.util
import os
import runpy
import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import attrs
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DRIVERS = ("playwright", "axe_playwright_python")
REQUIRED = os.environ.get("DISCOURSE_BROWSER") == "required"

#: Nothing of Chromium's own is fetched, so that whatever is fetched is the page's doing. It may not
#: have a sandbox of its own where everything is done as root.
FLAGS = ["--disable-quic", "--disable-gpu", "--disable-background-networking", "--no-pings"]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    FLAGS.append("--no-sandbox")

#: What runs before all else in a page that is shown: the functions by which a script shows that it
#: ran, though the driver itself needs ``eval``. The site has scripts that fetch what is searched.
TRIPWIRES = """
for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch", "ran"])
  window[name] = (...given) => { console.error(`RAN ${name}(${given.map(String)})`); return null; };
for (const [of, name] of [[Navigator, "sendBeacon"], [XMLHttpRequest, "send"], [Document, "write"],
                          [HTMLFormElement, "submit"], [HTMLFormElement, "requestSubmit"]])
  of.prototype[name] = () => { console.error(`RAN ${name}`); };
for (const name of ["WebSocket", "EventSource", "Worker", "SharedWorker", "RTCPeerConnection"])
  window[name] = class { constructor() { console.error(`RAN ${name}`); } };
"""

#: The rules of WCAG 2.2 A and AA and the good habits; and those that are about colours, for which
#: one of each kind of element is enough, and which take longer than all the others.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
ONE_OF_EACH = """() => {
  const seen = new Set();
  for (const each of [...document.body.querySelectorAll("*")].reverse()) {
    let kind = "";
    for (let at = each; at !== document.body; at = at.parentElement)
      kind += `${at.localName}.${at.className.baseVal ?? at.className} `;
    if (!each.childElementCount && seen.has(kind)) each.remove();
    seen.add(kind);
  }
}"""

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth, found = [];
  if (document.scrollingElement.scrollWidth <= room) return found;
  for (const each of document.body.querySelectorAll("*")) {
    const box = each.getBoundingClientRect();
    if (box.width && box.right > room + 1 && box.left < document.scrollingElement.scrollWidth)
      found.push(`${Math.round(box.right)} of ${room}: ${each.outerHTML.slice(0, 120)}`);
  }
  return [`scrolls to ${document.scrollingElement.scrollWidth} of ${room}`, ...found.slice(-5)];
}"""


def _missing(reason):
    if REQUIRED:
        pytest.fail(f"DISCOURSE_BROWSER is required, and {reason}")
    pytest.skip(reason)


# -- servers ---------------------------------------------------------------------------------------


#: What Chromium itself looks for now and then, whatever it is told.
OWN = ("accounts.google.com", "clients2.google.com", "update.googleapis.com")


class _Trap(BaseHTTPRequestHandler):
    """A proxy that lets nothing through and remembers what was asked for."""

    asked: ClassVar[list[str]] = []

    def _refuse(self):
        if not self.path.removeprefix("http://").startswith(OWN):
            self.asked.append(self.path)
        self.send_error(403)

    # The names that the server looks for.
    do_GET = do_HEAD = do_POST = do_CONNECT = do_OPTIONS = _refuse  # noqa: N815

    def log_message(self, *words):
        pass


class _Site(SimpleHTTPRequestHandler):
    """A server of pages that shows 404.html for what it has not, as servers of pages do."""

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html")
        if self.path == "/favicon.ico":  # which browsers ask for of their own accord
            self.send_response(204)
            self.end_headers()
            return
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@contextlib.contextmanager
def _served(handler):
    """Serve at a free port of this machine; give the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def site():
    """The address of the built documentation."""
    where = os.environ.get("DISCOURSE_SITE")
    if not where:
        _missing("DISCOURSE_SITE does not say where the built documentation is")
    with _served(functools.partial(_Site, directory=where)) as address:
        yield address


# -- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """A Chromium that reaches nothing but this machine."""
    for name in DRIVERS:
        if importlib.util.find_spec(name) is None:
            _missing(f"there is no {name}: install the dependency group `browser`")
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        _missing("there is no Chromium on PATH")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with _served(_Trap) as proxy, sync_playwright() as driver:
        # file:// and 127.0.0.1 go round the proxy; all else ends in it.
        launched = driver.chromium.launch(
            executable_path=chromium,
            args=FLAGS,
            proxy={"server": proxy, "bypass": "127.0.0.1"},
        )
        yield launched
        launched.close()


@attrs.define
class Visit:
    """A page in a browser context of its own, and what went wrong in it."""

    page: object
    home: str
    """What the address of all that is loaded begins with."""
    troubles: list[str] = attrs.Factory(list)
    is_expected: bool = False
    """Whether the page is one that must be caught."""
    has_axe: bool = False

    def watch(self, context):
        """Note whatever no page should do: run what it was given, ask for more, go elsewhere."""
        note = self.troubles.append
        context.on("console", lambda message: self._told(message))
        context.on("weberror", lambda error: note(f"error: {error.error}"))
        context.on("request", lambda request: self._within("asks for", request.url))
        context.on("page", lambda page: note(f"opens a window: {page.url}"))
        self.page.on("dialog", lambda dialog: (note(f"asks: {dialog.message}"), dialog.dismiss()))
        self.page.on("download", lambda download: note(f"downloads {download.url}"))
        self.page.on("crash", lambda: note("crashes"))
        self.page.on("framenavigated", lambda frame: self._within("goes to", frame.url))

    def _told(self, message):
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{message.text} ({message.location['url'][:200]})")

    def _within(self, does, address):
        if not address.startswith((self.home, "data:image/svg+xml")):
            self.troubles.append(f"{does} {address[:200]}")

    def go(self, address):
        """Go on to another page, by day and at a desk."""
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size({"width": 1100, "height": 800})
        self.page.goto(address)
        self.has_axe = False

    def settle(self):
        """Wait until the page has done all it does at once, and return the troubles."""
        self.page.wait_for_timeout(50)
        return self.troubles

    def comes(self, holds):
        """Whether something holds before long: a browser takes its time where much else is done."""
        return any(holds() or self.page.wait_for_timeout(100) for _ in range(50))

    def tells(self, words):
        """Whether a trouble that has these words comes before long."""
        return self.comes(lambda: any(words in each for each in self.troubles))

    def faults(self):
        """What keeps somebody from reading the page; afterwards there is little left of it."""
        found = [*self.axe(), *self.too_wide(360), *self.too_wide(320)]
        self.page.evaluate(ONE_OF_EACH)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"in {scheme} colours: {each}" for each in self.axe(COLOURS)]
        return found

    def axe(self, only=None):
        """What axe finds that is serious, each as the rule and where; write down the rest."""
        if not self.has_axe:
            # Evaluated, not loaded by an element, which the policy of the page would forbid.
            self.page.evaluate(f"{_axe()}; 0")
            self.has_axe = True
        options = {"resultTypes": ["violations"], "preload": False, "runOnly": only or RULES}
        if only is None:
            options["rules"] = {rule: {"enabled": False} for rule in COLOURS}
        serious = []
        for each in self.page.evaluate("options => axe.run(options)", options)["violations"]:
            told = [f"{each['id']}: {node['html'][:200]}" for node in each["nodes"][:5]]
            if each["impact"] in {"serious", "critical"}:
                serious += told
            else:
                sys.stdout.write(f"{each['impact']} {told}\n")
        return serious

    def too_wide(self, width):
        """What makes a window of that width scroll sideways."""
        self.page.set_viewport_size({"width": width, "height": 800})
        return [f"at {width}: {each}" for each in self.page.evaluate(TOO_WIDE)]


@functools.cache
def _axe():
    home = importlib.resources.files("axe_playwright_python")
    return home.joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def visits(browser):
    """Open a page, in a browser that nobody used before, for as long as a ``with`` lasts.

    Leaving it fails if there were troubles, unless the visit says that they are expected.
    """

    @contextlib.contextmanager
    def visit(address, *, home=None, path="", width=1100, is_wired=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        if is_wired:
            context.add_init_script(TRIPWIRES)
        made = Visit(context.new_page(), home or address)
        made.watch(context)
        before = len(_Trap.asked)
        try:
            made.page.goto(address + path)
            yield made
            made.settle()
        finally:
            context.close()
        made.troubles += [f"asks the network for {each}" for each in _Trap.asked[before:]]
        assert made.troubles == [] or made.is_expected, "\n".join(made.troubles[:20])

    return visit


@pytest.fixture(scope="session")
def show(visits, tmp_path_factory):
    """Open a text as a file, as somebody would who was sent it; as `visits` does."""
    folder = tmp_path_factory.mktemp("pages")
    numbers = iter(range(1_000_000))

    def opened(text, *, suffix="html", **options):
        path = folder / f"{next(numbers)}.{suffix}"
        path.write_text(text, encoding="utf-8")
        return visits(path.as_uri(), is_wired=True, **options)

    return opened


@pytest.fixture(scope="session")
def payloads():
    """Texts made to take a page over."""
    return runpy.run_path(str(Path(__file__).with_name("payloads.py")))["PAYLOADS"]
