/** One field of a message: its number, and its value as the wire has it. */
export interface Field {
  readonly number: number;
  /** Bytes of texts, byte strings and messages; numbers as they are. */
  readonly value: Buffer | bigint;
}

/** The fields of a protobuf message: as much of the format as traces use. */
export function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    switch (tag & 7) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: bytes(8).readBigUInt64LE() });
        break;
      case 2:
        fields.push({ number, value: bytes(Number(varint())) });
        break;
      case 5:
        fields.push({ number, value: BigInt(bytes(4).readUInt32LE()) });
        break;
      default:
        throw new Error(`wire type ${tag & 7} at byte ${at}`);
    }
  }
  return fields;
}

/** The values of one field that hold bytes, in their order. */
export function bytesOf(message: Buffer, number: number): Buffer[] {
  return fieldsOf(message).flatMap((field) =>
    field.number === number && typeof field.value !== 'bigint' ? [field.value] : [],
  );
}

export function textOf(message: Buffer, number: number): string {
  return bytesOf(message, number)[0]?.toString('utf8') ?? '';
}

export function numberOf(message: Buffer, number: number): number {
  const field = fieldsOf(message).find((candidate) => candidate.number === number);
  return typeof field?.value === 'bigint' ? Number(field.value) : 0;
}
