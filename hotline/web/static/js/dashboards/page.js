// The dashboard: looked at again each minute, and when they come back to it.

import { $ } from "../operators/dom.js";
import { OwnDay } from "../own_day/day.js";

const board = new OwnDay($("#dashboard"), "/dashboards/tiles");
setInterval(() => board.refresh(), 60_000);
document.addEventListener("visibilitychange", () => board.refresh());
