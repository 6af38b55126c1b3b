import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { knownActions, trailKinds } from '../../../server/audit/audit.rules.js';
import { projectRoot } from '../../../server/platform/projectRoot.js';

interface Words {
  readonly kinds: Record<string, string>;
  readonly actions: Record<string, Record<string, string>>;
}

/** Source of the product without its store, which knows nothing of a trail. */
function sources(): string {
  const server = path.join(projectRoot, 'server');
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('embedded-mongo') && !name.startsWith('audit'))
    .map((name) => readFileSync(path.join(server, name), 'utf8'))
    .join('\n');
}

/** Every action that the source names: `action: 'a.b'`, also in the branches of a condition, and verbs put behind `class.` or `enrolment.`. */
function writtenActions(text: string): readonly string[] {
  const literal = [
    ...text.matchAll(/\baction(?:\??: string)?(?::| =) (?:[^,;{}]*\? ?)?'([a-zA-Z]+\.[a-zA-Z]+)'(?: : '([a-zA-Z]+\.[a-zA-Z]+)')?/g),
  ];
  return [...new Set(literal.flatMap((hit) => hit.slice(1).filter(Boolean)))];
}

function words(language: string): Words {
  return JSON.parse(readFileSync(path.join(projectRoot, `server/platform/i18n/${language}/audit.json`), 'utf8')) as Words;
}

describe('the words of the trail', () => {
  const text = sources();

  it('know every action that the product writes', () => {
    const written = writtenActions(text);
    expect(written).to.include.members(['session.opened', 'class.created', 'worker.left']);
    expect(written.filter((one) => !knownActions().includes(one))).to.deep.equal([]);
  });

  it('know every verb that is put behind class or enrolment', () => {
    const tables = [...text.matchAll(/const pastTense: Readonly<Record<(Class|Enrolment)Action, string>> = \{([^}]*)\}/g)];
    const verbs = tables.flatMap(([, subject, rows]) =>
      [...(rows ?? '').matchAll(/'([a-zA-Z]+)'/g)].map((hit) => `${(subject ?? '').toLowerCase()}.${hit[1] ?? ''}`),
    );
    expect(verbs).to.include.members(['class.published', 'enrolment.confirmed']);
    expect(verbs.filter((one) => !knownActions().includes(one))).to.deep.equal([]);
  });

  it('know every kind of object', () => {
    const kinds = [...text.matchAll(/object: \{ kind: '([a-zA-Z]+)'/g)].map((hit) => hit[1] ?? '');
    expect(kinds).to.include('class');
    expect([...new Set(kinds)].filter((one) => !(trailKinds as readonly string[]).includes(one))).to.deep.equal([]);
  });

  for (const language of ['zh-CN', 'en']) {
    it(`are written in ${language}, none missing and none too many`, () => {
      const { actions, kinds } = words(language);
      const named = Object.entries(actions).flatMap(([subject, verbs]) => Object.keys(verbs).map((verb) => `${subject}.${verb}`));
      expect(named.sort()).to.deep.equal([...knownActions()].sort());
      expect(Object.keys(kinds).sort()).to.deep.equal([...trailKinds].sort());
    });
  }
});
