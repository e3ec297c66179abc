import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Config, keptSecret } from './config.js';

/** A key that secrets are sealed with, and what it is called in what it sealed. */
export interface SealingKey {
  readonly id: string;
  /** 256 bits. */
  readonly bytes: Buffer;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** 128 bits of HMAC-SHA256: nobody finds one by trying. */
const signatureBytes = 16;
const formatVersion = 'v1';

/**
 * Keeps secrets that have to be read again, such as voucher codes: sealed by AES-256-GCM with a key that is not in the
 * database. What is sealed names its key, so that keys can be replaced, and is tied to its place: moved to another row it
 * does not open. `v1.<key>.<nonce, text and tag in base64url>`.
 */
export class Sealer {
  private known: readonly SealingKey[] | undefined;

  constructor(private readonly config: Pick<Config, 'APPLAUS_SECRET_KEYS' | 'APPLAUS_DATA_DIR' | 'NODE_ENV'>) {}

  /** Whether there is a key; without one nothing can be sealed, and callers refuse with SecretKeyMissing. */
  get isReady(): boolean {
    return this.keys.length > 0;
  }

  /** The name of the key that seals now. */
  get keyId(): string {
    return this.newest.id;
  }

  /** @param place where it will be kept, as in `voucher:0198…`; it has to be given again to open it */
  seal(text: string, place: string): string {
    const { id, bytes } = this.newest;
    const nonce = randomBytes(nonceBytes);
    const encryption = createCipheriv(cipher, bytes, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([nonce, encryption.update(text, 'utf8'), encryption.final(), encryption.getAuthTag()]);
    return [formatVersion, id, sealed.toString('base64url')].join('.');
  }

  /** @throws when its key is not there any more, or it is not what was sealed for this place */
  open(sealed: string, place: string): string {
    const [version, id, text = ''] = sealed.split('.');
    const key = this.keys.find((each) => each.id === id);
    if (version !== formatVersion || !key) throw new Error(`No key opens what was sealed with ${version} ${id}`);
    const bytes = Buffer.from(text, 'base64url');
    const tagAt = bytes.length - tagBytes;
    const decryption = createDecipheriv(cipher, key.bytes, bytes.subarray(0, nonceBytes));
    decryption.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(tagAt));
    const opened = Buffer.concat([decryption.update(bytes.subarray(nonceBytes, tagAt)), decryption.final()]);
    return opened.toString('utf8');
  }

  /**
   * What tells equal secrets apart from others without opening them, newest key first: who has only the database cannot
   * guess a short code by trying. A new one is kept under the first; one that is known may be under any.
   */
  fingerprints(text: string, kind: string): readonly [string, ...string[]] {
    const [newest, ...older] = this.keys.map(({ bytes }) =>
      createHmac('sha256', bytes).update(`fingerprint:${kind}\n`).update(text).digest('hex'),
    );
    if (newest === undefined) throw new Error('There is no key to seal with');
    return [newest, ...older];
  }

  /**
   * Bytes with a signature of them, in base64url: who shows it has it from us. They can be read by anybody.
   * @param purpose what it is good for; shown for anything else it does not hold
   */
  sign(bytes: Uint8Array, purpose: string): string {
    return Buffer.concat([bytes, signatureOf(this.newest, bytes, purpose)]).toString('base64url');
  }

  /** The bytes that were signed for this purpose, by whichever key is still there; undefined for anything else. */
  signed(text: string, purpose: string): Buffer | undefined {
    const all = Buffer.from(text, 'base64url');
    if (all.length <= signatureBytes || all.toString('base64url') !== text) return undefined;
    const [bytes, given] = [all.subarray(0, -signatureBytes), all.subarray(-signatureBytes)];
    const holds = this.keys.some((key) => timingSafeEqual(signatureOf(key, bytes, purpose), given));
    return holds ? bytes : undefined;
  }

  private get newest(): SealingKey {
    const [key] = this.keys;
    if (!key) throw new Error('There is no key to seal with');
    return key;
  }

  /** Outside production a key is made on first use and kept beside the database. */
  private get keys(): readonly SealingKey[] {
    const { APPLAUS_SECRET_KEYS: given, APPLAUS_DATA_DIR: directory, NODE_ENV } = this.config;
    this.known ??=
      given ??
      (NODE_ENV === 'production'
        ? []
        : [{ id: 'development', bytes: Buffer.from(keptSecret(directory, 'secret-key'), 'base64url') }]);
    return this.known;
  }
}

function signatureOf({ bytes: key }: SealingKey, bytes: Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', key).update(`signed:${purpose}\n`).update(bytes).digest().subarray(0, signatureBytes);
}
