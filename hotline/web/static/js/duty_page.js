// The duty person's page: one record, by its link.

import { Api } from "./console/api.js";
import { mountForm } from "./form.js";

const data = JSON.parse(document.getElementById("form-page-data").textContent);
const place = document.getElementById("form");
const root = `/duty/${encodeURIComponent(place.dataset.token)}`;
const handle = mountForm(place, data.form, {
  api: new Api(data.csrf_token),
  actions: false,
  paths: { save: `${root}/form`, done: `${root}/done` },
  onDone() {
    handle.unmount();
    const done = document.getElementById("duty-done");
    done.hidden = false;
    done.querySelector("h2").tabIndex = -1;
    done.querySelector("h2").focus();
  },
});
