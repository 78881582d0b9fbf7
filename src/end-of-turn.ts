const due: (() => void)[] = [];

/**
 * Runs a task when the present turn of the event loop ends, or when the process exits before that; what a task asks for
 * in turn runs with it. For work that nobody waits for: done for all requests of a turn together it finds its code and
 * data in the processor's caches, and costs a fraction of what it does between other work.
 */
export function atEndOfTurn(task: () => void): void {
  if (due.length === 0) setImmediate(run);
  due.push(task);
}

function run(): void {
  for (let task = due[0]; task !== undefined; task = due[0]) {
    task();
    due.shift();
  }
}

process.on('exit', run);
