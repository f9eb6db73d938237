// The examiner's page: puts its parts together; keys; saving; finishing.

import { Api, ApiError, thrown } from "../operators/api.js";
import { $, $$, $input, $dialog, targetOf, pageData, h, setText, show } from "../operators/dom.js";
import { isTyping } from "../operators/keys.js";
import { learn, t } from "../operators/words.js";
import { CommentDialog, drawComments, marksOfComments } from "./comments.js";
import { ExampleDialog } from "./exampledialog.js";
import { drawFacts, drawRecord } from "./facts.js";
import { KEYS, actionOf, isControl } from "./keys.js";
import { unjudged } from "./points.js";
import { Saver } from "./saver.js";
import { ScoreFormView } from "./scoreform.js";
import { Sound } from "./sound.js";

/** @type {Page.ExaminationData} */
const data = pageData("examination-data");
learn(data.words);
const api = new Api(data.csrf_token);
const { sheet } = data;
const path = `/examinations/${sheet.examination.id}`;
const writable = sheet.examination.may_give_points;
let comments = sheet.examination.comments;

const sound = new Sound({ api, sound: sheet.sound, quality: sheet.quality, nonce: data.nonce, names: data.names });
const scoring = new ScoreFormView($("#items"), {
  examination: sheet.examination,
  findings: sheet.quality?.findings ?? [],
  writable,
  changed: (state) => saver.change(state.points, remark()),
  jump: (second) => sound.jump(second),
  say: toast,
});
const saver = new Saver({
  version: sheet.examination.version,
  send: async (points, said, version, stale) => {
    if (stale) await renew();
    return api.put(`${path}/points`, { points, remark: said, version });
  },
  tell: saving,
});
const comment = new CommentDialog(
  (second, text) => api.post(`${path}/comments`, { second, text }),
  (made) => { comments = [...comments, made]; showComments(); },
);
const example = new ExampleDialog(api, sheet.call?.call_id, () => { toast(t("example.made")); show($('[data-action="example"]'), false); });

drawFacts($("#facts"), sheet.call, (second) => sound.jump(second));
drawRecord($("#record"), sheet.form, data.categories);
drawKeys();
showComments();
bind();

function remark() {
  return $input("#remark").value;
}

function showComments() {
  const sorted = [...comments].sort((one, other) => (one.second ?? -1) - (other.second ?? -1));
  drawComments($("#comments"), sorted, (second) => sound.jump(second));
  setText($("#comment-count"), sorted.length ? String(sorted.length) : "");
  sound.also(marksOfComments(sorted, sheet.sound?.seconds ?? 0));
}

function bind() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const button = targetOf(event).closest("button");
    // Clicked with a mouse it must not keep the focus: Space would press it again instead of playing.
    if (button && event.detail > 0 && !button.closest("dialog")) button.blur();
    const action = /** @type {HTMLElement | null} */ (targetOf(event).closest("[data-action]"))?.dataset.action;
    if (action) act(action);
  });
  $("#remark")?.addEventListener("input", () => writable && saver.change(scoring.state.points, remark()));
  for (const dialog of /** @type {HTMLDialogElement[]} */ ($$("dialog"))) {
    for (const closing of $$("[data-close]", dialog)) closing.addEventListener("click", () => dialog.close());
  }
  $("#finish-now")?.addEventListener("click", finish);
  $("#keep-mine")?.addEventListener("click", keepMine);
  $("#take-theirs")?.addEventListener("click", () => { saver.takeTheirs(saver.version); window.location.reload(); });
  $("#appeal-send")?.addEventListener("click", appeal);
  window.addEventListener("beforeunload", (event) => saver.unsaved && event.preventDefault());
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const action = actionOf(event, {
    typing: isTyping(event.target), control: isControl(event.target), dialog: Boolean($("dialog[open]")),
  });
  if (!action) return;
  event.preventDefault();
  if (writable && scoring.act(action, event.key, event.timeStamp)) return;
  act(action);
}

/** @param {string} action */
function act(action) {
  const player = sound.player;
  const does = {
    play: () => player?.toggle(),
    back: () => player?.skip(-5),
    on: () => player?.skip(5),
    slower: () => player?.faster(-1),
    faster: () => player?.faster(1),
    comment: () => sheet.may_comment && comment.open(sound.second),
    example: () => sheet.may_show_as_example && example.open(sound.second, sheet.sound?.seconds ?? null),
    finish: askToFinish,
    help: () => $dialog("#keys-dialog").showModal(),
    appeal: () => $dialog("#appeal-dialog")?.showModal(),
  }[action];
  does?.();
}

function askToFinish() {
  if (!writable) return;
  const open = unjudged(scoring.state);
  setText($("#finish-problem"), "");
  setText($("#finish-text"), open.length ? t("finish.open") : t("finish.sure", { n: $("#score-now").textContent }));
  $("#finish-open").replaceChildren(...open.map((item) => h("li", {}, item.name)));
  show($("#finish-now"), !open.length);
  $dialog("#finish-dialog").showModal();
  $(open.length ? "#finish-dialog [data-close]" : "#finish-now").focus();
}

async function finish() {
  const problem = $("#finish-problem");
  if (!(await saver.flush())) return setText(problem, t("finish.not_saved"));
  try {
    await api.post(`${path}/finish`, { version: saver.version });
    return window.location.reload();
  } catch (error) {
    return setText(problem, thrown(error).away ? t("away") : thrown(error).message);
  }
}

/** @param {Exam.Saving} state @param {unknown} error */
function saving(state, error) {
  const shown = state === "conflict" && !thrown(error).problem?.current?.version ? "done_elsewhere" : state;
  const note = $("#saving");
  note.dataset.state = shown;
  setText(note, t(`saving.${shown}`) + (state === "refused" ? ` ${thrown(error).message}` : ""));
  show($("#conflict"), shown === "conflict");
  if (shown === "done_elsewhere") show($("#done-elsewhere"), true);
}

/** Signed in again in another window: the token of that session is on the page as it is now. */
async function renew() {
  const page = await fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store", headers: { "X-By-Itself": "1" } }).catch(() => null);
  if (!page) throw new ApiError(0, {});
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("examination-data");
  if (!fresh) throw new ApiError(401, {});
  api.csrfToken = JSON.parse(fresh.textContent).csrf_token;
}

async function keepMine() {
  try {
    /** @type {Wire.ExaminationView} */
    const now = await api.get(path);
    if (now.may_give_points) await saver.keepMine(now.version);
    else window.location.reload();
  } catch {
    toast(t("away"));
  }
}

async function appeal() {
  const reason = $input("#appeal-reason").value;
  const items = [...document.querySelectorAll("#appeal-dialog input[name=items]:checked")].map((box) => /** @type {HTMLInputElement} */ (box).value);
  try {
    await api.post(`${path}/appeal`, { reason, items });
    window.location.reload();
  } catch (error) {
    setText($("#appeal-problem"), thrown(error).away ? t("away") : reason.trim() ? thrown(error).message : t("appeal.no_reason"));
  }
}

function drawKeys() {
  const shown = KEYS.filter((key) => writable || !key.scores);
  $("#keys").replaceChildren(...shown.flatMap((key) => [
    h("dt", {}, key.shown.map((name, at) => [at ? "–" : "", h("kbd", {}, name)])), h("dd", {}, t(`key.${key.action}`))]));
}

/** @type {number | undefined} */
let fading;
/** @param {string} text */
function toast(text) {
  const shown = $("#toast");
  setText(shown, text);
  show(shown, true);
  window.clearTimeout(fading);
  fading = window.setTimeout(() => show(shown, false), 4000);
}
