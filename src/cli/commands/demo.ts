/** `sojourn demo`: the story of the two founding articles, on a server of its own that goes away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Invocation } from '../command.ts';
import { firstArticle, secondArticle } from '../demo/chapters.ts';
import { DemoFailure, tellTo } from '../demo/story.ts';
import { developmentParts } from '../development-parts.ts';
import { readSettings } from '../read-settings.ts';
import { startServer } from '../run-server.ts';

/** Runs on a data directory and a port of its own. */
export const demo: Command = {
  name: 'demo',
  summary: 'Tell the main job as it happens: token in, credentials out, files synced, strangers refused.',
  usage: 'sojourn demo',
  examples: ['sojourn demo'],
  options: () => [],
  async run(call) {
    const directory = mkdtempSync(join(tmpdir(), 'sojourn-demo-'));
    try {
      await tell(call, directory);
      return 0;
    } catch (error) {
      call.err(`sojourn demo: ${error instanceof Error ? error.message : 'it failed.'}`);
      if (!(error instanceof DemoFailure)) throw error;
      return 1;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function tell(call: Invocation, directory: string): Promise<void> {
  const answer = readSettings({
    flags: { port: ['0'], data: [join(directory, 'data')] },
    env: {},
    config: undefined,
    readFile: () => '',
  });
  if (answer.kind === 'problems') throw new DemoFailure(answer.problems.join(' '));
  const { settings } = answer;
  const started = await startServer(settings, (data) => developmentParts(data, settings), call.err);
  try {
    const { rootAccessKey, account, region } = started.built.sojourn;
    call.out(`Sojourn runs at ${started.url} for account ${account}, on data that goes away afterwards.`);
    const stage = { root: { endpoint: started.url, region, credentials: rootAccessKey }, account, directory };
    const story = tellTo(call);
    await firstArticle(story, stage);
    await secondArticle(story, stage);
    call.out("\nThat is all. 'npm start' runs it for you to try; the README goes on from there.");
  } finally {
    await started.stop();
  }
}
