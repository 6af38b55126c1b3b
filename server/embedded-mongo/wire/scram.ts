import { Binary } from 'bson';
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { StoreError } from '../errors.js';
import type { Document } from '../values/types.js';

const ITERATIONS = 15_000;

/** One user, as SCRAM-SHA-256 (RFC 5802, RFC 7677) keeps it: the password itself is not held. */
export interface Credentials {
  readonly user: string;
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Derives what the server keeps from a password of plain ASCII (generated ones are; others would need SASLprep). */
export function makeCredentials(user: string, password: string): Credentials {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest();
  return { user, salt, storedKey, serverKey: hmac(salted, 'Server Key') };
}

const failed = (): StoreError => new StoreError('Authentication failed.', 18, 'AuthenticationFailed');

/** The sign-in of one connection. */
export class ScramConversation {
  /** True once the client has proved that it knows the password. */
  authenticated = false;
  private nonce = '';
  private transcript = '';
  private state: 'idle' | 'challenged' | 'proved' = 'idle';

  constructor(private readonly credentials: Credentials) {}

  /** `saslStart`: takes the client's name and nonce, gives salt and iteration count. */
  start(command: Document): Document {
    if (command['mechanism'] !== 'SCRAM-SHA-256') throw new StoreError('Only SCRAM-SHA-256 is served', 334, 'MechanismUnavailable');
    const first = payloadText(command).replace(/^[ny],[^,]*,/, '');
    const fields = attributes(first);
    const user = (fields.get('n') ?? '').replaceAll('=2C', ',').replaceAll('=3D', '=');
    const clientNonce = fields.get('r');
    if (user !== this.credentials.user || clientNonce === undefined) throw failed();
    this.nonce = clientNonce + randomBytes(24).toString('base64');
    const challenge = `r=${this.nonce},s=${this.credentials.salt.toString('base64')},i=${String(ITERATIONS)}`;
    this.transcript = `${first},${challenge}`;
    this.state = 'challenged';
    return reply(challenge, false);
  }

  /** `saslContinue`: checks the proof and gives ours; a client that wants one more empty round gets it. */
  continue(command: Document): Document {
    if (this.state === 'proved') {
      this.authenticated = true;
      return reply('', true);
    }
    if (this.state !== 'challenged') throw failed();
    this.state = 'idle';
    const final = payloadText(command);
    const fields = attributes(final);
    const withoutProof = final.slice(0, final.lastIndexOf(',p='));
    if (fields.get('r') !== this.nonce) throw failed();
    const transcript = `${this.transcript},${withoutProof}`;
    this.checkProof(Buffer.from(fields.get('p') ?? '', 'base64'), transcript);
    this.state = 'proved';
    const signature = hmac(this.credentials.serverKey, transcript).toString('base64');
    this.authenticated = this.skipsEmptyRound;
    return reply(`v=${signature}`, this.skipsEmptyRound);
  }

  /** Set from `options.skipEmptyExchange` of the start. */
  skipsEmptyRound = false;

  private checkProof(proof: Buffer, transcript: string): void {
    const signature = hmac(this.credentials.storedKey, transcript);
    if (proof.length !== signature.length) throw failed();
    const clientKey = Buffer.from(proof.map((byte, i) => byte ^ (signature[i] as number)));
    const storedKey = createHash('sha256').update(clientKey).digest();
    if (!timingSafeEqual(storedKey, this.credentials.storedKey)) throw failed();
  }
}

function reply(text: string, done: boolean): Document {
  return { conversationId: 1, done, payload: new Binary(Buffer.from(text, 'utf8')), ok: 1 };
}

function payloadText(command: Document): string {
  const { payload } = command as { payload?: Binary };
  return payload instanceof Binary ? Buffer.from(payload.value()).toString('utf8') : '';
}

function attributes(text: string): Map<string, string> {
  return new Map(text.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
}
