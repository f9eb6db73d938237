"""A whole hotline with operators who sit at browsers: the rig, the web pages, and a Chromium an operator, each with a
fake microphone that plays a tone of its own."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from hotline.domain.accounts.user import User
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts.passwords import hash_password
from hotline.storage.accounts.users import UserStore
from tests.support.browser import DESK, engine, program_and_flags
from tests.support.cuttable import Cuttable
from tests.support.rig import PHONES, SETTINGS, Rig, wait_until
from tests.support.tones import tone, write_wav

PASSWORD = "correct horse battery"

#: What each operator's microphone gives, in Hz: told apart from each other and from all prompts.
PITCH = {"1001": 1000, "1002": 1240, "1003": 1480}

#: In the command line of Chromium's process for the network.
NETWORK = "network.mojom.NetworkService"

#: The real clock may show any hour: the line is open at all of them.
ALWAYS_OPEN = """
[hours]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]
makeup_day = ["00:00-24:00"]
"""

#: By this name the pages are asked for, too: a browser does not take it for the machine itself.
OTHER_HOST = "hotline.test"
HOSTS = f"""
[web]
hosts = ["{OTHER_HOST}"]
"""

#: Short enough to be waited for; and no test is kept from calls by what others left unwritten.
CONSOLE = """
[console]
wrap_up_seconds = 5
max_unfinished_forms = 500
"""


@dataclass
class Desk:
    """One operator's browser. Its page goes over ways that the test can cut."""

    rig: ConsoleRig
    extension: str
    browser: Browser
    context: BrowserContext
    page: Page
    network: frozenset[psutil.Process]
    problems: list[str] = field(default_factory=list)

    def sign_in(self, page: Page | None = None, username: str = "", password: str = PASSWORD) -> Page:
        """Sign in by the form."""
        page = page or self.page
        page.goto(f"{self.rig.url}/sign-in")
        page.fill("[name=username]", username or f"op{self.extension}")
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    def open_console(self) -> Page:
        """Sign in and sit down at the console, until its phone can be called."""
        self.sign_in()
        self.page.goto(f"{self.rig.url}/console")
        self.until("document.querySelector('#phone-state.tone-ok') !== null")
        return self.page

    def ready(self) -> None:
        """As the operator does it, until the page and Asterisk both say so."""
        self.page.click("#state-button")
        self.page.click("#state-menu [data-key=ready]")
        self.until("document.querySelector('#state-button.tone-ok') !== null")
        member = f"PJSIP/{self.extension}"
        wait_until(
            lambda: any(m["Location"] == member and m["Paused"] == "0" for m in self.rig.pbx.queue_members()),
            f"{self.extension} to be a member that is called",
        )

    def cut_off(self) -> None:
        """The whole network of this browser, TCP and UDP, stands still until `connect`: nothing comes, nothing goes."""
        for process in self.network:
            process.suspend()

    def connect(self) -> None:
        for process in self.network:
            process.resume()

    def until(self, expression: str, seconds: float = 20.0, page: Page | None = None) -> object:
        """Wait for a JavaScript expression to be true in the page; its value. (wait_for_function would need eval,
        which the pages' policy forbids.)"""
        looked_at = page or self.page
        return wait_until(lambda: looked_at.evaluate(expression), expression, seconds)

    def another_tab(self) -> Page:
        return self.rig.watched(self, self.context.new_page())

    def close(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self.connect()  # else it never ends
        self.browser.close()


class ConsoleRig(Rig):
    """Operators 1001 and 1002 have their phone in the browser; `clock` of the web pages is the machine's."""

    def __init__(self, root: Path, extra_settings: str = "", console: str = CONSOLE) -> None:
        super().__init__(root, ALWAYS_OPEN + HOSTS + console + extra_settings)
        self._have_phones_in_the_browser()
        self.desks: list[Desk] = []
        self.http = Cuttable(self.base + 41, self.base + 40)
        self.ws = Cuttable(self.base + 89, self.base + 88)

    def _have_phones_in_the_browser(self) -> None:
        text = self.home.settings_file.read_text("utf-8")
        for extension, port in (("1001", self.base + 81), ("1002", self.base + 82)):
            fixed = f'contact = "sip:{extension}@{PHONES}:{port}"'
            assert fixed in text, SETTINGS
            text = text.replace(fixed, 'phone = "webrtc"')
        self.home.settings_file.write_text(text, "utf-8")

    @property
    def url(self) -> str:
        """Where the browsers find the pages: over the way that can be cut."""
        return f"http://127.0.0.1:{self.base + 41}"

    # ---- setting up
    def start(self, *names: str) -> None:
        super().start(*(names or ("pbx", "ivr", "listener", "worker", "web")))

    def launch(self, name: str) -> None:
        """The pages hand phones on to Asterisk over the way that can be cut; every other process goes straight."""
        environment = self.environment
        if name == "web":
            self.environment = {**environment, "HOTLINE_ASTERISK_HTTP_PORT": str(self.base + 89)}
        try:
            super().launch(name)
        finally:
            self.environment = environment

    def wait_ready(self, name: str) -> None:
        if name == "web":
            wait_until(lambda: self.accepts(self.base + 40), "the pages to be served", 40)
            self._first_answer()
        super().wait_ready(name)

    def _first_answer(self) -> None:
        """The socket listens before the pages are made: on a busy machine a browser would give up in between."""
        asked = http.client.HTTPConnection("127.0.0.1", self.base + 40, timeout=120)
        with contextlib.closing(asked):
            asked.request("GET", "/sign-in")
            asked.getresponse()

    def stop(self) -> None:
        for desk in self.desks:
            desk.close()
        super().stop()
        self.http.close()
        self.ws.close()

    def account(self, username: str, *roles: Role, extension: str | None = None, password: str = PASSWORD) -> None:
        """Somebody who can sign in with that password."""
        now = system_clock()
        user = User(
            username=username,
            display_name=username,
            password_hash=hash_password(password),
            roles=roles,
            must_change_password=False,
            active=True,
            created_at=now,
            extension=extension,
        )
        with self.hotline.storage.writing() as tx:
            known = UserStore(tx).by_username(username)
            if known is None:
                UserStore(tx).add(user)
            else:
                UserStore(tx).update(replace(user, id=known.id))

    # ---- browsers
    def desk(
        self,
        extension: str,
        roles: Sequence[Role] = (Role.OPERATOR,),
        *,
        microphone: str = "tone",
        flags: Sequence[str] = (),
    ) -> Desk:
        """A browser for that operator, who has an account. `microphone`: tone | silent | none."""
        self.account(f"op{extension}", *roles, extension=extension)
        return self.browser_at(extension, microphone=microphone, flags=flags)

    def browser_at(self, extension: str, *, microphone: str = "tone", flags: Sequence[str] = ()) -> Desk:
        """A browser at that desk, whoever signs in there."""
        program, common = program_and_flags()
        own = [flag for flag in common if flag != "--mute-audio"]
        others = network_processes()
        browser = engine().chromium.launch(
            executable_path=program, args=[*own, *self._microphone(extension, microphone), *flags]
        )
        context = self.visitor(browser)
        page = context.new_page()
        desk = Desk(self, extension, browser, context, page, frozenset(network_processes() - others))
        self.watched(desk, page)
        self.desks.append(desk)
        return desk

    def visitor(self, browser: Browser, allowed: bool = True) -> BrowserContext:
        """Somebody new at that browser; `allowed`: they let pages use the microphone."""
        return browser.new_context(
            viewport=DESK,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=self.url,
            permissions=["microphone"] if allowed else [],
        )

    def watched(self, desk: Desk, page: Page) -> Page:
        """Errors of its scripts go to the desk's problems."""
        page.on("pageerror", lambda error: desk.problems.append(f"script: {error}\n{error.stack}"))
        page.on("console", lambda said: desk.problems.append(f"console: {said.text}") if is_problem(said) else None)
        return page

    def _microphone(self, extension: str, kind: str) -> list[str]:
        if kind == "none":
            return []
        file = self.root / f"microphone-{extension}-{kind}.wav"
        write_wav(file, tone(0 if kind == "silent" else PITCH.get(extension, 1400), 4.0, -12.0))
        return ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}"]


def network_processes() -> set[psutil.Process]:
    """Of every Chromium that we started: the process for all that goes over the network."""
    found = set()
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if NETWORK in " ".join(process.cmdline()):
                found.add(process)
    return found


def is_problem(said: ConsoleMessage) -> bool:
    """Errors of a page, but for those that a test asks for: refused requests, and networks that fail."""
    expected = ("Failed to load", "WebSocket", "ERR_")
    return said.type == "error" and not any(words in said.text for words in expected)
