// The duty person's page: one record, by its link.

import { Api } from "../operators/api.js";
import { $, pageData } from "../operators/dom.js";
import { mountForm } from "./form.js";

/** @type {Page.FormPageData} */
const data = pageData("form-page-data");
const place = $("#form");
const root = `/l/${encodeURIComponent(place.dataset.token ?? "")}`;
const handle = mountForm(place, data.form, {
  api: new Api(data.csrf_token, undefined, ""),
  actions: false,
  paths: { save: `${root}/form`, done: `${root}/done` },
  onDone() {
    handle.unmount();
    const done = $("#duty-done");
    done.hidden = false;
    $("h2", done).tabIndex = -1;
    $("h2", done).focus();
  },
});
