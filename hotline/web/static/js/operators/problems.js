// Why something was not done, in the person's language.

import { thrown } from "./api.js";
import { t } from "./words.js";

/** @param {unknown} error an ApiError, or an error of this page itself */
export function problemText(error) {
  const { away, signedOut, code, status, message } = thrown(error);
  if (away) return t("problem.away");
  if (signedOut) return t("problem.signed_out");
  const known = code ? t(`problem.${code}`) : "";
  if (status === undefined) return t("problem.page"); // its console has the details
  return known && known !== `problem.${code}` ? known : message;
}
