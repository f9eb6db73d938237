// Before anything is painted: light or dark as the system has it, unless the person chose one (then the server said so).
(function () {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const chosen = root.dataset.theme;
    root.setAttribute("data-bs-theme", chosen === undefined || chosen === "auto" ? (system.matches ? "dark" : "light") : chosen);
  }
  apply();
  system.addEventListener("change", apply);
})();
