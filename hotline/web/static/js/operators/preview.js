// The log form of a call that still rings, as it will be: filled with what is known, and not kept anywhere yet. Pure.

/**
 * A FormView. `byMenu`: the category of each menu choice; what the server will choose when the call is taken.
 * @param {Wire.LiveCall} call
 * @param {Wire.Pop | null} pop
 * @param {Record<string, string>} byMenu
 * @returns {Form.View}
 */
export function previewOf(call, pop, byMenu) {
  const known = pop?.customers?.length === 1 ? pop.customers[0] : null;
  return {
    id: null, call_id: call.call_id, node: call.node, linkedid: call.linkedid, state: "open", version: 0,
    origin: "operator", owner: "", owner_name: "", number_shown: call.number_shown, called_at: call.arrived_at,
    line: call.line, customer_id: known?.id ?? null, caller_name: known?.name ?? "", callback_number: call.number_shown,
    region: placeOf(call.region), address: "", category: byMenu[call.subject] ?? "", content: "", handling: "",
    solved: null, promise: "", promise_due_at: null, promise_kept_at: null, follow_up_person: "", complaint: null,
    fields: {}, due_at: null, overdue: false, updated_at: call.arrived_at, updated_by: "", done_at: null, done_by: "",
    required: [], missing: [], may_write: false, dialled_for: null,
  };
}

/**
 * 归属地 without the carrier: 北京市 中国移动 is 北京市.
 * @param {string | null | undefined} region
 */
export function placeOf(region) {
  return (region ?? "").split(" ")[0];
}
