// Asking the server. Every answer that is not a success becomes an ApiError with the problem's code (RFC 9457).

const ROOT = "/api/v1";
const TIMEOUT_MS = 15000;

export class ApiError extends Error {
  /** @param {number} status @param {Partial<Wire.Problem> & { title?: string }} problem */
  constructor(status, problem) {
    super(problem.detail || problem.title || `status ${status}`);
    this.status = status; // 0: nobody answered
    this.code = problem.code || ""; // what is done about it depends on this; `detail` says exactly what it was
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

/**
 * What was thrown, as far as it may tell: an ApiError, or another error that has nothing of one.
 * @param {unknown} error
 */
export const thrown = (error) => /** @type {Error & Partial<ApiError>} */ (error);

/** What an answer holds is said by whoever asks, in the types of the API's document. */
export class Api {
  /**
   * `onSignedOut`: told when an answer says that the session has ended.
   * @param {string} csrfToken
   * @param {(error: ApiError) => unknown} [onSignedOut]
   * @param {string} [root] below which the paths lie
   */
  constructor(csrfToken, onSignedOut = () => {}, root = ROOT) {
    this.csrfToken = csrfToken;
    this.root = root;
    this.onSignedOut = onSignedOut;
    globalThis.document?.addEventListener("session-renewed", (event) => (this.csrfToken = /** @type {CustomEvent<string>} */ (event).detail));
  }

  /**
   * @template [Answer=unknown]
   * @param {string} path
   * @returns {Promise<Answer>}
   */
  get(path) {
    return this.#ask("GET", this.root + path);
  }

  /**
   * @template [Answer=unknown]
   * @param {string} path
   * @param {object} [body]
   * @param {number} [timeout] milliseconds
   * @returns {Promise<Answer>}
   */
  post(path, body = {}, timeout = TIMEOUT_MS) {
    return this.#ask("POST", this.root + path, body, timeout);
  }

  /**
   * @template [Answer=unknown]
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<Answer>}
   */
  put(path, body = {}) {
    return this.#ask("PUT", this.root + path, body);
  }

  /**
   * @template [Answer=unknown]
   * @param {string} path
   * @returns {Promise<Answer>}
   */
  delete(path) {
    return this.#ask("DELETE", this.root + path, {});
  }

  /**
   * What belongs to the page itself: a fresh token after signing in again, counts. Not below the API's root.
   * @template [Answer=unknown]
   * @param {string} path
   * @returns {Promise<Answer>}
   */
  page(path) {
    return this.#ask("GET", path);
  }

  /**
   * @template Answer
   * @param {string} method
   * @param {string} url
   * @param {object} [body]
   * @param {number} [timeout]
   * @returns {Promise<Answer>}
   */
  async #ask(method, url, body, timeout = TIMEOUT_MS) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", "X-By-Itself": "1" }; // who types or clicks is told of elsewhere
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

  /** @param {string} url @param {RequestInit} options */
  async #fetch(url, options) {
    try {
      return await fetch(url, { ...options, credentials: "same-origin", cache: "no-store" });
    } catch (error) {
      throw new ApiError(0, { detail: String(error) });
    }
  }
}

/**
 * The JSON of an answer; null for none; undefined where it is something else (the sign-in page of a lost session).
 * @param {Response} response
 */
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
