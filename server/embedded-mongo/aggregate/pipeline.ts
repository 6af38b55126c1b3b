import { refuse } from '../errors.js';
import { isDocument } from '../values/types.js';
import { readLead, type PipelineLead } from './lead.js';
import { listed, stageList, type StageName } from './list.js';
import { Needs } from './needs.js';
import { parseAddFields } from './stages/addFields.js';
import { parseCount } from './stages/count.js';
import { parseGroup } from './stages/group.js';
import { parseLimit, parseSkip } from './stages/limits.js';
import { parseLookup } from './stages/lookup.js';
import { parseMatch } from './stages/match.js';
import { parseProject, parseUnset } from './stages/project.js';
import { parseSort } from './stages/sort.js';
import type { PipelineContext, Source, Stage, StageParser } from './stages/stage.js';
import { parseUnwind } from './stages/unwind.js';

export type { PipelineLead } from './lead.js';
export type { LookupSource, PipelineContext, Source } from './stages/stage.js';

const parsers: Readonly<Record<StageName, StageParser>> = {
  $match: parseMatch,
  $sort: parseSort,
  $limit: parseLimit,
  $skip: parseSkip,
  $project: parseProject,
  $addFields: parseAddFields,
  $set: parseAddFields,
  $unset: parseUnset,
  $unwind: parseUnwind,
  $group: parseGroup,
  $count: parseCount,
  $lookup: parseLookup,
};

/** A checked pipeline. */
export interface Pipeline {
  readonly stages: readonly Stage[];
  readonly lead: PipelineLead;
  /** Top-level fields that the stages read of the documents that come in; null if whole documents matter. */
  readonly fields: ReadonlySet<string> | null;
}

function parseStage(spec: unknown): Stage {
  if (!isDocument(spec)) throw refuse.typeMismatch("Each element of the 'pipeline' array must be an object");
  const [name = '', ...others] = Object.keys(spec);
  if (others.length > 0 || name === '') {
    throw refuse.location(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  if (!listed(stageList, name)) throw refuse.unrecognizedStage(name);
  return parsers[name](spec[name], name);
}

/** Fields read up to the first stage that makes new documents; without one, whole documents come out. */
function fieldsOf(stages: readonly Stage[]): ReadonlySet<string> | null {
  const needs = new Needs();
  for (const stage of stages) {
    needs.add(stage.needs);
    if (stage.closes) return needs.fields();
  }
  return null;
}

const pipelineOf = (stages: readonly Stage[]): Pipeline => ({ stages, lead: readLead(stages), fields: fieldsOf(stages) });

/**
 * Checks a whole pipeline, so that whatever is not served is refused before anything runs: unknown stages (40324),
 * expressions (168), accumulators (15952), and wrong arguments with their own codes.
 */
export const parsePipeline = (stages: readonly unknown[]): Pipeline => pipelineOf(stages.map(parseStage));

/** The pipeline for a source that has applied the leading `$match` stages (`match`) or the whole lead (`all`). */
export function pipelineAfter({ stages, lead }: Pipeline, applied: 'match' | 'all'): Pipeline {
  return pipelineOf(stages.slice(applied === 'match' ? lead.matchStages : lead.leadStages));
}

/** How many documents of a sort the following `$skip` and `$limit` stages let through, if any limits. */
function wantedOf(following: readonly Stage[]): number | undefined {
  let skipped = 0;
  for (const { lead } of following) {
    if (lead?.kind === 'limit') return skipped + lead.count;
    if (lead?.kind !== 'skip') return undefined;
    skipped += lead.count;
  }
  return undefined;
}

/**
 * Runs a pipeline over a source. It yields a tick (`undefined`) at least for every document consumed without a result.
 * Everything is lazy: breaking off the iteration ends the source too.
 */
export function runPipeline(pipeline: Pipeline, source: Source, context: PipelineContext): Source {
  return pipeline.stages.reduce((input, stage, i) => stage.run(input, context, wantedOf(pipeline.stages.slice(i + 1))), source);
}
