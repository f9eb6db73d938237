"""The browser phone's module on a page that is not the console: nothing else there answers, pauses or rejoins."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.support.console_rig import Desk

#: Keeps what the phone tells as window.told: [[event, detail, milliseconds], …].
START = """async () => {
  const { Phone } = await import('/static/js/phone/phone.js');
  const { Api } = await import('/static/js/operators/api.js');
  const { csrf_token } = await (await fetch('/console/summary')).json();
  const api = new Api(csrf_token);
  const me = await api.get('/console/me');
  window.told = [];
  window.levels = [];
  const phone = window.phone = new Phone({ ...me.phone, ...(window.account ?? {}) }, api);
  for (const name of ['registration', 'call', 'ended', 'trouble'])
    phone.addEventListener(name, ({ detail }) => window.told.push([name, detail, performance.now()]));
  phone.addEventListener('levels', ({ detail }) => window.levels.push(detail));
  phone.start();
  return me.operator.call;
}"""


class BrowserPhone:
    """`start` it, then act by `do` and look by `until`, both in JavaScript with `phone`."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self.desk, self.page = desk, page

    def start(self, registered: bool = True) -> Any:
        """Load and start it on the page of calls; the call that the server says this operator is in."""
        self.page.goto(f"{self.desk.rig.url}/calls")
        in_call = self.page.evaluate(START)
        if registered:
            self.until("phone.registered")
        return in_call

    def do(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def until(self, expression: str, seconds: float = 20.0) -> Any:
        try:
            return self.desk.until(expression, seconds, self.page)
        except AssertionError as error:
            raise AssertionError(f"{error}; the phone has told {self.page.evaluate('told')}") from None

    def until_call(self, state: str, seconds: float = 20.0) -> dict[str, Any]:
        """Wait until there is a call in that state; the call."""
        return self.until(f"phone.call?.state === '{state}' && phone.call", seconds)

    def told(self, event: str) -> list[dict[str, Any]]:
        """The details of what it has told so far."""
        return [detail for name, detail, _at in self.page.evaluate("told") if name == event]

    def troubles(self) -> list[tuple[str, str, bool]]:
        """(kind, reason, over), in order."""
        return [(each["kind"], each["reason"], each["over"]) for each in self.told("trouble")]
