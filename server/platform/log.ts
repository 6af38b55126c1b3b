import { pino, type DestinationStream, type Logger } from 'pino';

/** The log: one line per request or job, ids instead of names. */
export type Log = Logger;

const secretFields = ['password', 'newPassword', 'oneTimeCode', 'token', 'secret', 'cookie', 'authorization', '_csrf'];
const personalFields = ['idNumber', 'phone', 'searchKeys'];
// a digit or letter on either side means a longer number or an id of ours, not a phone or an identity number
const phone = /(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g;
const idNumber =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[0-9Xx]|\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3})(?![0-9A-Za-z])/g;

/** Takes phones and identity numbers out of any text, wherever a message or an error may have carried them. */
export function withoutPersonalNumbers(text: string): string {
  return text.replace(idNumber, '[id number]').replace(phone, '[phone]');
}

/**
 * Makes the log. Fields that carry secrets or persons are censored by name, up to three levels deep; phones and identity
 * numbers are also censored by their form in the finished line, since an error message may quote what somebody typed.
 */
export function makeLog(level: string, destination?: DestinationStream): Log {
  const fields = [...secretFields, ...personalFields];
  const options = {
    level,
    redact: {
      paths: fields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`, `req.headers["${field}"]`]),
      censor: '[removed]',
    },
    base: { pid: process.pid },
    hooks: { streamWrite: withoutPersonalNumbers },
  };
  return destination ? pino(options, destination) : pino(options);
}
