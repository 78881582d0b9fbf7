import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a built image would run. */
export interface Image {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

interface Stage {
  readonly root: string;
  cwd: string;
  env: Record<string, string>;
  command: string[];
  healthcheck: string[];
}

/**
 * Runs a Dockerfile's steps in plain directories below `target`, one for each stage, on this machine's Node.js: for
 * places without an image engine. Of `context` a stage sees what .dockerignore lets through, which must be a list of
 * exceptions to `*`. Throws for an instruction that it does not know, and for a step that fails.
 */
export function buildImage(context: string, target: string): Image {
  const sent = join(target, 'context');
  mkdirSync(sent);
  for (const name of exceptions(join(context, '.dockerignore'))) {
    copy(join(context, name), join(sent, name));
  }
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const [instruction, rest] of instructions(join(context, 'Dockerfile'))) {
    if (instruction === 'FROM') {
      const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'final';
      stage = { root: join(target, name), cwd: '/', env: {}, command: [], healthcheck: [] };
      stages.set(name, stage);
      continue;
    }
    if (!stage) throw new Error(`${instruction} before FROM`);
    runStep(stage, instruction, rest, (from) => (from ? stages.get(from)?.root : sent) ?? '');
  }
  if (!stage) throw new Error('no stage');
  return { ...stage, cwd: join(stage.root, stage.cwd) };
}

function runStep(stage: Stage, instruction: string, rest: string, source: (stage?: string) => string): void {
  const here = join(stage.root, stage.cwd);
  switch (instruction) {
    case 'WORKDIR':
      stage.cwd = rest;
      mkdirSync(join(stage.root, rest), { recursive: true });
      break;
    case 'ENV':
      for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value;
      break;
    case 'COPY': {
      const [, from, paths = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
      const names = paths.split(' ');
      const destination = names.pop() ?? '';
      for (const name of names) {
        copy(join(source(from), name), join(here, destination));
      }
      break;
    }
    case 'RUN': {
      const { status } = spawnSync('sh', ['-c', rest], { cwd: here, stdio: 'inherit' });
      if (status !== 0) throw new Error(`RUN ${rest} ended with ${status}`);
      break;
    }
    case 'HEALTHCHECK':
      stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('[')));
      break;
    case 'CMD':
      stage.command = JSON.parse(rest);
      break;
    case 'USER':
    case 'EXPOSE':
      break;
    default:
      throw new Error(`unknown instruction ${instruction}`);
  }
}

/** As COPY does: a file into a directory that is there, else as it; of a directory what is in it. */
function copy(from: string, to: string): void {
  if (statSync(from).isDirectory()) mkdirSync(to, { recursive: true });
  // Many times faster than cpSync on node_modules.
  execFileSync('cp', ['-a', statSync(from).isDirectory() ? `${from}/.` : from, to]);
}

function instructions(file: string): (readonly [string, string])[] {
  return readFileSync(file, 'utf8')
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]);
}

function exceptions(file: string): string[] {
  const [everything, ...rest] = readFileSync(file, 'utf8').trim().split('\n');
  if (everything !== '*' || !rest.every((line) => line.startsWith('!')))
    throw new Error('no list of exceptions');
  return rest.map((line) => line.slice(1));
}
