/** Where a command says how far it is. */
export interface Report {
  /** Replaces what was said before, on a terminal. */
  progress(text: string): void;
  done(text: string): void;
}

let said = 0;

/** Progress goes to stderr, once a second; the result to stdout. */
export const terminalReport: Report = {
  progress(text) {
    if (Date.now() - said < 1_000) return;
    said = Date.now();
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  },
  done: (text) => process.stdout.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}${text}\n`),
};
