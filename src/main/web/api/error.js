/** @typedef {{ loc: (string|number)[], msg: string, type: string }} FieldError */

/** A call that did not succeed: the server said no, or could not be reached. */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status, 0 when the server could not be reached
   * @param {string} detail what the server says
   * @param {{ errors?: FieldError[], answerId?: number, retryAfter?: number, cause?: unknown }} [more]
   */
  constructor(status, detail, more = {}) {
    super(detail, { cause: more.cause });
    this.status = status;
    this.errors = more.errors ?? [];
    this.answerId = more.answerId ?? null;
    this.retryAfter = more.retryAfter ?? null;
  }

  /** @param {unknown} [cause] */
  static unreachable(cause) {
    return new ApiError(0, 'The server cannot be reached', { cause });
  }

  /** @param {Response} response */
  static async of(response) {
    const body = await response.json().catch(() => ({}));
    const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    return new ApiError(response.status, typeof body.detail === 'string' ? body.detail : response.statusText, {
      errors: Array.isArray(body.errors) ? body.errors : [],
      answerId: body.answer_id ?? undefined,
      retryAfter: Number.isNaN(wait) ? undefined : wait,
    });
  }

  get isUnreachable() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  /** @param {string} name of a field of the body @returns {string|null} what is wrong with it */
  field(name) {
    return this.errors.find(error => error.loc.at(-1) === name)?.msg ?? null;
  }
}
