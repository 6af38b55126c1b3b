import { z } from 'zod';
import { oneOf, text } from '../platform/http/fields.js';
import { correctionTopics } from '../workers/requests.rules.js';

/** Longest word of a worker about the own record, in characters. */
export const correctionMost = 500;

/** "This is wrong": about what, and what should stand there. */
export const correctionForm = z.object({
  topic: oneOf('home.correction.topic', correctionTopics),
  text: text('home.correction.text', correctionMost),
});
