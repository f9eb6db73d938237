// A case on paper: the button that prints it.

import { $ } from "../operators/dom.js";

const print = $("#print");
print.hidden = false;
print.addEventListener("click", () => window.print());
