// The timeline's stream: server-sent events, read with fetch because they need a header.

import { listen, query, Trouble } from "./api.js";

const SILENCE = 45_000; // milliseconds; the mock sends a comment every 15 s
const WAITS = [1, 2, 4, 8]; // seconds until the next try

const entryOf = (block) => {
  const data = block.split("\n").find((line) => line.startsWith("data: "));
  return data === undefined ? null : JSON.parse(data.slice(6));
};

// Gives the entries of each piece that comes; none for a mere sign of life.
async function* pieces(body, abort) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const watch = setTimeout(() => abort.abort(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(watch));
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    yield blocks.map(entryOf).filter((entry) => entry !== null);
  }
}

/* Follows the mock, and comes back to it when the connection ends.

   load(signal)   brings everything up to date and returns the number of the newest entry
   onPiece(list)  takes new entries
   onStatus(name, wait, error)  "opening", "live", "lost", or "locked" when the secret is missing */
export class Live {
  constructor({ account, load, onPiece, onStatus }) {
    Object.assign(this, { account, load, onPiece, onStatus });
    this.failures = 0;
    this.wake = () => {};
    this.again = false;
  }

  // Loads and listens anew, at once.
  restart() {
    this.again = true;
    this.abort?.abort();
    this.wake();
  }

  async run() {
    for (;;) {
      this.again = false;
      let error = null;
      try {
        await this.follow();
      } catch (trouble) {
        error = trouble;
      }
      if (this.again) continue;
      if (error instanceof Trouble && error.status === 401) {
        this.onStatus("locked", 0, error);
        await new Promise((resolve) => (this.wake = resolve));
        continue;
      }
      const wait = WAITS[Math.min(this.failures++, WAITS.length - 1)];
      this.onStatus("lost", wait, error);
      await new Promise((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, wait * 1000);
      });
    }
  }

  async follow() {
    this.abort = new AbortController();
    const after = await this.load(this.abort.signal);
    const path = `events${query({ account: this.account(), after })}`;
    const body = await listen(path, this.abort.signal);
    this.failures = 0;
    this.onStatus("live");
    for await (const piece of pieces(body, this.abort)) this.onPiece(piece);
  }
}
