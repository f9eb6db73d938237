// What goes back by itself unless it is confirmed: the time that is left.

import { $, setText } from "../operators/dom.js";

const notice = $("[data-goes-back]");
if (notice) {
  const end = Date.now() + Number(notice.dataset.goesBack) * 1000;
  const tick = () => {
    const left = Math.max(Math.ceil((end - Date.now()) / 1000), 0);
    setText($("[data-seconds-left]"), `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
    if (left === 0) {
      clearInterval(timer);
      notice.remove();
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}
