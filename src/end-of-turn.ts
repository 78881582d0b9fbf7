const due: (() => void)[] = [];
let isScheduled = false;

/**
 * Runs a task when the present turn of the event loop ends, or when the process exits before that; what a task asks for
 * in turn runs with it. For work that nobody waits for: done for all requests of a turn together it finds its code and
 * data in the processor's caches, and costs a fraction of what it does between other work.
 */
export function atEndOfTurn(task: () => void): void {
  due.push(task);
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(run);
}

function run(): void {
  try {
    for (let task = due.shift(); task !== undefined; task = due.shift()) task();
    isScheduled = false;
  } finally {
    // One that throws keeps none of the others from running.
    if (isScheduled) run();
  }
}

process.on('exit', run);
