"""A whole hotline with operators who sit at browsers: the rig, the web pages, and a Chromium an operator, each with a
fake microphone that plays a tone of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, sync_playwright

from hotline.domain.records import Role, User
from hotline.domain.time import system_clock
from hotline.services.passwords import hash_password
from tests.support.browser import DESK, program_and_flags
from tests.support.cuttable import Cuttable
from tests.support.rig import PHONES, SETTINGS, Rig, wait_until
from tests.support.tones import tone, write_wav

PASSWORD = "correct horse battery"

#: What each operator's microphone gives, in Hz: told apart from each other and from all prompts.
PITCH = {"1001": 1000, "1002": 1240}

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


@dataclass
class Desk:
    """One operator's browser. Its page goes over ways that the test can cut."""

    rig: ConsoleRig
    extension: str
    browser: Browser
    context: BrowserContext
    page: Page
    problems: list[str] = field(default_factory=list)

    def sign_in(self, username: str = "", password: str = PASSWORD) -> Page:
        """Sign in by the form."""
        self.page.goto(f"{self.rig.url}/sign-in")
        self.page.fill("[name=username]", username or f"op{self.extension}")
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.page

    def until(self, expression: str, seconds: float = 20.0, page: Page | None = None) -> object:
        """Wait for a JavaScript expression to be true in the page; its value. (wait_for_function would need eval,
        which the pages' policy forbids.)"""
        looked_at = page or self.page
        return wait_until(lambda: looked_at.evaluate(expression), expression, seconds)

    def another_tab(self) -> Page:
        return self.rig.watched(self, self.context.new_page())

    def cdp(self, page: Page | None = None) -> CDPSession:
        """Chromium's own remote control."""
        return self.context.new_cdp_session(page or self.page)

    def close(self) -> None:
        self.browser.close()


class ConsoleRig(Rig):
    """Operators 1001 and 1002 have their phone in the browser; `clock` of the web pages is the machine's."""

    def __init__(self, root: Path, extra_settings: str = "") -> None:
        super().__init__(root, ALWAYS_OPEN + extra_settings)
        self._have_phones_in_the_browser()
        self.desks: list[Desk] = []
        self.http = Cuttable(self.base + 41, self.base + 40)
        self.ws = Cuttable(self.base + 89, self.base + 88)
        self._playwright: Playwright | None = None

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
        """The pages send browsers to Asterisk over the way that can be cut; every other process goes straight."""
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
        super().wait_ready(name)

    def stop(self) -> None:
        for desk in self.desks:
            desk.close()
        if self._playwright:
            self._playwright.stop()
        super().stop()
        self.http.close()
        self.ws.close()

    def account(self, username: str, *roles: Role, extension: str | None = None, password: str = PASSWORD) -> None:
        """Somebody who can sign in with that password."""
        now = system_clock()
        user = User(username=username, display_name=username, password_hash=hash_password(password), roles=roles,
                    must_change_password=False, active=True, created_at=now, extension=extension)
        with self.hotline.storage.writing() as work:
            known = work.users.by_username(username)
            if known is None:
                work.users.add(user)
            else:
                work.users.update(replace(user, id=known.id))

    # ---- browsers
    def desk(self, extension: str, roles: Sequence[Role] = (Role.OPERATOR,), *, microphone: str = "tone",
             flags: Sequence[str] = ()) -> Desk:
        """A browser for that operator, who has an account. `microphone`: tone | silent | none | denied."""
        self.account(f"op{extension}", *roles, extension=extension)
        program, common = program_and_flags()
        own = [flag for flag in common if flag != "--mute-audio"]
        browser = self._engine().chromium.launch(
            executable_path=program, args=[*own, *self._microphone(extension, microphone), *flags])
        permissions = [] if microphone == "denied" else ["microphone"]
        context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai", base_url=self.url,
                                      permissions=permissions)
        desk = Desk(self, extension, browser, context, context.new_page())
        self.watched(desk, desk.page)
        self.desks.append(desk)
        return desk

    def watched(self, desk: Desk, page: Page) -> Page:
        """Errors of its scripts go to the desk's problems."""
        page.on("pageerror", lambda error: desk.problems.append(f"script: {error}\n{error.stack}"))
        page.on("console", lambda said: desk.problems.append(f"console: {said.text}")
                if said.type == "error" and "Failed to load" not in said.text and "WebSocket" not in said.text else None)
        return page

    def _engine(self) -> Playwright:
        self._playwright = self._playwright or sync_playwright().start()
        return self._playwright

    def _microphone(self, extension: str, kind: str) -> list[str]:
        if kind == "none":
            return []
        file = self.root / f"microphone-{extension}-{kind}.wav"
        write_wav(file, tone(PITCH.get(extension, 1400) if kind == "tone" else 0, 4.0, -12.0))
        flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}"]
        return flags if kind == "denied" else [*flags, "--use-fake-ui-for-media-stream"]
