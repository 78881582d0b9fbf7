/** An object with keys of a client's choice. It inherits nothing, so that `__proto__` is a name like others; a constructor keeps it fast. */
export class Data {
  [name: string]: unknown;
}
Object.setPrototypeOf(Data.prototype, null);

/** A field of an object whose value is on its way. */
export interface Late {
  readonly responseName: string;
  readonly value: Promise<unknown>;
}

/** The fields under way and one more; most objects have none. */
export function withLate(
  underWay: Late[] | undefined,
  responseName: string,
  value: Promise<unknown>,
): Late[] {
  const late = { responseName, value };
  // A literal has room for one, the first push to an empty array for seventeen.
  if (underWay === undefined) return [late];
  underWay.push(late);
  return underWay;
}

/** The object, once everything in it has arrived; nearly always that is one field. */
export function whole(data: Data, underWay: readonly Late[]): Promise<Data> {
  const [first, ...others] = underWay;
  if (first !== undefined && others.length === 0) {
    return first.value.then((done) => {
      data[first.responseName] = done;
      return data;
    });
  }
  return Promise.all(underWay.map(({ value }) => value)).then((values) => {
    for (const [index, { responseName }] of underWay.entries()) data[responseName] = values[index];
    return data;
  });
}

/** Throws an error that leaves nothing of an object; when the fields under way have ended, which may fail too. */
export function thrown(error: unknown, underWay: readonly Late[] | undefined): Promise<never> {
  if (underWay === undefined) throw error;
  return Promise.all(underWay.map(({ value }) => value)).finally(() => {
    throw error;
  }) as Promise<never>;
}
