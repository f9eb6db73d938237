// A consultation as one of the two sees it: who asks whom, whether it is answered, since when (A12). Pure.

/**
 * `side`: what this operator is in it; null: nobody is consulted, or others are.
 * @param {Desk.Entry} entry
 * @param {string} extension
 * @returns {Desk.Consultation | null}
 */
export function consultationOf(entry, extension) {
  const found = entry.call.consultation;
  if (!found) return null;
  const answered = found.answered_at !== null;
  const since = found.answered_at ?? found.since;
  if (found.by_extension === extension) return { side: "asks", name: found.asked_name || found.asked_extension, answered, since };
  if (found.asked_extension === extension) return { side: "asked", name: found.by_name || found.by_extension, answered, since };
  return null;
}

/** @param {Desk.Entry} entry @param {string} extension */
export const isConsulted = (entry, extension) => consultationOf(entry, extension)?.side === "asked";
