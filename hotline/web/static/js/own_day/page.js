// The page of somebody's own day: looked at again each minute, and when they come back to it.

import { $ } from "../operators/dom.js";
import { OwnDay } from "./day.js";

const day = new OwnDay($("#own-day"), "/my-day/tiles");
setInterval(() => day.refresh(), 60_000);
document.addEventListener("visibilitychange", () => day.refresh());
