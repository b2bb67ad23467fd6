import { ApiError } from './error.js';

/** @typedef {{ body?: unknown, query?: Record<string, unknown>, signal?: AbortSignal, headers?: Record<string, string>, keepalive?: boolean }} CallOptions */

/** The one way to the server. Who is signed in is the cookie's matter: no token is ever seen here. */
export class ApiClient {
  /** @type {Set<() => void>} */
  #refused = new Set();
  /** @type {Set<(reachable: boolean) => void>} */
  #reached = new Set();
  #fetch;
  #early;

  /**
   * @param {typeof globalThis.fetch} [send]
   * @param {Map<string, Promise<Response>>} [early] answers to requests that the document sent, by address
   */
  constructor(send = globalThis.fetch.bind(globalThis), early = new Map()) {
    this.#fetch = send;
    this.#early = early;
  }

  /** What the document asked for and nobody took yet is out of date from now on. */
  forgetEarly() {
    this.#early.clear();
  }

  /**
   * @param {() => void} listener called when the server no longer knows who is asking
   */
  onRefused(listener) {
    this.#refused.add(listener);
  }

  /** @param {(reachable: boolean) => void} listener told after each call whether the server was there */
  onReached(listener) {
    this.#reached.add(listener);
  }

  /** @param {string} path @param {CallOptions} [options] @returns {Promise<any>} */
  get(path, options) {
    return this.json('GET', path, options);
  }

  /** @param {string} path @param {unknown} [body] @param {CallOptions} [options] @returns {Promise<any>} */
  post(path, body = {}, options = {}) {
    return this.json('POST', path, { ...options, body });
  }

  /** @param {string} path @param {unknown} body @returns {Promise<any>} */
  put(path, body) {
    return this.json('PUT', path, { body });
  }

  /** @param {string} path @param {unknown} body @returns {Promise<any>} */
  patch(path, body) {
    return this.json('PATCH', path, { body });
  }

  /** @param {string} path @returns {Promise<any>} */
  delete(path) {
    return this.json('DELETE', path);
  }

  /**
   * @param {string} method @param {string} path @param {CallOptions} [options]
   * @returns {Promise<any>} the answer's JSON
   * @throws {ApiError}
   */
  async json(method, path, options = {}) {
    const response = await this.open(method, path, options);
    if (response.status === 204) {
      return null;
    }
    try {
      return await response.json();
    } catch (cause) {
      throw isAbort(cause) ? cause : ApiError.unreachable(cause);
    }
  }

  /**
   * Sends a request and gives the response as soon as its headers are there, for those who read the body themselves.
   *
   * @param {string} method @param {string} path @param {CallOptions} [options]
   * @throws {ApiError} if the server is away or says no
   */
  async open(method, path, options = {}) {
    const response = await this.#send(method, path, options);
    if (response.ok) {
      return response;
    }
    const error = await ApiError.of(response);
    if (error.status === 401 && !path.startsWith('/api/v1/auth/')) {
      this.#refused.forEach(listener => listener());
    }
    throw error;
  }

  /** @param {string} method @param {string} path @param {CallOptions} options */
  async #send(method, path, { body, query, signal, headers, keepalive }) {
    const hasBody = body !== undefined;
    const isForm = body instanceof FormData;
    const address = withQuery(path, query);
    try {
      const response = await (method === 'GET' ? this.#takeEarly(address) : undefined) ?? await this.#fetch(address, {
        method,
        signal,
        keepalive,
        credentials: 'same-origin',
        redirect: 'error',
        headers: { Accept: 'application/json', ...(hasBody && !isForm ? { 'Content-Type': 'application/json' } : {}), ...headers },
        body: hasBody ? (typeof body === 'string' || isForm ? body : JSON.stringify(body)) : undefined,
      });
      this.#reached.forEach(listener => listener(true));
      return response;
    } catch (cause) {
      if (isAbort(cause)) {
        throw cause;
      }
      this.#reached.forEach(listener => listener(false));
      throw ApiError.unreachable(cause);
    }
  }

  /** @param {string} address @returns {Promise<Response>|undefined} the answer, the first time that it is asked for */
  #takeEarly(address) {
    const answer = this.#early.get(address);
    this.#early.delete(address);
    return answer;
  }
}

/** @param {unknown} error whether somebody here broke the call off */
export function isAbort(error) {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** @param {string} path @param {Record<string, unknown>} [query] null and undefined are left out */
function withQuery(path, query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? path : path + '?' + new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
