// What eslint asks of the browser's modules and of their tests. How they are laid out is left to who writes them.

import js from "@eslint/js";
import globals from "globals";

/** Text of others must never become markup or code. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
  property, message: "Text goes in as text: console/dom.js builds elements.",
}));

export default [
  { ignores: ["hotline/web/static/vendor/**", "hotline/web/static/made/**", "node_modules/**", ".venv*/**", "var/**", ".asterisk/**", ".setup/**"] },
  js.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "eqeqeq": "error",
      "no-constructor-return": "error",
      "no-duplicate-imports": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-loop-func": "error",
      "no-new-func": "error",
      "no-restricted-properties": ["error", ...MARKUP, { object: "document", property: "write" }],
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unused-expressions": ["error", { allowShortCircuit: true }],
      "no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-useless-concat": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "no-warning-comments": ["error", { terms: ["@ts-ignore", "@ts-nocheck", "@ts-expect-error"], location: "anywhere" }],
      "prefer-const": "error",
      "prefer-promise-reject-errors": "error",
      "radix": "error",
    },
  },
  {
    files: ["hotline/web/static/js/**"],
    languageOptions: { globals: globals.browser },
  },
  {
    // A shared worker has no document.
    files: ["hotline/web/static/js/kit/stream/worker.js", "hotline/web/static/js/kit/stream/sharing.js"],
    languageOptions: { globals: { ...Object.fromEntries(Object.keys(globals.browser).map((name) => [name, "off"])), ...globals.sharedWorker } },
  },
  {
    // Not modules: they are run before the page is painted, or beside pages that have none.
    files: ["hotline/web/static/js/kit/theme.js", "hotline/web/static/js/kit/app.js"],
    languageOptions: { sourceType: "script" },
  },
  { files: ["tests/js/**", "eslint.config.js"], languageOptions: { globals: globals.node } },
  { files: ["tests/js/**"], rules: { "no-script-url": "off" } }, // tests try what is hostile
];
