// What concerns all requests of a few turns of the event loop together. Done between two reads of sockets, each time for one,
// the same work made a request cost up to a quarter more CPU time: code and data have to come back into the processor's
// caches, from where the parsers of HTTP have pushed them out.

/** Turns that a batch may take. One that brings nothing costs some microseconds. */
const MOST_TURNS = 5;
/** With so many no further turn is waited for: more would only keep sockets unread for longer. */
const ENOUGH_ITEMS = 64;

/**
 * Collects what a turn brings, and what those after it bring as long as each brings more, up to five turns or 64 items;
 * then works on all of it, one after another. What the promises of one item lead to runs with that of the others, too, step
 * by step.
 */
export class TurnBatch<Item extends NonNullable<unknown>> {
  readonly #work: (item: Item) => void;
  readonly #atEndOfTurn: ((item: Item) => void) | undefined;
  #items: Item[] = [];
  /** Those of the present turn, where something is to be done when it ends. */
  readonly #brought: Item[] = [];

  /** `atEndOfTurn`: what cannot wait for the batch, done when the turn ends that brought the item. */
  constructor(work: (item: Item) => void, atEndOfTurn?: (item: Item) => void) {
    this.#work = work;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Neither function is called before it returns. */
  add(item: Item): void {
    this.#items.push(item);
    if (this.#atEndOfTurn !== undefined) this.#brought.push(item);
    if (this.#items.length === 1) this.#collect(1, 0);
  }

  /** `before`: how many there were a turn ago. */
  #collect(turn: number, before: number): void {
    // setImmediate comes after the poll for I/O, in the same turn of the loop; and while one is due, a poll does not wait.
    setImmediate(() => {
      try {
        if (this.#atEndOfTurn !== undefined) workOff(this.#brought, this.#atEndOfTurn);
      } finally {
        const { length } = this.#items;
        if (length === before || length >= ENOUGH_ITEMS || turn === MOST_TURNS) this.#end();
        else this.#collect(turn + 1, length);
      }
    });
  }

  #end(): void {
    const items = this.#items;
    this.#items = [];
    workOff(items, this.#work);
  }
}

const due: (() => void)[] = [];
let isScheduled = false;

/**
 * Runs a task when the present turn ends, or when the process exits before that; what a task asks for in turn runs with it.
 * For work that nobody waits for.
 */
export function atEndOfTurn(task: () => void): void {
  due.push(task);
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(runDue);
}

function runDue(): void {
  try {
    workOff(due, (task) => task());
  } finally {
    isScheduled = false;
  }
}

/** Empties a list. One that throws keeps none of the others from being worked on. */
function workOff<Item extends NonNullable<unknown>>(items: Item[], work: (item: Item) => void): void {
  let isDone = false;
  try {
    for (let item = items.shift(); item !== undefined; item = items.shift()) work(item);
    isDone = true;
  } finally {
    if (!isDone) workOff(items, work);
  }
}

process.on('exit', runDue);
