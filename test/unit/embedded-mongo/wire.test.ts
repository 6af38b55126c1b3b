import { deserialize, serialize, type Document } from 'bson';
import { expect } from 'chai';
import fc from 'fast-check';
import { Framer, MAX_MESSAGE_BYTES, parseRequest, replyTo } from '../../../server/embedded-mongo/wire/messages.js';
import { CursorReply } from '../../../server/embedded-mongo/wire/cursorReply.js';
import { holdsForAll } from '../../support/property.js';

function message(opcode: number, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + body.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  return Buffer.concat([head, body]);
}

const flags = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const msg = (command: Document, flagBits = 0, ...more: Buffer[]): Buffer =>
  message(2013, Buffer.concat([flags(flagBits), Buffer.from([0]), Buffer.from(serialize(command)), ...more]));

describe('wire messages', () => {
  it('come out whole, however the stream was cut', () => {
    holdsForAll<[number[], number[]]>(
      [fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 })],
      (sizes, cuts) => {
        const sent = sizes.map((size) => message(2013, Buffer.alloc(size, size)));
        const stream = Buffer.concat(sent);
        const framer = new Framer();
        const received: string[] = [];
        for (let at = 0, i = 0; at < stream.length; i += 1) {
          const end = at + (cuts[i % cuts.length] ?? 1);
          for (const bytes of framer.push(stream.subarray(at, end))) received.push(bytes.toString('hex'));
          at = end;
        }
        expect(received).to.deep.equal(sent.map((bytes) => bytes.toString('hex')));
        return true;
      },
    );
  });

  it('are refused when they are longer than any may be, or shorter than their own head', () => {
    for (const length of [MAX_MESSAGE_BYTES + 1, 15, -1]) {
      const bytes = message(2013, Buffer.alloc(0));
      bytes.writeInt32LE(length, 0);
      expect(() => [...new Framer().push(bytes)]).to.throw('bytes');
    }
  });

  it('give their command, their flags, and pass by a checksum', () => {
    const plain = parseRequest(msg({ ping: 1, $db: 'admin' }));
    expect([plain.kind, plain.id, plain.silent, Object.keys(plain.command)]).to.deep.equal(['msg', 7, false, ['ping', '$db']]);
    const checked = parseRequest(msg({ ping: 1, $db: 'admin' }, 1, Buffer.alloc(4)));
    expect(Object.keys(checked.command)).to.deep.equal(['ping', '$db']);
    expect(parseRequest(msg({ ping: 1 }, 2)).silent).to.equal(true);
  });

  it('leave the documents of a section as bytes', () => {
    const docs = [{ _id: 1 }, { _id: 2, a: 'x' }].map((doc) => Buffer.from(serialize(doc)));
    const body = Buffer.concat([Buffer.from('documents\0'), ...docs]);
    const request = parseRequest(msg({ insert: 'c' }, 0, Buffer.from([1]), flags(body.length + 4), body));
    expect(request.sequences.get('documents')?.map((raw) => Buffer.from(raw).toString('hex'))).to.deep.equal(
      docs.map((d) => d.toString('hex')),
    );
  });

  it('are refused when they are cut off inside, have no command, or another opcode', () => {
    const section = Buffer.concat([Buffer.from([1]), flags(99), Buffer.from('documents\0')]);
    expect(() => parseRequest(msg({ insert: 'c' }, 0, section))).to.throw('longer than its message');
    const document = Buffer.concat([flags(99), Buffer.from([0])]);
    const body = Buffer.concat([Buffer.from('d\0'), document]);
    expect(() => parseRequest(msg({ insert: 'c' }, 0, Buffer.from([1]), flags(body.length + 4), body))).to.throw('longer than its section');
    expect(() => parseRequest(message(2013, flags(0)))).to.throw('without a command');
    expect(() => parseRequest(message(2012, flags(0)))).to.throw('opcode 2012');
  });

  it('answer in the form in which they were asked', () => {
    const asked = Buffer.concat(replyTo({ id: 7, kind: 'msg' }, { ok: 1 }));
    expect([0, 8, 12].map((at) => asked.readInt32LE(at))).to.deep.equal([asked.length, 7, 2013]);
    // An old reply counts one document after flags, cursor and position.
    const old = Buffer.concat(replyTo({ id: 7, kind: 'query' }, { ok: 1 }));
    expect([0, 12, 32].map((at) => old.readInt32LE(at))).to.deep.equal([old.length, 1, 1]);
  });

  it('wrap raw documents into the reply of a cursor', () => {
    const made = (field: 'firstBatch' | 'nextBatch', id: bigint, docs: readonly object[]): unknown => {
      const reply = new CursorReply('库.c', field);
      for (const doc of docs) reply.add(serialize(doc));
      return deserialize(Uint8Array.from(reply.finish(id)));
    };
    const docs = Array.from({ length: 120 }, (_, i) => ({ _id: i, text: '二'.repeat(i * 5) }));
    expect(made('nextBatch', 5n, docs)).to.deep.equal({ cursor: { nextBatch: docs, id: 5, ns: '库.c' }, ok: 1 });
    expect(made('firstBatch', 0n, [])).to.deep.equal({ cursor: { firstBatch: [], id: 0, ns: '库.c' }, ok: 1 });
  });
});
