// At which stage of the call the script cards stand (C10). Pure.

export const STAGES = ["greeting", "enquiry", "hold", "transfer", "closing"];

/** So long after the pick-up the greeting is still being said. */
const GREETING_SECONDS = 12;

/** @param {{mine: Wire.Mine | undefined, talkSeconds: number, transferring: boolean, closing: boolean}} given */
export function stageOf({ mine, talkSeconds, transferring, closing }) {
  if (!mine || mine === "ringing" || mine === "calling") return "greeting";
  if (mine === "asked" || mine === "barged_in") return "enquiry";
  if (transferring) return "transfer";
  if (mine === "holding") return "hold";
  if (closing || mine === "ended") return "closing";
  return talkSeconds < GREETING_SECONDS ? "greeting" : "enquiry";
}
