// Asking the server. Every answer that is not a success becomes an ApiError with the problem's code (RFC 9457).

const ROOT = "/api/v1";
const TIMEOUT_MS = 15000;

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `status ${status}`);
    this.status = status; // 0: nobody answered
    this.code = problem.kind || ""; // what is done about it depends on the kind; `detail` says exactly what it was
    this.problem = problem;
  }

  /** Nobody answered, or a proxy answered for a server that is away. */
  get away() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** The session has ended (or never was). */
  get signedOut() {
    return this.status === 401;
  }
}

export class Api {
  /** `onSignedOut`: told when an answer says that the session has ended. */
  constructor(csrfToken, onSignedOut = () => {}) {
    this.csrfToken = csrfToken;
    this.onSignedOut = onSignedOut;
  }

  get(path) {
    return this.#ask("GET", ROOT + path);
  }

  post(path, body = {}, timeout = TIMEOUT_MS) {
    return this.#ask("POST", ROOT + path, body, timeout);
  }

  put(path, body = {}) {
    return this.#ask("PUT", ROOT + path, body);
  }

  delete(path) {
    return this.#ask("DELETE", ROOT + path, {});
  }

  /** What belongs to the page itself: a fresh token after signing in again, counts. Not below the API's root. */
  page(path) {
    return this.#ask("GET", path);
  }

  async #ask(method, url, body, timeout = TIMEOUT_MS) {
    const headers = { Accept: "application/json" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["X-CSRFToken"] = this.csrfToken;
    }
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const response = await this.#fetch(url, { method, headers, body: sent, signal: AbortSignal.timeout(timeout) });
    const answer = await decoded(response);
    if (response.ok && answer !== undefined) return answer;
    const error = new ApiError(response.redirected ? 401 : response.status, answer ?? {});
    if (error.signedOut) this.onSignedOut(error);
    throw error;
  }

  async #fetch(url, options) {
    try {
      return await fetch(url, { ...options, credentials: "same-origin", cache: "no-store" });
    } catch (error) {
      throw new ApiError(0, { detail: String(error) });
    }
  }
}

/** The JSON of an answer; null for none; undefined where it is something else (the sign-in page of a lost session). */
async function decoded(response) {
  if (response.status === 204) return null;
  const kind = response.headers.get("Content-Type") || "";
  if (!kind.includes("json")) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
