import { expect } from 'chai';
import type { Response } from 'supertest';
import type { Worker } from '../../server/workers/worker.rules.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

/** The product with the results of 2026 out, a county and the city signed in, and results entered as the form does. */
export interface ExamActs {
  readonly test: TestApp;
  readonly county: Agent;
  readonly city: Agent;
  send(worker: Worker, level: string, typed: Record<string, string>): Promise<Response>;
}

/** Starts it. */
export async function startExams(): Promise<ExamActs> {
  const test = await startTestApp();
  const [county, city] = [await test.signIn('county'), await test.signIn('city')];
  await test.settle();
  await setResultsDay(test, city);
  return {
    test,
    county,
    city,
    send: async (worker, level, typed) => {
      const fields = await formOf(county, `/exams/new?worker=${worker.id}&level=${level}`, '/exams');
      return county
        .post('/exams')
        .type('form')
        .send({ ...fields, eligibility: 'REVIEW_PASSED', source: '成绩单', ...typed });
    },
  };
}

async function setResultsDay(test: TestApp, city: Agent): Promise<void> {
  const line = (await test.deps.examCalendar.years()).find((one) => one.year === 2026)!;
  const fields = await formOf(city, `/exam-years/${line.id}`, '/exam-years/');
  const answer = await city
    .post(`/exam-years/${line.id}`)
    .type('form')
    .send({ ...fields, firstDay: '2026-05-23', lastDay: '20260524', resultsOn: '2026-08-05', source: '省人事考试中心公告' });
  expect(answer.status, answer.text).to.equal(303);
}

/** The fields and sentences of the summary of a refused form. */
export const problemsOf = (html: string): (string | undefined)[][] =>
  [...html.matchAll(/<li><a href="#f-(\w+)">([^<]+)/g)].map((match) => [match[1], match[2]]);
